package literal

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"pgregory.net/rapid"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
)

// atoms are the parts of random expressions: all that determines literals, lengths
// and places apart.
var atoms = []string{
	"a", "b", "ab", "K", "(?i:ks)", "é", "(?i:É)", "-", `\.`, `\d`, `[ab]`, `[^a]`, `[a-z]`, ".", `(?s:.)`,
	`\b`, `\B`, "^", "$", `(?m:^)`, `(?m:$)`, `\A`, `\z`, "\n", `\x{FFFD}`, "ſ",
}

// pieces are what random texts are made of.
var pieces = []string{
	"a", "b", "ab", "AB", "k", "K", "s", "ſ", "\u212a", "é", "É", "-", ".", "1", "42", " ", "\n", "\xff", "\xc3", "\xa9", "\U0001f600",
	"x", "aaaaaaaa", strings.Repeat("b", 20), strings.Repeat("é ", 9), strings.Repeat("zz ", 500),
}

func expressions(depth int) *rapid.Generator[string] {
	atom := rapid.SampledFrom(atoms)
	if depth == 0 {
		return atom
	}
	return rapid.Custom(func(t *rapid.T) string {
		parts := rapid.SliceOfN(expressions(depth-1), 1, 4).Draw(t, "parts")
		switch rapid.IntRange(0, 3).Draw(t, "kind") {
		case 0:
			return "(" + strings.Join(parts, "|") + ")"
		case 1:
			return "(?:" + strings.Join(parts, "") + ")" + rapid.SampledFrom([]string{"*", "+", "?", "+?", "{2}", "{1,3}", "{2,}"}).Draw(t, "times")
		default:
			return strings.Join(parts, "")
		}
	})
}

// checkGate checks that a gate finds what its patterns match in the whole text.
func checkGate(t require.TestingT, exprs []string, in string) {
	var patterns []Pattern
	var want []span.Span
	for _, expr := range exprs {
		p, err := Compile(expr)
		if err != nil {
			continue
		}
		for _, m := range regexp.MustCompile(expr).FindAllStringIndex(in, -1) {
			if m[0] < m[1] {
				want = append(want, span.Span{Start: m[0], End: m[1], ID: span.BuiltinCount + span.ID(len(patterns)), Rank: span.FromCustom})
			}
		}
		patterns = append(patterns, p)
	}
	var s Search
	got := s.Append(nil, NewGate(patterns), in)
	slices.SortFunc(got, func(a, b span.Span) int {
		return slices.Compare([]int{int(a.ID), a.Start}, []int{int(b.ID), b.Start})
	})
	require.Equal(t, want, got, "%q in %q", exprs, in)
}

func TestGate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		exprs := rapid.SliceOfN(expressions(3), 1, 5).Draw(t, "expressions")
		for range 5 {
			checkGate(t, exprs, strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 12).Draw(t, "pieces"), ""))
		}
	})
}

func FuzzGate(f *testing.F) {
	for _, expr := range []string{`\bMRN-\d{8}\b`, `(?i)code \w+`, `(ab|cd)+-\d{2,4}$`, `(?m)^key: .*$`, `(?i)kiss`, `ab.{0,3}ba`} {
		f.Add(expr, `b\d{3}`, "MRN-12345678 Code x, abcd-42\nkey: ki\u017fs abéba b123")
	}
	f.Fuzz(func(t *testing.T, one, two, in string) {
		checkGate(t, []string{one, two}, in)
	})
}

// TestGateWindow checks that a pattern of bounded length is searched where its literals are, and nowhere else.
func TestGateWindow(t *testing.T) {
	var patterns []Pattern
	for _, expr := range []string{`\bMRN-\d{8}\b`, `KEY: .*`, `\d{9}`} {
		p, err := Compile(expr)
		require.NoError(t, err)
		require.Equal(t, expr, p.String())
		require.Equal(t, expr == `\d{9}`, p.IsSlow())
		patterns = append(patterns, p)
	}
	g := NewGate(patterns)
	require.Nil(t, NewGate(patterns[2:]).literals)
	far := strings.Repeat(" ", 100)
	s := Search{gate: g, in: far + "MRN-1 mrn-2" + far + "MRN-3", near: make([]interval, 3)}
	for end := 104; end <= 110; end += 6 {
		s.noteLiteral(0, end)
	}
	require.Equal(t, interval{104 - 16, 110 + 16}, s.near[0])
	s.noteLiteral(0, 215)
	require.Equal(t, interval{215 - 16, 216}, s.near[0])
	s.noteLiteral(1, 5)
	require.Equal(t, interval{0, 216}, s.near[1])
}

func TestCompile(t *testing.T) {
	for expr, want := range map[string]string{
		`x+`:      "",
		``:        "the expression is empty",
		`a*`:      "matches the empty text",
		`MRN-(\d`: "missing closing ): `MRN-(\\d`",
	} {
		_, err := Compile(expr)
		if want == "" {
			require.NoError(t, err)
		} else {
			require.EqualError(t, err, want)
		}
	}
}
