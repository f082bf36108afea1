package monthly

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"
)

// format returns a number with its unit in the words of the report.
func format(v float64, unit string) string {
	switch unit {
	case "USD":
		return dollars(v)
	case "1":
		return strconv.FormatFloat(v*100, 'f', 1, 64) + "\u00a0%"
	case "s":
		return strconv.FormatFloat(v, 'f', 1, 64) + "\u00a0s"
	}
	for _, large := range []struct {
		size float64
		word string
	}{{1e9, "billion"}, {1e6, "million"}} {
		if v >= large.size {
			return strconv.FormatFloat(v/large.size, 'f', 1, 64) + "\u00a0" + large.word
		}
	}
	if v == math.Trunc(v) {
		return grouped(v)
	}
	return strconv.FormatFloat(v, 'f', 1, 64)
}

// dollars returns an amount with cents below 100 dollars.
func dollars(v float64) string {
	if math.Abs(v) < 100 {
		return "$" + strconv.FormatFloat(v, 'f', 2, 64)
	}
	return "$" + grouped(v)
}

// grouped returns a whole number with commas.
func grouped(v float64) string {
	digits := strconv.FormatFloat(math.Abs(math.Round(v)), 'f', 0, 64)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	if v <= -0.5 {
		digits = "−" + digits
	}
	return digits
}

// change describes a number by that of the month before.
func change(now, before float64) string {
	switch {
	case before == 0 && now == 0:
		return ""
	case before == 0:
		return "new"
	case now == 0:
		return "none any more"
	}
	percent := math.Round((now/before - 1) * 100)
	switch {
	case percent == 0:
		return "unchanged"
	case percent >= 1000:
		return grouped(now/before) + "-fold"
	case percent > 0:
		return fmt.Sprintf("+%.0f\u00a0%%", percent)
	}
	return fmt.Sprintf("−%.0f\u00a0%%", -percent)
}

// compared returns the end of a sentence on a change.
func compared(now, before float64, month Month) string {
	switch words := change(now, before); {
	case words == "" || words == "none any more":
		return ""
	case words == "new":
		return ", after none in " + month.String()
	case words == "unchanged":
		return ", as in " + month.String()
	case strings.HasPrefix(words, "+"):
		return ", " + words[1:] + " more than in " + month.String()
	case strings.HasPrefix(words, "−"):
		return ", " + strings.TrimPrefix(words, "−") + " less than in " + month.String()
	default:
		return ", " + strings.TrimSuffix(words, "-fold") + " times the number of " + month.String()
	}
}

// count returns a number with its noun.
func count(n float64, singular, plural string) string {
	if n == 1 {
		return "1 " + singular
	}
	return grouped(n) + " " + plural
}

// maxName is the length of a name in characters.
const maxName = 60

// clean returns a name without control characters and marks that change the direction of
// text, truncated.
func clean(name string) string {
	n := 0
	return strings.Map(func(r rune) rune {
		if n++; n > maxName {
			return -1
		}
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return unicode.ReplacementChar
		}
		return r
	}, name)
}
