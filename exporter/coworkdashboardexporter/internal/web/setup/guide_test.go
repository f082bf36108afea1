package setup

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestGuide checks that the guide has the settings and the refusals of the setup check.
func TestGuide(t *testing.T) {
	guide, err := os.ReadFile("../../../../../docs/getting-started.md")
	require.NoError(t, err)
	for _, s := range settingNames {
		row := "| " + strings.Join([]string{s.Setting, orDash(s.Cowork, ""), orDash(s.Device, "`"), orDash(s.Variable, "`")}, " | ") + " |"
		require.Contains(t, string(guide), row)
	}
	operations, err := os.ReadFile("../../../../../docs/operations.md")
	require.NoError(t, err)
	_, table, found := strings.Cut(string(operations), "## Refused requests")
	require.True(t, found)
	table, _, _ = strings.Cut(table, "```")
	for status := range refusals {
		require.Regexp(t, `(?m)^\|[^|]*(\|[^|]*)?\b`+status+`\b`, table, "a row of %s", status)
	}
}

// orDash returns a cell of a table.
func orDash(text, quote string) string {
	if text == "" {
		return "–"
	}
	return quote + text + quote
}
