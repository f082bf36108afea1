package story

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/pdata/plog"
	"golang.org/x/tools/txtar"
)

// The steps of a story are its files whose names begin with "in": what comes in,
// in the order of the archive. A name can say what happens before.
const (
	step  = "in"
	after = "in after " // a duration, or a restart
	again = "in again"
)

func isStep(name string) bool {
	return name == step || name == again || strings.HasPrefix(name, after)
}

// tell runs a story's steps and returns all its stages.
func tell(t *testing.T, settings *confmap.Conf, archive *txtar.Archive) map[string][]byte {
	t.Helper()
	out := plog.NewLogs()
	for _, file := range archive.Files {
		if !isStep(file.Name) {
			continue
		}
		if pause, err := time.ParseDuration(strings.TrimPrefix(file.Name, after)); err == nil {
			time.Sleep(pause)
		}
		in, err := Parse(file.Data)
		require.NoError(t, err)
		redacted(t, settings, in).ResourceLogs().MoveAndAppendTo(out.ResourceLogs())
	}
	return map[string][]byte{
		"redacted": Format(out),
		"spans":    Waterfall(spans(t, settings, out)),
	}
}
