package coworkrulesconnector

import (
	"fmt"
	"io"

	"go.opentelemetry.io/collector/component"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

// warn says what is probably not meant. The validate command makes all components of a
// configuration, with a logger that says nothing at all: that is how it is known, and
// then the warnings go where its errors do. Whoever runs the collector has a log.
func warn(to io.Writer, log *zap.Logger, id component.ID, warnings []warning) {
	mute := !log.Core().Enabled(zapcore.FatalLevel)
	for _, w := range warnings {
		if mute {
			fmt.Fprintf(to, "warning: connectors::%v: rules::%s: %s: %s\n", id, w.rule, w.key, w.text)
			continue
		}
		log.Warn("a rule may not do what it should", zap.String("rule", w.rule), zap.String("key", w.key), zap.String("warning", w.text))
	}
}

// A warning is about a key of a rule.
type warning struct{ rule, key, text string }
