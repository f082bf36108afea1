package secret

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// TestValues checks the bounds and the style of the values that start a text.
func TestValues(t *testing.T) {
	check := func(style Style, in, want string, wantStyle Style) {
		t.Helper()
		r := Reader{View: text.View{Text: in}}
		b := valueAt(&r, 0, style)
		require.Equal(t, want, in[b.start:b.end], in)
		require.Equal(t, wantStyle, b.style, in)
	}
	check(Bare, `"a b" c`, "a b", Quoted)
	check(Bare, `'a"b' c`, `a"b`, Quoted)
	check(Bare, "`a` b", "a", Quoted)
	check(Bare, `\"a b\" c`, "a b", Quoted)
	check(Bare, `\"a\\\"b\" c`, `a\\\"b`, Quoted)
	check(Bare, `b"a b"`, "a b", Quoted)
	check(Bare, `"""a"b"""`, `a"b`, Quoted)
	check(Bare, "“a b” c", "a b", Quoted)
	check(Bare, "「a b」", "a b", Quoted)
	check(Bare, `"a b`, "a", Argument)
	check(Bare, "\"a\nb\"", "a", Argument)
	check(Bare, "“a b", "“a", Bare)
	check(Bare, "a b", "a", Bare)
	check(Bare, "a,b", "a", Bare)
	check(Bare, "a.", "a", Bare)
	check(Argument, "a,b;c", "a,b;c", Argument)
	check(Argument, "a;b=c", "a", Argument)
	check(Argument, "a&b=c", "a", Argument)
	check(Argument, "{a;b};c", "a;b", Quoted)
	check(Argument, "{{ a }}", "{{", Argument)
	check(Line, "a;b\nc", "a;b", Line)
	check(Line, "a b\n", "a", Line)
	check(Bare, "", "", Bare)
	check(Bare, `\\\`, "", Bare)
	check(Bare, `"`, "", Argument)
	check(Bare, strings.Repeat("a", valueMost+1), strings.Repeat("a", valueMost), Bare)
	check(Bare, `"`+strings.Repeat("a", valueMost-1)+`"`, strings.Repeat("a", valueMost-1), Quoted)
	check(Bare, `"`+strings.Repeat("a", valueMost)+`"`, strings.Repeat("a", valueMost), Argument)
}

// TestValueSizes checks the least size of a value.
func TestValueSizes(t *testing.T) {
	checkFound(t, "DB_PASSWORD=«h3Q#»", "the CVV is «482»", "the PIN is «4821»")
	checkNone(t, "DB_PASSWORD=h3Q", "the PIN is 48", "API_TOKEN=482")
}

func TestSchemeEnd(t *testing.T) {
	for in, want := range map[string]int{"Bearer abc": 7, "basic  abc": 7, "AWS4-HMAC-SHA256 abc": 17, "Bearer": 0, "Bearer ": 0, "bearerx abc": 0, "": 0, "other abc": 0} {
		require.Equal(t, want, schemeEnd(in), in)
	}
}

func TestLines(t *testing.T) {
	const in = "a b\n - c # d\n\"e\""
	r := Reader{View: text.View{Text: in}}
	for i, want := range map[int]bool{0: true, 2: false, strings.Index(in, "c"): true, strings.Index(in, "d"): false, strings.Index(in, "\"e"): true} {
		require.Equal(t, want, startsLine(&r, i), in[i:])
	}
	for i, want := range map[int]bool{1: false, 3: true, strings.Index(in, " # d"): true, strings.Index(in, "- c"): false, len(in): true, len(in) - 1: true} {
		require.Equal(t, want, endsLine(&r, i), in[i:])
	}
}

// TestTypographic checks that each opening quotation mark is one.
func TestTypographic(t *testing.T) {
	for _, marks := range typographic {
		require.True(t, isTypographic(marks[0]+"x", 0), marks[0])
	}
	for _, in := range []string{"密", "é", "a", "—", "\xff"} {
		require.False(t, isTypographic(in, 0), in)
	}
}
