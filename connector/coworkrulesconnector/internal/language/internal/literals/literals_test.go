package literals

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// pieces are parts of expressions, and of the texts that they are tried on.
var pieces = []string{
	"a", "b", "k", "s", "K", "S", "ſ", "\u212a", "é", "É", "curl", "sh", " ", "\t", "\n", "-", "x y", "\xff", "\u200b", "\U000E0041", "\ufffd", "1",
}

var expressions = rapid.Custom(func(t *rapid.T) string {
	parts := append([]string{`\s`, `[a-c]`, `[^a]`, `.`, `\b`, `^`, `$`, `(?i)`, `[\x{E0000}-\x{E007F}]`, `[é-ſ]`, `\d`, `\w`}, pieces...)
	text := ""
	for range rapid.IntRange(1, 8).Draw(t, "parts") {
		text += rapid.SampledFrom(parts).Draw(t, "part")
		switch rapid.IntRange(0, 7).Draw(t, "form") {
		case 0:
			text = "(" + text + ")" + rapid.SampledFrom([]string{"*", "+", "?", "{2,3}", "{0,2}", "{2}"}).Draw(t, "times")
		case 1:
			text += "|"
		}
	}
	return text
})

// TestNoMatchIsExcluded checks with random expressions and texts that no text is excluded
// that the expression matches, in a set of several, before and after others are added.
func TestNoMatchIsExcluded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var set Set
		var found Text
		patterns := map[string]*Pattern{}
		for range 4 {
			expression := expressions.Draw(t, "expression")
			re, err := regexp.Compile(expression)
			if err != nil {
				continue
			}
			patterns[expression] = set.AddExpression(expression)
			for range 4 {
				text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 9).Draw(t, "text"), "")
				set.Scan(text, &found)
				for other, p := range patterns {
					if p != nil && !p.MayMatch(&found) {
						require.False(t, regexp.MustCompile(other).MatchString(text), "%q on %q", other, text)
					}
				}
				if p := patterns[expression]; p != nil && re.MatchString(text) {
					require.True(t, p.MayMatch(&found))
				}
			}
		}
	})
}

// TestSet checks that texts are searched for literals that begin alike, and for those that
// were added after a scan.
func TestSet(t *testing.T) {
	var set Set
	var found Text
	may := func(p *Pattern, text string) bool {
		set.Scan(text, &found)
		return p.MayMatch(&found)
	}
	require.Nil(t, set.AddExpression(`\w+`))
	short, long, same := set.AddExpression(`cu`), set.AddExpression(`curl\b.*http`), set.AddExpression(`curl .*https`)
	require.False(t, set.IsScanned(&found))
	require.True(t, may(short, "xCU"))
	require.True(t, set.IsScanned(&found))
	require.True(t, may(long, "CURL\nhttp://"))
	require.True(t, may(same, "curl https:"))
	require.False(t, may(long, "curl"))
	require.False(t, may(long, "cur"))
	require.False(t, may(same, "curl http:"))
	byteLong := set.AddExpression(`\|`)
	require.False(t, set.IsScanned(&found))
	require.True(t, may(byteLong, "a | b"))
	require.False(t, may(byteLong, ""))
	require.True(t, may(short, "cu"))
	require.Zero(t, testing.AllocsPerRun(10, func() { set.Scan("curl http", &found) }))
}

// TestBounds checks that neither many literals nor long ones use memory without a bound.
func TestBounds(t *testing.T) {
	for _, expression := range []string{
		strings.Repeat("(a|b|c|d)", 500), strings.Repeat("[a-z]", 1000), strings.Repeat("x", 8000), "(" + strings.Repeat("ab|cde|", 1000) + "x)" + strings.Repeat("y", 900),
	} {
		var set Set
		set.AddExpression(expression)
		size := 0
		for literal := range set.literals {
			size += len(literal)
		}
		require.Less(t, size, 100_000)
	}
	var set Set
	set.Scan(strings.Repeat("x", 2*maxBuffer), &Text{})
	require.Nil(t, set.buf)
}

// FuzzPattern checks that a text that an expression matches is never excluded.
func FuzzPattern(f *testing.F) {
	f.Add(`(?i)a(bc|de)+f?`, "xABCf")
	f.Add(`k|ſs`, "\u212A")
	f.Fuzz(func(t *testing.T, expression, text string) {
		re, err := regexp.Compile(expression)
		if err != nil || !re.MatchString(text) {
			return
		}
		var set Set
		var found Text
		if p := set.AddExpression(expression); p != nil {
			set.Scan(text, &found)
			require.True(t, p.MayMatch(&found))
		}
	})
}
