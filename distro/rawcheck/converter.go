package rawcheck

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"go.opentelemetry.io/collector/confmap"

	"github.com/cowork-otel/collector/distro/pipelines"
)

// Variable is the environment variable that makes telemetry without redaction an error.
const Variable = "COWORK_REQUIRE_REDACTION"

// Required reads [Variable] with a function such as os.LookupEnv. The error does not
// contain the value.
func Required(lookup func(name string) (string, bool)) (bool, error) {
	value, _ := lookup(Variable)
	switch strings.ToLower(strings.TrimSpace(value)) {
	case "true", "1", "yes":
		return true, nil
	case "false", "0", "no", "":
		return false, nil
	}
	return true, errors.New("must be true or false (true refuses a configuration in which telemetry is not redacted)")
}

// A Converter checks the configuration of each start and reload. It does not change it.
type Converter struct {
	lookup func(name string) (string, bool)
	warn   func(Problem)
}

// NewFactory returns the factory of the converter. Warnings are logged, except those of the
// command validate, which has no log: they are printed.
func NewFactory() confmap.ConverterFactory {
	return confmap.NewConverterFactory(func(set confmap.ConverterSettings) confmap.Converter {
		if len(os.Args) > 1 && os.Args[1] == "validate" {
			return Converter{os.LookupEnv, func(p Problem) { fmt.Fprintln(os.Stderr, "warning: "+p.String()) }}
		}
		return Converter{os.LookupEnv, func(p Problem) { set.Logger.Warn("configuration: " + p.String()) }}
	})
}

// Quiet returns a converter that returns errors and does not warn. It is for a command that
// has reported the warnings itself.
func (c Converter) Quiet() Converter { return Converter{c.lookup, func(Problem) {}} }

// Convert logs telemetry without redaction, or returns an error if redaction is required.
func (c Converter) Convert(_ context.Context, conf *confmap.Conf) error {
	required, err := Required(c.lookup)
	if err != nil {
		return fmt.Errorf("%s: %w", Variable, err)
	}
	problems := Check(pipelines.GraphOf(conf.ToStringMap()))
	if required && len(problems) > 0 {
		return Err(problems)
	}
	for _, p := range problems {
		c.warn(p)
	}
	return nil
}

// Err returns problems as one error, with a line for each.
func Err(problems []Problem) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s is set, and the configuration does not redact all telemetry:", Variable)
	for _, p := range problems {
		b.WriteString("\n  " + p.String())
	}
	return errors.New(b.String())
}
