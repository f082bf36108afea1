package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/distro/quality/scoring"
)

// TestCases checks that hardly any case of the repository is wrong.
func TestCases(t *testing.T) {
	scores, err := measureCases(t.Context(), "../..")
	require.NoError(t, err)
	require.Len(t, scores, 2)
	for _, s := range scores {
		require.Greater(t, s.cases, 500, s.name)
		least := map[string]float64{"leak.jsonl": 0.95, "keep.jsonl": 0.99}[s.name]
		require.GreaterOrEqual(t, float64(s.cases-len(s.wrong)), least*float64(s.cases), "%s: %v", s.name, s.wrong)
	}
}

func TestIsRight(t *testing.T) {
	keep := scoring.Record{Text: "token count 12"}
	require.True(t, isRight(keep, keep.Text))
	require.False(t, isRight(keep, "token count [REDACTED_API_KEY]"))
	leak := scoring.Record{Text: "pw x1y2z3", Spans: []scoring.Span{{Start: 3, End: 9}}}
	require.False(t, isRight(leak, leak.Text))
	require.True(t, isRight(leak, "pw [REDACTED_API_KEY]"))
}
