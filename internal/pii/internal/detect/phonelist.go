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

// countsTimes reports whether a number in thousands counts something: called 482 913 706 times.
func countsTimes(r *Reader, p *phoneNumber) bool {
	if p.digits[0] == '0' || p.sizes[0] > 3 {
		return false
	}
	for k := 1; k < p.groups; k++ {
		if p.sizes[k] != 3 || p.seps[k] == '-' || p.seps[k] == '(' {
			return false
		}
	}
	end := p.ends[p.groups-1]
	if r.Next(end) != ' ' {
		return false
	}
	const wordMost = 16
	word := r.Text[end+1 : text.RunEnd(r.Text, end+1, end+1+wordMost, text.Letter)]
	return isUnit(r, end) || text.ContainsFold(countedWords, word)
}

// countedWords are what numbers count, besides units.
var countedWords = []string{"times", "calls", "installs", "downloads", "devices", "phones", "sessions", "views", "visits", "hits", "events", "messages", "entries", "files", "objects", "units", "sold", "shipped"}

// isSteps reports whether the groups are rather numbers of a list: four and more of three digits that ascend, or
// three and more round ones of four: 320 480 600 768, 2400 4800 9600.
func (p *phoneNumber) isSteps() bool {
	if p.groups < 3 || p.seps[0] == '(' || p.digits[0] == '0' {
		return false
	}
	at, last, round := 0, 0, true
	for k, size := range p.sizes[:p.groups] {
		value := 0
		for _, d := range p.digits[at : at+size] {
			value = value*10 + int(d-'0')
		}
		if size < 3 || value <= last || p.digits[at] == '0' || k > 0 && p.seps[k] != ' ' && p.seps[k] != '/' {
			return false
		}
		at, last = at+size, value
		round = round && value%10 == 0 && value >= 1000
	}
	return p.groups > 3 || round
}

// noteIdentified records a number that is an identifier.
func noteIdentified(r *Reader, p *phoneNumber) {
	if end := p.ends[p.groups-1]; end > r.identifiedEnd {
		r.identifiedEnd, r.identifiedSizes = end, p.sizeKey()
	}
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
