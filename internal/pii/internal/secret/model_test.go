package secret

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// TestJudge checks which values are judged, and that an accepted one is a finding.
func TestJudge(t *testing.T) {
	check := func(want bool, kind Kind, link Link, style Style, in string) {
		t.Helper()
		var decisions []Decision
		r := Reader{View: text.View{Text: in}, Explain: func(d Decision) { decisions = append(decisions, d) }}
		require.Equal(t, want, r.judge(kind, link, bounds{0, len(in), style}), in)
		if kind == None || in == "" {
			require.Empty(t, decisions)
			return
		}
		require.Len(t, decisions, 1)
		require.Equal(t, want, decisions[0].Accepted)
		if want {
			require.Equal(t, []span.Span{{Start: 0, End: len(in), ID: span.Secret, Rank: span.Generic}}, r.Found)
		} else {
			require.Empty(t, r.Found)
		}
	}
	check(true, Password, LinkFlag, Argument, "Mosspond#204")
	check(true, Code, LinkSentence, Bare, "4821")
	check(true, Token, LinkEnv, Argument, "q8Zr4Tb1Xw6Pn3Lc9Vd2")
	check(false, None, LinkFlag, Argument, "Mosspond#204")
	check(false, Password, LinkFlag, Argument, "")
	check(false, Password, LinkFlag, Argument, "a#1")
	check(false, Password, LinkFlag, Argument, "${DB_PASSWORD}")
	check(false, Password, LinkSentence, Bare, "correct")
	check(false, Password, LinkAssign, Bare, "confirm_password")
	check(false, Password, LinkAssign, Bare, "hash(x+1")
	check(false, PlainKey, LinkMember, Quoted, "heron")
	var r Reader
	r.Reset(text.View{Text: "abc"})
	require.False(t, r.judge(Password, LinkFlag, bounds{0, 4, Bare}), "beyond the text")
	require.False(t, r.judge(Password, LinkFlag, bounds{2, 1, Bare}))
}

// TestStrength checks that a value that is a secret under a noun and a link is one under stronger ones.
func TestStrength(t *testing.T) {
	score := func(kind Kind, link Link, style Style, value string) float32 {
		f := featuresOf(kind, link, style, value)
		return f.score()
	}
	require.Greater(t, score(Password, LinkCommand, Argument, "heron204"), score(Password, LinkNear, Argument, "heron204"))
	require.Greater(t, score(Password, LinkAssign, Quoted, "heron204"), score(PlainKey, LinkAssign, Quoted, "heron204"))
	require.Greater(t, score(Password, LinkAssign, Quoted, "heron204"), score(Password, LinkAssign, Bare, "heron204"))
	require.Greater(t, score(Token, LinkAssign, Quoted, "q8Zr4Tb1Xw6Pn3Lc9Vd2"), score(Token, LinkAssign, Quoted, "heron"))
}

// TestScoreIsSumOfList checks that an explanation has each feature of the score.
func TestScoreIsSumOfList(t *testing.T) {
	f := featuresOf(Password, LinkFlag, Argument, "Mosspond#204")
	var sum float32
	for _, w := range f.list() {
		require.False(t, strings.HasPrefix(w.Name, "noun: ") && w.Name != "noun: password")
		sum += w.Value
	}
	require.InDelta(t, f.score(), sum, 1e-4)
}
