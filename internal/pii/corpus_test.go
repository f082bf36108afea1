package pii_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/pii"
)

// A textCase is one line of a corpus in testdata: a text, perhaps found under a
// key, in which the findings are between « and ». A line without them is a
// hard negative. ⏎ means the end of a line. ¦ is removed: it keeps
// tokens that were made up for these files from looking like those of a vendor.
type textCase struct {
	key, in, want string
	findings      int
}

func parseCase(line, marker string) (c textCase) {
	if key, text, ok := strings.Cut(line, " | "); ok {
		c.key, line = key, text
	}
	line = strings.ReplaceAll(line, "⏎", "\n")
	line = strings.ReplaceAll(line, "¦", "")
	for {
		before, rest, open := strings.Cut(line, "«")
		c.in += before
		c.want += before
		if !open {
			return c
		}
		value, after, _ := strings.Cut(rest, "»")
		c.in += value
		c.want += marker
		c.findings++
		line = after
	}
}

// corpora returns the cases of each built-in pattern, from testdata/<name>.txt.
func corpora(tb testing.TB) map[string][]textCase {
	tb.Helper()
	all := map[string][]textCase{}
	for _, p := range pii.Patterns() {
		text, err := os.ReadFile(filepath.Join("testdata", p.Name+".txt"))
		require.NoError(tb, err, "a pattern needs a corpus")
		for line := range strings.Lines(string(text)) {
			line = strings.TrimSuffix(line, "\n")
			if line != "" && !strings.HasPrefix(line, "# ") {
				all[p.Name] = append(all[p.Name], parseCase(line, p.Marker))
			}
		}
	}
	return all
}

func TestCorpora(t *testing.T) {
	s, err := pii.New(pii.Settings{})
	require.NoError(t, err)
	for name, cases := range corpora(t) {
		t.Run(name, func(t *testing.T) {
			positives := 0
			for _, c := range cases {
				if c.findings > 0 {
					positives++
				}
				t.Run(c.in, func(t *testing.T) {
					got, found := s.Redact(nil, c.key, c.in)
					require.Equal(t, c.want, got)
					require.Len(t, found, c.findings)
					for _, f := range found {
						require.Equal(t, name, f.Pattern.Name)
					}
				})
			}
			require.GreaterOrEqual(t, positives, 5, "positives")
			require.GreaterOrEqual(t, len(cases)-positives, 5, "hard negatives")
		})
	}
}
