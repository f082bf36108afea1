package main

import (
	"os"
	"strings"
	"testing"

	"github.com/spf13/pflag"
	"github.com/stretchr/testify/require"
)

// TestReadme checks that the README has every command, and one table with every
// flag, its default and the commands that have it.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	require.NoError(t, err)
	rows := map[string][]string{}
	for line := range strings.Lines(string(readme)) {
		if strings.HasPrefix(line, "| `--") {
			cells := strings.Split(strings.Trim(line, "|\n"), "|")
			require.Len(t, cells, 4, line)
			flag := strings.Trim(cells[0], " `-")
			require.NotContains(t, rows, flag, "two rows")
			rows[flag] = cells
		}
	}
	for _, cmd := range commandsBelow(newRoot(environment{})) {
		if !strings.Contains(string(readme), cmd.CommandPath()) {
			t.Errorf("%s is missing", cmd.CommandPath())
		}
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			row := rows[f.Name]
			require.NotNil(t, row, "%s --%s", cmd.CommandPath(), f.Name)
			value := strings.Trim(f.DefValue, "[]")
			if f.Name == "seed" && cmd.Name() == "verify" {
				value = "random"
			}
			if value != "" && value != "false" {
				require.Contains(t, row[1], value, "%s --%s: its default", cmd.CommandPath(), f.Name)
			}
			require.Contains(t, row[2], "`"+commandLine(cmd)+"`", "--%s: its commands", f.Name)
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
