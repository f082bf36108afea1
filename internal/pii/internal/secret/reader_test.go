package secret

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// allWords are the words of all links.
var allWords = Words()

// wordsByStart has the words of all links by their first two letters.
var wordsByStart = func() map[string][]Word {
	index := map[string][]Word{}
	for _, w := range allWords {
		index[w.Word[:2]] = append(index[w.Word[:2]], w)
	}
	return index
}()

// read reads a text for secrets at each of its signs and words, and returns the decisions.
func read(r *Reader, v text.View) (decisions []Decision) {
	r.Explain = func(d Decision) { decisions = append(decisions, d) }
	readAll(r, v)
	r.Explain = nil
	return decisions
}

// readAll reads a text for secrets at each of its signs and words.
func readAll(r *Reader, v text.View) {
	r.Reset(v)
	if v.Key != "" {
		Keyed(r)
	}
	for i := 0; i < len(v.Text); {
		i = max(i+1, readAt(r, i))
	}
	ForeignNouns(r)
}

// readAt reads a text at a place and returns where the search continues, 0 if nothing is found.
func readAt(r *Reader, i int) int {
	t := r.Text
	switch t[i] {
	case ':', '=':
		return Operator(r, i)
	case ',':
		return Comma(r, i)
	case '>':
		return TagEnd(r, i)
	case '$':
		return Dollar(r, i)
	case '-':
		if end := text.RunEnd(t, i, len(t), text.Joiner); end-i < 3 && (i == 0 || t[i-1] != '-') {
			return Flag(r, i, end)
		}
		return 0
	}
	if i+1 >= len(t) || !text.Is(t[i], text.Alnum) || !r.StartsWord(i) {
		return 0
	}
	for _, w := range wordsByStart[strings.ToLower(t[i:i+2])] {
		end := i + len(w.Word)
		follows := w.After == "*" || w.After == "" && !text.Is(r.Next(end), text.Alnum) || w.After != "" && strings.IndexByte(w.After, r.Next(end)) >= 0
		if text.HasFold(t, i, w.Word) && follows {
			if stop := w.At(r, i, end); stop > 0 {
				return stop
			}
		}
	}
	return 0
}

// valuesOf returns the distinct values of the findings, in order.
func valuesOf(r *Reader) (values []string) {
	spans := slices.Clone(r.Found)
	slices.SortFunc(spans, func(a, b span.Span) int { return a.Start - b.Start })
	last := -1
	for _, f := range spans {
		if f.Start > last {
			values = append(values, r.Text[f.Start:f.End])
			last = f.Start
		}
	}
	return values
}

// marked returns a text without its marks « and », and the values between them. ⏎ is the end of a line.
func marked(in string) (plain string, values []string) {
	in = strings.ReplaceAll(in, "⏎", "\n")
	for rest := in; ; {
		_, after, found := strings.Cut(rest, "«")
		if !found {
			return strings.NewReplacer("«", "", "»", "").Replace(in), values
		}
		value, after, _ := strings.Cut(after, "»")
		values = append(values, value)
		rest = after
	}
}

// checkRows checks the values of texts, which are between « and », and the link of each. A
// text without marks has no secret.
func checkRows(t *testing.T, link Link, rows ...string) {
	t.Helper()
	var r Reader
	for _, row := range rows {
		in, want := marked(row)
		decisions := read(&r, text.View{Text: in})
		if got := valuesOf(&r); !slices.Equal(got, want) {
			t.Errorf("%s\nfound %q", row, got)
		}
		for _, value := range want {
			if !slices.ContainsFunc(decisions, func(d Decision) bool {
				return d.Accepted && in[d.Start:d.End] == value && d.Link == linkNames[link]
			}) {
				t.Errorf("%s: %q is not found by the link %q: %v", row, value, linkNames[link], decisions)
			}
		}
	}
}

// checkNone checks that texts have no secret.
func checkNone(t *testing.T, rows ...string) {
	t.Helper()
	checkRows(t, LinkAssign, rows...)
}

// checkFound checks the values of texts like checkRows, found by any link or without a decision.
func checkFound(t *testing.T, rows ...string) {
	t.Helper()
	var r Reader
	for _, row := range rows {
		in, want := marked(row)
		read(&r, text.View{Text: in})
		require.Equal(t, want, valuesOf(&r), row)
	}
}

// TestReset checks that a reader that is used again finds the same.
func TestReset(t *testing.T) {
	var r Reader
	first := read(&r, text.View{Text: "mysql -pMosspond#204 && password: Heron-Latch42"})
	read(&r, text.View{Text: strings.Repeat("password is password ", 50)})
	require.Equal(t, first, read(&r, text.View{Text: "mysql -pMosspond#204 && password: Heron-Latch42"}))
	require.Len(t, first, 2)
}
