package lifecycle

import (
	"testing"

	"github.com/spf13/cobra"
	"github.com/stretchr/testify/require"
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
