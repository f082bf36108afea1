package detect

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// A row is a text with its key and the parts of it that a detector accepts, separated by |.
type row struct {
	key, in, want string
}

// checkRows runs a detector at each candidate of the texts of a table.
func checkRows(t *testing.T, of func(*Reader, int) (span.Span, bool), isCandidate func(r *Reader, i int) bool, id span.ID, rows []row) {
	t.Helper()
	for _, row := range rows {
		var r Reader
		r.Reset(text.View{Text: row.in, Key: row.key, Link: text.LinkKey})
		var got []string
		for i := 0; i < len(row.in); i++ {
			if !isCandidate(&r, i) {
				continue
			}
			found, ok := of(&r, i)
			if !ok {
				continue
			}
			require.Less(t, found.Start, found.End, row.in)
			if found.Rank != span.Harmless {
				require.Equal(t, id, found.ID, row.in)
				got = append(got, row.in[found.Start:found.End])
			}
			i = max(i, found.End-1)
		}
		require.Equal(t, row.want, strings.Join(got, "|"), "%s: %s", row.key, row.in)
	}
}

// isSign returns the candidates of a detector of a sign.
func isSign(sign byte) func(r *Reader, i int) bool {
	return func(r *Reader, i int) bool { return r.Text[i] == sign }
}

// isWord reports whether a word or number starts at i.
func isWord(r *Reader, i int) bool { return text.Is(r.Text[i], text.Alnum) && r.StartsWord(i) }

// isNumber reports whether a run of digits starts at i.
func isNumber(r *Reader, i int) bool { return text.Is(r.Text[i], text.Digit) && r.StartsWord(i) }

func TestSpansOfDetectors(t *testing.T) {
	found, ok := accept(span.Email, span.Structural, 1, 2)
	require.True(t, ok)
	require.Equal(t, span.Span{Start: 1, End: 2, ID: span.Email, Rank: span.Structural}, found)
	found, ok = skip(1, 2)
	require.True(t, ok)
	require.Less(t, found.Rank, span.Generic, "a harmless span is weaker than any finding")
}

func TestResetForgetsTheText(t *testing.T) {
	var r Reader
	r.Reset(text.View{Text: "tel version 1.2.3.4 http://a:b@c -----BEGIN PRIVATE KEY-----", Key: "phone"})
	require.True(t, r.HasContext(PhoneContext, 4, 4))
	_, _ = IPv4(&r, strings.Index(r.Text, "1.2"))
	_, _ = URL(&r, strings.Index(r.Text, "://"))
	_, _ = PrivateKey(&r, strings.Index(r.Text, "-----"))
	r.Reset(text.View{})
	require.Equal(t, progress{userInfoAt: -1}, r.progress)
}
