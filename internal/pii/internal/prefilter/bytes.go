package prefilter

// This file holds the checks of the bytes next to a candidate that reject most candidates
// before a detector runs.

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// accepts reports whether the candidate at i may begin a finding. It may report
// true for a candidate that does not, never the reverse.
func (f *Filter) accepts(v *text.View, i int) bool {
	switch c := v.Text[i]; c {
	case ':':
		return f.acceptsColon(v, i)
	case '=', ',':
		return f.acceptsOperator(v.Text, i)
	case '-':
		return acceptsDash(v, i)
	case '>':
		return f.acceptsTag(v.Text, i)
	case '%', '&', '[', '{', '<', '\\', '\x1b':
		return false // only disguises begin with these
	default:
		return c-'0' >= 10 || f.acceptsNumber(v.Text, i)
	}
}

// between has the separators of the groups of a number.
var between = [256]bool{' ': true, '-': true, '.': true, '/': true, '(': true, ')': true}

// acceptsNumber reports whether the digits at i can start a finding: a number with at least
// the digits of the shortest one, the first of several groups, or a token.
func (f *Filter) acceptsNumber(t string, i int) bool {
	end := i + 1
	for end < len(t) && text.Is(t[end], text.Digit) {
		if end++; end-i == f.numberLeast {
			return true
		}
	}
	if end+1 >= len(t) {
		return false
	}
	switch c := t[end]; {
	case between[c]:
		return text.Is(t[end+1], text.Digit) || between[t[end+1]] || f.numbered[t[i]-'0'][t[i+1]&0x7f]
	case text.Is(c, text.Letter):
		return f.numbered[t[i]-'0'][t[i+1]&0x7f] || i+LongWord <= len(t) && text.Is(t[i+LongWord-1], text.Alnum) && text.Is(t[i+LongWord/2], text.Alnum)
	default:
		return c == '|'
	}
}

// acceptsColon reports whether a colon can be that of a URL, of an address or of an assignment.
func (f *Filter) acceptsColon(v *text.View, i int) bool {
	t := v.Text
	if i >= 5 && t[i-1] == '"' && text.Is(t[i-2], text.Letter) {
		return f.names.EndsName(t, i-1) // a key of JSON, most often
	}
	switch c := v.Next(i + 1); {
	case c == '/', c == ':' && mayCompress(v, i):
		return true
	case text.Is(c, text.Hexa) && mayGroup(t, i):
		return true
	}
	return f.acceptsOperator(t, i)
}

// mayCompress reports whether two colons at i can be those of an address: the word
// before them is no longer than a group.
func mayCompress(v *text.View, i int) bool {
	start := text.RunStart(v.Text, i, i-5, text.Hexa)
	return start == 0 || !text.Is(v.Text[start-1], text.Alnum) || v.Previous(start) == 0
}

// mayGroup reports whether a colon can be the first of an address: it has a short
// group on either side, a colon after the second, and one more group than a time of day.
func mayGroup(t string, i int) bool {
	if i == 0 || !text.Is(t[i-1], text.Hexa) {
		return false
	}
	for range 2 {
		group := i + 1
		if i = text.RunEnd(t, group, group+5, text.Hexa); i == len(t) || t[i] != ':' {
			return false
		}
		if i == group {
			return true
		}
	}
	return true
}

// acceptsOperator reports whether the name before i can be that of a secret.
func (f *Filter) acceptsOperator(t string, i int) bool {
	if i > 0 && t[i-1] == ':' {
		return false // the colon is a candidate with the same name
	}
	end := NameEnd(t, i)
	if end >= 2 && text.Is(t[end-1], text.Alnum) && f.names.EndsName(t, WordEnd(t, end)) {
		return true
	}
	var seen byte
	for k := max(0, i-foreignReach); k < i; k++ {
		seen |= t[k]
	}
	return seen >= 0x80
}

// acceptsDash reports whether a dash can be the first of a flag, or of several.
func acceptsDash(v *text.View, i int) bool {
	c := v.Next(i + 1)
	return c == '-' || text.Is(c, text.Alnum|text.Joiner) && (i == 0 || !text.Is(v.Text[i-1], text.Alnum) || v.Previous(i) == 0)
}

// acceptsTag reports whether a tag that ends at i can be that of a secret, or of its name.
func (f *Filter) acceptsTag(t string, i int) bool {
	const name = "/name"
	if n := strings.LastIndex(t[max(0, i-16):i], "</"); n >= 0 && f.acceptsOperator(t, max(0, i-16)+n) {
		return true // </dt> after a name
	}
	return f.acceptsOperator(t, i) || i > 0 && text.Is(t[i-1], text.Digit) || i >= len(name) && t[i-len(name):i] == name
}
