package main

import (
	"errors"
	"io/fs"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/distro/quality/scoring"
)

// floors are the lowest acceptable figures of the corpora, in percent, and the highest
// acceptable share of leaked bytes and of altered clean records. Raise them when
// redaction improves.
var floors = map[string]struct{ plain, evasion, field scoring.Figures }{
	"own corpus": {
		plain:   scoring.Figures{Precision: 98.8, Recall: 98.3, F1: 98.5, Leak: 1.6, Altered: 1},
		evasion: scoring.Figures{Recall: 97},
	},
	"dev.jsonl": {
		plain:   scoring.Figures{Precision: 99.5, Recall: 97.5, F1: 98.5, Leak: 1.5, Altered: 1},
		evasion: scoring.Figures{Recall: 99},
	},
	"dev2.jsonl": {
		plain: scoring.Figures{Precision: 98.7, Recall: 97.8, F1: 98.3, Leak: 1.2, Altered: 1},
		field: scoring.Figures{Precision: 96, Recall: 98.5, F1: 97, Leak: 0.5, Altered: 3},
	},
}

func TestFloors(t *testing.T) {
	for _, c := range corpora {
		t.Run(c.name, func(t *testing.T) {
			records, err := c.loadRecords("../..")
			if errors.Is(err, fs.ErrNotExist) {
				t.Skip("the corpus is not present: a clone has only the own one")
			}
			require.NoError(t, err)
			got, err := measure(t.Context(), records)
			require.NoError(t, err)
			require.Empty(t, got.unaligned)
			floor := floors[c.name]
			requireFigures(t, got.plain.Figures(), floor.plain)
			if len(got.field.Recall) > 0 {
				requireFigures(t, got.field.Figures(), floor.field)
			}
			if len(got.evasion.Recall) > 0 {
				require.GreaterOrEqual(t, got.evasion.Figures().Recall, floor.evasion.Recall, "recall of disguised values")
			}
		})
	}
}

// requireFigures checks that figures are not worse than their floor.
func requireFigures(t *testing.T, got, floor scoring.Figures) {
	t.Helper()
	require.GreaterOrEqual(t, got.Precision, floor.Precision, "precision")
	require.GreaterOrEqual(t, got.Recall, floor.Recall, "recall")
	require.GreaterOrEqual(t, got.F1, floor.F1, "F1")
	require.LessOrEqual(t, got.Leak, floor.Leak, "leak")
	require.LessOrEqual(t, got.Altered, floor.Altered, "clean records altered")
}

// TestRedact checks that the measured texts are the processor's output, also for JSON.
func TestRedact(t *testing.T) {
	texts, err := redact(t.Context(), []scoring.Record{
		{Text: "mail jane@corp.example now"},
		{Text: `{"a":"mail jane@corp.example now"}`, Tags: []string{"json-wrapped"}},
		{Text: ""},
	})
	require.NoError(t, err)
	require.Equal(t, []string{"mail [REDACTED_EMAIL] now", `{"a":"mail [REDACTED_EMAIL] now"}`, ""}, texts)
}

func TestList(t *testing.T) {
	r := scoring.Record{ID: "r1", Text: "one two three", Spans: []scoring.Span{{Start: 4, End: 7, Type: "phone"}}}
	var s scoring.Score
	s.Add(r, []scoring.Span{{Start: 8, End: 13, Type: "email"}})
	listed := func(o options) string {
		var b strings.Builder
		list(&b, "", &s, o)
		return b.String()
	}
	require.Equal(t, "missed phone          r1 4:7\nwrong  email          r1 8:13\n", listed(options{}))
	require.Equal(t, "missed phone          r1 4:7 \"two\" in \"one two three\"\n", listed(options{only: "phone", text: true}))
}
