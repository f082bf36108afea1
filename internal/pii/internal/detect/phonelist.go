package detect

// This file holds quantities and lists of identifiers that have the form of phone numbers.

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// units are the units of ranges: 1024-1440 px.
var units = []string{
	"px", "dp", "vw", "vh", "em", "rem", "pt", "dpi", "ms", "us", "ns", "kb", "mb", "gb", "tb", "kib", "mib", "gib", "hz", "khz", "mhz", "ghz", "bytes", "bits", "rows", "lines", "pages",
	"tokens", "words", "chars", "characters", "pixels", "items", "records", "users", "requests", "points", "steps", "mm", "cm", "km", "kg", "mg", "ml", "kw", "kwh",
	"mah", "rpm", "fps", "eur", "usd", "euro", "euros", "dollars", "kcal", "meters", "metres", "feet", "miles", "nm", "ppm", "lumens", "watts", "volts", "percent",
}

// isUnit reports whether a unit follows directly at i.
func isUnit(r *Reader, i int) bool {
	if c := r.Next(i); c == ' ' {
		i++
	}
	const unitMost = 12
	end := text.RunEnd(r.Text, i, i+unitMost, text.Letter)
	return end > i && !text.Is(r.Next(end), text.Alnum) && text.ContainsFold(units, r.Text[i:end])
}

// followsIdentified reports whether a number at start continues a list of identifiers: a word
// such as "and" is between it and an identifier with the same groups.
func followsIdentified(r *Reader, p *phoneNumber, start int) bool {
	const gapMost = 16
	if r.identifiedEnd == 0 || start-r.identifiedEnd > gapMost || start <= r.identifiedEnd || p.sizeKey() != r.identifiedSizes {
		return false
	}
	gap := strings.Trim(r.Text[r.identifiedEnd:start], " ,;/&()")
	return gap == "" || text.ContainsFold(listWords, gap)
}

// listWords are the words between two identifiers.
var listWords = []string{"and", "or", "to", "and not", "replaces", "replaced by", "supersedes", "with", "not", "vs", "by", "und", "oder", "ersetzt", "et", "ou", "y", "o", "e", "en", "through", "bis", "->", "=>", "then"}
