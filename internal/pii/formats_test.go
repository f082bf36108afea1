package pii

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// TestFormats makes a token for each row of the tables, at its least length and
// longer, and checks that it is found in a sentence and in a string of code, and
// that a name or a filler in its place is not.
func TestFormats(t *testing.T) {
	s, err := New(Settings{})
	require.NoError(t, err)
	r := rand.New(rand.NewPCG(1, 2))
	seen := map[string]bool{}
	for i := range formats {
		f := &formats[i]
		require.NotEmpty(t, f.name, f.prefix)
		require.GreaterOrEqual(t, len(f.prefix), 2, f.name)
		require.False(t, seen[f.prefix+f.name], "%s is listed twice", f.prefix)
		seen[f.prefix+f.name] = true
		for _, size := range []int{f.least, max(f.most, f.least+1)} {
			if f.most > 0 {
				size = min(size, f.most)
			}
			token := f.prefix + f.sample(t, r, size)
			for _, around := range [][2]string{{"", ""}, {"use ", " now"}, {`\"`, `\"`}, {"\n", "\n"}, {`("`, `",`}} {
				out, _ := s.Redact(nil, "", around[0]+token+around[1])
				require.NotContains(t, out, token[len(f.prefix):], "%s: %s", f.name, around[0]+token+around[1])
			}
		}
		filler := f.prefix + strings.Repeat("x", max(f.least, 24))
		out, _ := s.Redact(nil, "", filler)
		if f.check != anything && f.check != hasDigit {
			require.Equal(t, filler, out, f.name)
		}
	}
}

// sample generates random bodies of a format's alphabet until its check accepts one.
func (f *format) sample(t *testing.T, r *rand.Rand, size int) string {
	t.Helper()
	var alphabet []byte
	for c := range byte(0x80) {
		if text.Is(c, f.body) && c != '.' && c != '=' {
			alphabet = append(alphabet, c)
		}
	}
	body := make([]byte, size)
	for range 10_000 {
		for i := range body {
			body[i] = alphabet[r.IntN(len(alphabet))]
		}
		switch f.check {
		case uuid:
			for _, i := range []int{8, 13, 18, 23} {
				body[i] = '-'
			}
			for i := range body {
				if body[i] == '_' || body[i] == '-' && i != 8 && i != 13 && i != 18 && i != 23 {
					body[i] = '7'
				}
			}
		case botParts:
			body[22], body[29] = '.', '.'
		}
		if last := body[size-1]; text.Is(last, text.Alnum) && text.Is(body[0], text.Alnum) && f.check.accepts(string(body)) {
			return string(body)
		}
	}
	t.Fatalf("%s: no body looks as it should", f.name)
	return ""
}
