package lifecycle

import (
	"bytes"
	"testing"

	"github.com/spf13/cobra"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/otelcol"
)

// TestRecord checks that the values of flags are recorded in order, and that a value that
// the flag refuses is an error.
func TestRecord(t *testing.T) {
	cmd := &cobra.Command{Use: "x", RunE: func(*cobra.Command, []string) error { return nil }, SilenceUsage: true, SilenceErrors: true}
	cmd.Flags().StringArray("config", nil, "")
	cmd.Flags().Int("set", 0, "")
	var files, sets []string
	record(cmd.Flags(), "config", &files)
	record(cmd.Flags(), "set", &sets)
	cmd.SetArgs([]string{"--config", "a, b", "--set", "1", "--config=c"})
	require.NoError(t, cmd.Execute())
	require.Equal(t, []string{"a, b", "c"}, files)
	require.Equal(t, []string{"1"}, sets)
	cmd.SetArgs([]string{"--set", "no number"})
	require.Error(t, cmd.Execute())
}

func TestSetURI(t *testing.T) {
	require.Equal(t, "yaml:exporters::debug::verbosity: basic", setURI("exporters.debug.verbosity = basic"))
}

// TestHelp checks that the help of the commands fits on a screen, and names the embedded
// configuration: the stock help lists the default of each feature gate.
func TestHelp(t *testing.T) {
	for _, args := range [][]string{{"--help"}, {"validate", "--help"}, {"print-config", "--help"}} {
		cmd := NewCommand(otelcol.CollectorSettings{})
		var out bytes.Buffer
		cmd.SetOut(&out)
		cmd.SetArgs(args)
		require.NoError(t, cmd.Execute())
		for line := range bytes.Lines(out.Bytes()) {
			require.LessOrEqual(t, len(line), 140, "%s", line)
		}
		require.Contains(t, out.String(), "default: for the embedded one")
	}
}
