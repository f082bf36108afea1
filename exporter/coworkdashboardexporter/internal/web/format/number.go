// Package format writes numbers, times and names as the page shows them: "$12.34",
// "1 h 5 min", "3 days ago", "claude-opus…".
package format

import (
	"math"
	"strconv"
	"strings"
)

// NBSP is the no-break space between a number and its unit.
const NBSP = "\u00a0"

// numberFormats are the formats of the units. A unit that is not listed is a count of
// the noun in its braces, or a ratio of two.
var numberFormats = map[string]func(float64) string{
	"USD":     dollars,
	"s":       seconds,
	"1":       Percent,
	"By":      bytes,
	"{token}": compact,
}

// Number formats a number of a UCUM unit.
func Number(v float64, unit string) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return "–"
	}
	if v < 0 {
		return "−" + Number(-v, unit)
	}
	of, _, _ := strings.Cut(unit, "/")
	if f, ok := numberFormats[of]; ok {
		return f(v)
	}
	return Count(v)
}

// Noun returns the noun that a number of a unit counts, in the singular or the plural:
// "tokens" for {token}, "per user" for USD/{user}. It is "" for a unit without one.
func Noun(v float64, unit string) string {
	of, per, ratio := strings.Cut(unit, "/")
	noun := plural(of, v)
	if ratio {
		noun = strings.TrimSpace(noun + " per " + strings.Trim(per, "{}"))
	}
	return noun
}

func plural(unit string, v float64) string {
	name, ok := strings.CutPrefix(unit, "{")
	if !ok {
		return ""
	}
	name = strings.ReplaceAll(strings.TrimSuffix(name, "}"), "_", " ")
	if v == 1 {
		return name
	}
	if stem, ok := strings.CutSuffix(name, "y"); ok {
		return stem + "ies"
	}
	return name + "s"
}

// CountNoun returns a count with its noun: "12 events".
func CountNoun(n int64, unit string) string {
	return Count(float64(n)) + " " + Noun(float64(n), unit)
}

// dollars formats an amount of money: with cents below $1,000, and with two significant
// digits below ten cents. Trailing zeros are kept, so that amounts in a column line up.
func dollars(v float64) string {
	switch {
	case v == 0:
		return "$0"
	case v < 0.0001:
		return "<$0.0001"
	case v < 0.0995:
		return "$" + strconv.FormatFloat(v, 'f', 1-int(math.Floor(math.Log10(v))), 64)
	case v < 999.995:
		return "$" + strconv.FormatFloat(v, 'f', 2, 64)
	case v < 1e6:
		return "$" + grouped(v)
	}
	return "$" + compact(v)
}

// seconds formats a duration with its two largest units.
func seconds(v float64) string {
	switch {
	case v == 0:
		return "0" + NBSP + "s"
	case v < 0.001:
		return "<1" + NBSP + "ms"
	case v < 0.9995:
		return strconv.FormatFloat(v*1e3, 'f', 0, 64) + NBSP + "ms"
	case v < 59.95:
		return Decimals(v, 1) + NBSP + "s"
	case v < 3599.5:
		return twoUnits(v, 60, "min", 1, "s")
	case v < 86370:
		return twoUnits(v, 3600, "h", 60, "min")
	}
	return twoUnits(v, 86400, "d", 3600, "h")
}

func twoUnits(v, big float64, bigName string, small float64, smallName string) string {
	n := math.Round(v / small)
	quotient, rest := math.Floor(n*small/big), math.Mod(n, big/small)
	s := grouped(quotient) + NBSP + bigName
	if rest > 0 {
		s += " " + strconv.FormatFloat(rest, 'f', 0, 64) + NBSP + smallName
	}
	return s
}

// Percent formats a share between 0 and 1. A share just below 1 is not rounded to
// 100 %, nor a share just above 0 to 0 %.
func Percent(v float64) string {
	pc := v * 100
	text := grouped(pc)
	switch {
	case pc > 0 && pc < 0.1:
		text = "<0.1"
	case pc < 9.95:
		text = Decimals(pc, 1)
	case pc > 99 && pc < 100:
		text = strconv.FormatFloat(math.Floor(pc*10)/10, 'f', 1, 64)
	case pc >= 1e5:
		text = compact(pc)
	}
	return text + NBSP + "%"
}

func bytes(v float64) string { return scaled(v, 1024, []string{"B", "KiB", "MiB", "GiB", "TiB"}) }

// compact formats a number with three digits and a scale: "12.3 k".
func compact(v float64) string { return scaled(v, 1000, []string{"", "k", "M", "B", "T"}) }

func scaled(v, base float64, names []string) string {
	i := 0
	for v >= base-0.5 && i < len(names)-1 {
		v /= base
		i++
	}
	s := grouped(v)
	switch {
	case i == 0:
		s = Count(v)
	case v < 9.995:
		s = Decimals(v, 2)
	case v < 99.95:
		s = Decimals(v, 1)
	}
	if names[i] == "" {
		return s
	}
	return s + NBSP + names[i]
}

// Count formats an integer in groups of three digits, and any other number to one
// decimal.
func Count(v float64) string {
	switch {
	case v >= 1e7:
		return compact(v)
	case v == math.Trunc(v) || v >= 1000:
		return grouped(v)
	case v < 0.1:
		return Decimals(v, min(1-int(math.Floor(math.Log10(v))), 8)) // two significant digits
	}
	return Decimals(v, 1)
}

func grouped(v float64) string {
	s := strconv.FormatFloat(v, 'f', 0, 64)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// Decimals formats a number with at most so many decimals, without trailing zeros.
func Decimals(v float64, places int) string {
	s := strconv.FormatFloat(v, 'f', places, 64)
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}
