package token_test

import (
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/pii"
	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
	"github.com/cowork-otel/collector/internal/pii/internal/token"
)

// TestFormats makes a token for each row of the tables, at its least length and
// longer, and checks that it is found in a sentence and in a string of code, and
// that a name or a filler in its place is not.
func TestFormats(t *testing.T) {
	s, err := pii.New(pii.Settings{})
	require.NoError(t, err)
	r := rand.New(rand.NewPCG(1, 2))
	seen := map[string]bool{}
	for i := range token.Formats() {
		f := &token.Formats()[i]
		require.NotEmpty(t, f.Name, f.Prefix)
		require.GreaterOrEqual(t, len(f.Prefix), 2, f.Name)
		require.False(t, seen[f.Prefix+f.Name], "%s is listed twice", f.Prefix)
		seen[f.Prefix+f.Name] = true
		for _, size := range []int{f.Least, max(f.Most, f.Least+1)} {
			if f.Most > 0 {
				size = min(size, f.Most)
			}
			one := f.Prefix + f.Sample(t, r, size)
			for _, around := range [][2]string{{"", ""}, {"use ", " now"}, {`\"`, `\"`}, {"\n", "\n"}, {`("`, `",`}} {
				out, _ := s.Redact(nil, "", around[0]+one+around[1])
				require.NotContains(t, out, one[len(f.Prefix):], "%s: %s", f.Name, around[0]+one+around[1])
			}
		}
		filler := f.Prefix + strings.Repeat("x", max(f.Least, 24))
		out, _ := s.Redact(nil, "", filler)
		if !f.AcceptsFiller() {
			require.Equal(t, filler, out, f.Name)
		}
	}
}

// TestAt checks the span and the rank of tokens at a place of a text.
func TestAt(t *testing.T) {
	for _, c := range []struct {
		before, token, after string
		rank                 span.Rank
	}{
		{"use ", "sk_" + "live_0123456789abcdefghijABCD", " now", span.Structural},
		{"", "gh" + "p_zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17", "", span.Validated},
		{"(", "gh" + "p_zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq18", ")", span.Structural},
		{"at the end: ", "hv" + "s.CAESIJlU9JMYEhOPYv4igdhm9PnZDrabYTobQ4Ym", "...", span.Structural},
		{"", "hv" + "s.CAESIJlU9J", "", 0},
		{"as ", "sk-" + "ant-api03-AbCd1234EfGh56", "...", 0},
		{"as ", "sk-" + "ant-api03-AbCd1234EfGh56", "…", 0},
		{"as ", "sk-" + "ant-api03-AbCd1234EfGh56", " and", span.Structural},
		{"as ", "sk-" + "ant-api03-AbCd1234EfGh56Ij78Kl90Mn12", "...", span.Structural},
		{"", "sk-" + strings.Repeat("names-of-things-", 8), "", 0},
		{"", "AK" + "IAIOSFODNN7EXAMPLEX", "", 0},
	} {
		r := token.NewReader(text.View{Text: c.before + c.token + c.after})
		found, ok := token.At(&r, len(c.before))
		if c.rank == 0 {
			require.False(t, ok, c.token)
			continue
		}
		require.Equal(t, span.Span{Start: len(c.before), End: len(c.before + c.token), ID: span.APIKey, Rank: c.rank}, found, c.token)
	}
}

func TestBegins(t *testing.T) {
	require.True(t, token.Begins("use ghp_", 4))
	require.False(t, token.Begins("qqq", 0))
	require.False(t, token.Begins("gh", 0))
	require.True(t, token.IsVendor([]byte("twilio")))
	require.False(t, token.IsVendor([]byte("commit")))
}

// TestFormatsHavePositives checks that the corpus has a token of each format.
func TestFormatsHavePositives(t *testing.T) {
	corpus, err := os.ReadFile("../../testdata/api_key.txt")
	require.NoError(t, err)
	in := strings.ReplaceAll(string(corpus), "¦", "")
	for i := range token.Formats() {
		f := &token.Formats()[i]
		positive := false
		for rest := in; !positive; {
			at := strings.Index(rest, f.Prefix)
			if at < 0 {
				break
			}
			r := token.NewReader(text.View{Text: rest[at:]})
			_, positive = token.At(&r, 0)
			rest = rest[at+1:]
		}
		require.True(t, positive, "%s: add a line with %s to testdata/api_key.txt", f.Name, f.Prefix)
	}
}
