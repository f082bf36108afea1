package automaton

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// pieces are parts of expressions, and of the texts that they are tried on.
var pieces = []string{"a", "b", "k", "S", "ſ", "\u212a", "é", " ", "\n", "-", "_", "1", "ab", "\ufffd"}

var expressions = rapid.Custom(func(t *rapid.T) string {
	parts := append([]string{`\s`, `[a-c]`, `[^a]`, `.`, `(?s:.)`, `\b`, `\B`, `^`, `$`, `\A`, `\z`, `(?m:^)`, `(?m:$)`, `(?i)`, `[é-ſ]`, `\d`, `\w`, `\pL`}, pieces...)
	text := ""
	for range rapid.IntRange(1, 8).Draw(t, "parts") {
		text += rapid.SampledFrom(parts).Draw(t, "part")
		switch rapid.IntRange(0, 7).Draw(t, "form") {
		case 0:
			text = "(" + text + ")" + rapid.SampledFrom([]string{"*", "+", "?", "*?", "{2,3}", "{0,2}", "{2}"}).Draw(t, "times")
		case 1:
			text += "|"
		}
	}
	return text
})

// TestMatch compares with package regexp on random expressions and texts, with memory
// for all states, for some and for none.
func TestMatch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		expression := expressions.Draw(t, "expression")
		want, wantErr := regexp.Compile(expression)
		m := &Memory{Limit: rapid.SampledFrom([]int{0, 1000, 3000, 1 << 20}).Draw(t, "limit")}
		r, err := Compile(expression, m)
		require.Equal(t, wantErr, err)
		if err != nil {
			return
		}
		for range 10 {
			text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(append([]string{"\xff", "\xe2\x84"}, pieces...)), 0, 9).Draw(t, "text"), "")
			require.Equal(t, want.MatchString(text), r.MatchString(text), "%q on %q", expression, text)
			require.Equal(t, want.MatchString(text), r.MatchString(text), "%q on %q, again", expression, text)
		}
		require.LessOrEqual(t, m.Used, m.Limit)
	})
}

// TestMemory checks that an expression whose automaton has too many states stays within
// the limit, which all expressions share, and that its results are right.
func TestMemory(t *testing.T) {
	m := &Memory{Limit: 50_000}
	r, err := Compile(`a[ab]{14}c`, m)
	require.NoError(t, err)
	text, random := "", rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		text += string("ab"[random.IntN(2)])
	}
	require.False(t, r.MatchString(text))
	require.Greater(t, m.Used, m.Limit*9/10)
	require.LessOrEqual(t, m.Used, m.Limit)
	require.True(t, r.MatchString(text+"abababababababac"))
	m.Limit = m.Used
	other, err := Compile(`x+y`, m)
	require.NoError(t, err)
	require.True(t, other.MatchString("xxy"))
	require.False(t, other.MatchString("xx"))
	require.Empty(t, other.states)
}

// TestLarge checks that programs and alphabets beyond the bounds have no automaton.
func TestLarge(t *testing.T) {
	for _, expression := range []string{`(abcdefghij){500}`, `\pL\pN`} {
		m := &Memory{Limit: 1 << 20}
		r, err := Compile(expression, m)
		require.NoError(t, err)
		require.Equal(t, expression != `\pL\pN`, r.MatchString(strings.Repeat("abcdefghij", 500)), expression)
		require.Zero(t, m.Used)
	}
}

// TestAllocations checks that a text whose states are known takes no memory.
func TestAllocations(t *testing.T) {
	r, err := Compile(`(?i)\b(curl|wget)\s[^;]*https?://`, &Memory{Limit: 1 << 20})
	require.NoError(t, err)
	text := "sudo CURL -s http://x é"
	require.True(t, r.MatchString(text))
	require.Zero(t, testing.AllocsPerRun(10, func() { r.MatchString(text) }))
}

// FuzzMatch compares with package regexp.
func FuzzMatch(f *testing.F) {
	for _, expression := range []string{`(?i)\bs(k|ſs)*$`, `^a|b\z`, `(?m)^x.?$`, `[^a]\B`, `(a|b){2,3}c`, `\x{FFFD}`, `(?s).a`, `x*`} {
		f.Add(expression, "xS\u212as\n", "b a\xffa")
	}
	f.Fuzz(func(t *testing.T, expression, text, other string) {
		m := &Memory{Limit: 1 << 16}
		r, err := Compile(expression, m)
		want, wantErr := regexp.Compile(expression)
		require.Equal(t, wantErr, err)
		if err != nil {
			return
		}
		for _, text := range []string{text, other, text + other, text} {
			require.Equal(t, want.MatchString(text), r.MatchString(text), text)
		}
		require.LessOrEqual(t, m.Used, m.Limit)
	})
}
