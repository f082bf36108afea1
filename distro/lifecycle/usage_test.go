package lifecycle

import (
	"io"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/otelcol"
)

// TestUsage checks the errors of wrong arguments and flags. A configuration without its flag
// was an unknown command, and "accepts 0 arg(s), received 1" below validate.
func TestUsage(t *testing.T) {
	check := func(want string, args ...string) {
		t.Helper()
		cmd := NewCommand(otelcol.CollectorSettings{})
		cmd.SetOut(io.Discard)
		cmd.SetErr(io.Discard)
		cmd.SetArgs(args)
		require.EqualError(t, cmd.Execute(), want)
	}
	check("arguments: a configuration needs its flag (write --config in front of the file)", "mine.yaml")
	check("arguments: a configuration needs its flag (write --config in front of the file)", "validate", "mine.YML")
	check("arguments: is no command (did you mean validate?)", "valdate")
	check("arguments: is no command (without one the collector runs; validate checks a configuration)", "start")
	check("arguments: must be none (see --help)", "validate", "s3cret")
	check("flags: unknown flag (did you mean --config?)", "--conf=s3cret")
	check("flags: unknown flag (see --help)", "validate", "--s3cret")
	check("--config: needs a value (see --help)", "--config")
}
