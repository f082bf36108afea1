package grafana

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestNoConventionsInQueries checks that no dashboard, recording rule or alert reads a
// metric of the GenAI conventions: they count the tokens of cowork.token.usage again, and
// with semconv: both twice.
func TestNoConventionsInQueries(t *testing.T) {
	files, err := filepath.Glob("dashboards/*.json")
	require.NoError(t, err)
	rules, err := filepath.Glob("../prometheus/*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, rules)
	for _, file := range append(files, rules...) {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		require.NotContains(t, string(text), "gen_ai", file)
	}
}
