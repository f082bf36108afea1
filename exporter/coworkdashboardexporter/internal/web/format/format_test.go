package format

import (
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestNumber(t *testing.T) {
	check := func(v float64, unit, want string) {
		t.Helper()
		got := strings.ReplaceAll(Number(v, unit), NBSP, " ")
		if noun := Noun(v, unit); noun != "" {
			got += " " + noun
		}
		require.Equal(t, want, got)
	}
	check(0, "USD", "$0")
	check(0.00001, "USD", "<$0.0001")
	check(0.00421, "USD", "$0.0042")
	check(0.0999, "USD", "$0.10")
	check(0.05, "USD", "$0.050") // as precise as $0.052 in the same column
	check(12.34, "USD", "$12.34")
	check(999.999, "USD", "$1,000")
	check(12345.6, "USD", "$12,346")
	check(1_234_567, "USD", "$1.23 M")
	check(-3, "USD", "−$3.00")
	check(451.09, "USD/{user}", "$451.09 per user")
	check(0, "s", "0 s")
	check(0.0002, "s", "<1 ms")
	check(0.85, "s", "850 ms")
	check(0.9999, "s", "1 s")
	check(1.84, "s", "1.8 s")
	check(59.96, "s", "1 min")
	check(95, "s", "1 min 35 s")
	check(3599.9, "s", "1 h")
	check(7500, "s", "2 h 5 min")
	check(90000, "s", "1 d 1 h")
	check(0, "1", "0 %")
	check(0.0004, "1", "<0.1 %")
	check(0.042, "1", "4.2 %")
	check(0.97, "1", "97 %")
	check(0.9999, "1", "99.9 %")
	check(1, "1", "100 %")
	check(950, "{token}", "950 tokens")
	check(12_345, "{token}", "12.3 k tokens")
	check(1_200_000, "{token}", "1.2 M tokens")
	check(999_999, "{token}", "1 M tokens")
	check(2_810_000_000, "{token}", "2.81 B tokens")
	check(1, "{prompt}", "1 prompt")
	check(9393, "{prompt}", "9,393 prompts")
	check(2, "{query}", "2 queries")
	check(2, "{api_call}", "2 api calls")
	check(1.25, "", "1.2")
	check(2048, "By", "2 KiB")
	check(math.NaN(), "USD", "–")
	check(math.Inf(1), "", "–")
}

func TestNumberIsShort(t *testing.T) {
	units := []string{"USD", "s", "1", "By", "{token}", "{prompt}", "", "USD/{user}"}
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.Float64Range(0, 1e15).Draw(t, "v")
		s := Number(v, rapid.SampledFrom(units).Draw(t, "unit"))
		require.NotEmpty(t, s)
		require.LessOrEqual(t, utf8.RuneCountInString(s), 24)
	})
}

func TestSanitizeAndTruncate(t *testing.T) {
	require.Equal(t, "a\ufffdb", Sanitize("a\u202eb"))
	require.Equal(t, "\ufffd\ufffd", Sanitize("\x00\n"))
	require.Equal(t, "abc", Truncate("abc", 3))
	require.Equal(t, "ab…", Truncate("abcd", 3))
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		text, title := Name(s)
		require.LessOrEqual(t, utf8.RuneCountInString(text), MaxShown)
		require.LessOrEqual(t, utf8.RuneCountInString(title), MaxTitle)
		require.Equal(t, Sanitize(text), text)
	})
}

func TestSlug(t *testing.T) {
	require.Equal(t, "tools-and-connectors", Slug("Tools and connectors"))
	require.Equal(t, "people", Slug("People?"))
}
