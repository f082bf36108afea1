package web

import (
	"math"
	"strconv"
	"strings"
)

// nbsp keeps a number and its unit on one line.
const nbsp = "\u00a0"

// unitTable says how numbers of a unit are written. One that is not here is a count of
// what stands in its braces, or a ratio of two.
var unitTable = map[string]func(float64) string{
	"USD":     dollars,
	"s":       seconds,
	"ms":      func(v float64) string { return seconds(v / 1e3) },
	"1":       share,
	"%":       func(v float64) string { return share(v / 100) },
	"By":      size,
	"{token}": compact,
}

// number writes a number as people read it.
func number(v float64, unit string) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return "–"
	}
	if v < 0 {
		return "−" + number(-v, unit)
	}
	of, _, _ := strings.Cut(unit, "/")
	if f, ok := unitTable[of]; ok {
		return f(v)
	}
	return count(v)
}

// noun is what a number of a unit counts, "" where the number says it itself.
func noun(v float64, unit string) string {
	of, per, ratio := strings.Cut(unit, "/")
	words := braced(of, v)
	if ratio {
		words = strings.TrimSpace(words + " per " + strings.Trim(per, "{}"))
	}
	return words
}

func braced(unit string, v float64) string {
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

// additive reports whether numbers of a unit sum up over time, so that a time without
// one is a zero and not a gap.
func additive(unit string) bool {
	return unit == "USD" || unit == "By" || strings.HasPrefix(unit, "{") && !strings.Contains(unit, "/")
}

// dollars writes cents while they matter, and less than ten of them to two digits,
// zeros too: two that stand beside each other are then told alike.
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

// seconds writes a duration with the two units that matter.
func seconds(v float64) string {
	switch {
	case v == 0:
		return "0" + nbsp + "s"
	case v < 0.001:
		return "<1" + nbsp + "ms"
	case v < 0.9995:
		return strconv.FormatFloat(v*1e3, 'f', 0, 64) + nbsp + "ms"
	case v < 59.95:
		return trimmed(v, 1) + nbsp + "s"
	case v < 3599.5:
		return pair(v, 60, "min", 1, "s")
	case v < 86370:
		return pair(v, 3600, "h", 60, "min")
	}
	return pair(v, 86400, "d", 3600, "h")
}

func pair(v, big float64, bigName string, small float64, smallName string) string {
	n := math.Round(v / small)
	whole, rest := math.Floor(n*small/big), math.Mod(n, big/small)
	s := grouped(whole) + nbsp + bigName
	if rest > 0 {
		s += " " + strconv.FormatFloat(rest, 'f', 0, 64) + nbsp + smallName
	}
	return s
}

// share writes a part of one. Nearly all is never told as all, nor a little as nothing.
func share(v float64) string {
	pc := v * 100
	switch {
	case pc == 0:
		return "0" + nbsp + "%"
	case pc < 0.1:
		return "<0.1" + nbsp + "%"
	case pc < 9.95:
		return trimmed(pc, 1) + nbsp + "%"
	case pc > 99 && pc < 100:
		return strconv.FormatFloat(math.Floor(pc*10)/10, 'f', 1, 64) + nbsp + "%"
	}
	if pc >= 1e5 {
		return compact(pc) + nbsp + "%"
	}
	return grouped(pc) + nbsp + "%"
}

func size(v float64) string { return scaled(v, 1024, []string{"B", "KiB", "MiB", "GiB", "TiB"}) }

// compact writes three digits and a scale.
func compact(v float64) string { return scaled(v, 1000, []string{"", "k", "M", "B", "T"}) }

func scaled(v, base float64, names []string) string {
	i := 0
	for v >= base-0.5 && i < len(names)-1 {
		v /= base
		i++
	}
	s := count(v)
	switch {
	case i > 0 && v < 9.995:
		s = trimmed(v, 2)
	case i > 0 && v < 99.95:
		s = trimmed(v, 1)
	case i > 0:
		s = grouped(v)
	}
	if names[i] == "" {
		return s
	}
	return s + nbsp + names[i]
}

// count writes a whole number in groups of three, and any other to one place.
func count(v float64) string {
	switch {
	case v >= 1e7:
		return compact(v)
	case v == math.Trunc(v) || v >= 1000:
		return grouped(v)
	case v < 0.1:
		return significant(v, 2)
	}
	return trimmed(v, 1)
}

func grouped(v float64) string {
	s := strconv.FormatFloat(v, 'f', 0, 64)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func trimmed(v float64, places int) string {
	s := strconv.FormatFloat(v, 'f', places, 64)
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}

func significant(v float64, digits int) string {
	places := digits - 1 - int(math.Floor(math.Log10(v)))
	return trimmed(v, max(0, min(places, 8)))
}
