package web

import (
	"math"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestNumber(t *testing.T) {
	check := func(v float64, unit, want string) {
		t.Helper()
		got := strings.ReplaceAll(number(v, unit), nbsp, " ")
		if words := noun(v, unit); words != "" {
			got += " " + words
		}
		require.Equal(t, want, got)
	}
	check(0, "USD", "$0")
	check(0.00001, "USD", "<$0.0001")
	check(0.00421, "USD", "$0.0042")
	check(0.0999, "USD", "$0.10")
	check(0.05, "USD", "$0.050") // as precise as $0.052, which may stand beside it
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
	check(1800, "ms", "1.8 s")
	check(0, "1", "0 %")
	check(0.0004, "1", "<0.1 %")
	check(0.042, "1", "4.2 %")
	check(0.97, "1", "97 %")
	check(0.9999, "1", "99.9 %")
	check(1, "1", "100 %")
	check(12, "%", "12 %")
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
		s := number(v, rapid.SampledFrom(units).Draw(t, "unit"))
		require.NotEmpty(t, s)
		require.LessOrEqual(t, utf8.RuneCountInString(s), 24)
	})
}

func TestChange(t *testing.T) {
	check := func(now, before float64, unit, want string) {
		t.Helper()
		require.Equal(t, want, strings.ReplaceAll(change(now, before, unit), nbsp, " "))
	}
	check(113, 100, "USD", "+13 %")
	check(87, 100, "USD", "−13 %")
	check(100, 100, "USD", "the same")
	check(5, 0, "USD", "")
	check(2000, 100, "USD", "×20")
	check(0.011, 0.023, "1", "−1.2 points")
}

func TestCleanAndCut(t *testing.T) {
	require.Equal(t, "a\ufffdb", clean("a\u202eb"))
	require.Equal(t, "\ufffd\ufffd", clean("\x00\n"))
	require.Equal(t, "abc", cut("abc", 3))
	require.Equal(t, "ab…", cut("abcd", 3))
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		text, title := shown(s)
		require.LessOrEqual(t, utf8.RuneCountInString(text), maxShown)
		require.LessOrEqual(t, utf8.RuneCountInString(title), maxTitle)
		require.Equal(t, clean(text), text)
	})
}

func TestSlug(t *testing.T) {
	require.Equal(t, "tools-and-connectors", slug("Tools and connectors"))
	require.Equal(t, "people", slug("People?"))
}

// TestBetween is over the night in which summer ends: its day has 25 hours.
func TestBetween(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	g := newGraph()
	for _, day := range []int{23, 24, 27} {
		require.NoError(t, g.add([]any{time.Date(2026, 10, day, 0, 0, 0, 0, zone), int64(day)}, "n"))
	}
	g.fill(true, zone)
	require.Len(t, g.times, 5)
	for i, at := range g.times {
		require.Equal(t, 23+i, at.In(zone).Day())
		require.Zero(t, at.In(zone).Hour())
	}
	v, ok := g.at(g.times[2], "n")
	require.True(t, ok)
	require.Zero(t, v, "nothing was counted")

	far := newGraph()
	for _, at := range []time.Time{time.Unix(0, 0), time.Unix(1, 0), time.Unix(1<<40, 0)} {
		require.NoError(t, far.add([]any{at, 1.0}, "n"))
	}
	far.fill(true, zone)
	require.LessOrEqual(t, len(far.times), maxTimes+1, "a bound on what is filled")
}
