package main

import (
	"os"
	"strings"
	"testing"

	"github.com/spf13/pflag"
	"github.com/stretchr/testify/require"
)

// TestReadme checks that the README has every command, and every flag with its
// default.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	require.NoError(t, err)
	for _, cmd := range commandsBelow(newRoot(environment{})) {
		require.True(t, strings.Contains(string(readme), cmd.CommandPath()+" "), "no %s", cmd.CommandPath()) //nolint:testifylint // Contains would print the README
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			row := "| `--" + f.Name + "` | "
			require.True(t, strings.Contains(string(readme), row), "%s --%s", cmd.CommandPath(), f.Name) //nolint:testifylint // likewise
			_, rest, _ := strings.Cut(string(readme), row)
			value := strings.Trim(f.DefValue, "[]")
			if f.Name == "seed" && cmd.Name() == "verify" {
				value = "random"
			}
			if value != "" && value != "false" {
				line, _, _ := strings.Cut(rest, "\n")
				require.Contains(t, line, value, "%s --%s: its default", cmd.CommandPath(), f.Name)
			}
		})
	}
}

// TestAlertsInTheReadme checks the alerts in the project's README.
func TestAlertsInTheReadme(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	_, shown, found := strings.Cut(string(readme), "$ bin/coworkctl alerts --events ")
	require.True(t, found)
	files, shown, _ := strings.Cut(shown, "\n")
	shown, _, _ = strings.Cut(shown, "```")
	files = "../../" + strings.ReplaceAll(files, ",", ",../../")
	require.Equal(t, shown, succeeds(t, "alerts", "--events", files).out)
}
