package pii_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cowork-otel/collector/internal/pii"
)

// TestCorporaInJSON wraps each case in JSON, once and twice: the findings must be the same as in the text itself.
func TestCorporaInJSON(t *testing.T) {
	s := scanner(t, pii.Settings{})
	for _, cases := range corpora(t) {
		for _, c := range cases {
			in, want := any(c.in), any(c.want)
			for range 3 {
				in, want = map[string]any{c.key: in, "list": []any{1.5, nil, "x"}}, map[string]any{c.key: want, "list": []any{1.5, nil, "x"}}
				text, err := json.Marshal(in)
				require.NoError(t, err)
				expected, err := json.Marshal(want)
				require.NoError(t, err)
				out := redacted(s, "", string(text))
				require.JSONEq(t, string(expected), out)
				checkJSON(t, s, "", string(text))
				in, want = string(text), string(expected)
			}
		}
	}
}

// TestRedactSettles concatenates texts of the corpora, with and without a separator:
// redacting once is enough for any combination.
func TestRedactSettles(t *testing.T) {
	scanners := []*pii.Scanner{everything(t), nasty(t), scanner(t, pii.Settings{}).Except("secret", "email")}
	var fragments []string
	for _, cases := range corpora(t) {
		for _, c := range cases {
			fragments = append(fragments, c.in)
		}
	}
	fragments = append(fragments, pii.Adversaries...)
	fragments = append(fragments, " ", ", ", "-", ".", "_", "/", ": ", "=", `"`, "'", "\n", "@", "é", "[REDACTED]", "[REDACTED_EMAIL]")
	slices.Sort(fragments)
	keys := []string{"", "password", "phone", "ssn", "prompt", "version", "api_key"}
	rapid.Check(t, func(r *rapid.T) {
		var text string
		for _, f := range rapid.SliceOfN(rapid.SampledFrom(fragments), 1, 8).Draw(r, "fragments") {
			if rapid.IntRange(0, 3).Draw(r, "cut") == 0 {
				f = f[rapid.IntRange(0, len(f)-1).Draw(r, "from"):]
			}
			text += f
		}
		key := rapid.SampledFrom(keys).Draw(r, "key")
		for _, s := range scanners {
			checkRedact(t, s, key, text)
			quoted, err := json.Marshal(map[string]string{key: text})
			require.NoError(t, err)
			checkJSON(t, s, "", string(quoted))
		}
	})
}

// TestLongTextsSettle checks that nothing is left to find in long texts, of which
// only the parts around markers are scanned again.
func TestLongTextsSettle(t *testing.T) {
	var lines []string
	for _, cases := range corpora(t) {
		for _, c := range cases {
			lines = append(lines, c.in)
		}
	}
	slices.Sort(lines)
	s := everything(t)
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(lines), 20, 200).Draw(t, "lines"), rapid.SampledFrom([]string{"\n", " ", ", ", ""}).Draw(t, "between"))
		out, _ := s.Redact(nil, "", text)
		again, found := s.Redact(nil, "", out)
		require.Empty(t, found)
		require.Equal(t, out, again)
	})
}
