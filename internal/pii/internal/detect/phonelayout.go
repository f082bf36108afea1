package detect

import (
	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// northAmericanGroups is the most groups of a number of the North American plan. It has one less
// without the calling code.
const northAmericanGroups = 4

// northAmericanRank returns how sure a number is one of the North American plan:
// harmless if its groups are not, generic if only spaces separate them.
func (p *phoneNumber) northAmericanRank() span.Rank {
	g := p.groups - 3
	if g < 0 || g > 1 || p.sizes[g] != 3 || p.sizes[g+1] != 3 || p.sizes[g+2] != 4 {
		return span.Harmless
	}
	at := 0
	if g == 1 {
		at = p.sizes[0]
		if p.digits[at-1] != '1' || at != 1 && !(at == 3 && p.digits[0] == '0' && p.digits[1] == '0') {
			return span.Harmless
		}
	}
	if p.digits[at] < '2' || p.seps[g+2] == '(' || p.hasMixedSeparators() || p.seps[g+1] == '(' && p.seps[g] != '(' {
		return span.Harmless
	}
	if p.digits[at+3] < '2' && p.seps[g] != '(' && p.seps[g+1] != '-' {
		return span.Harmless // no such exchange, though the first that people try has it: 555-123-4567
	}
	if p.seps[g+1] == ' ' && p.seps[g+2] == ' ' && p.seps[g] != '(' {
		return span.Generic
	}
	return span.Structural
}

// isDate reports whether the groups are those of a date: 2026-11-21, 21.11.2026, 11/21/2026.
func (p *phoneNumber) isDate() bool {
	if p.groups < 3 || p.sizes[1] > 2 {
		return false
	}
	year := p.digits[:]
	switch {
	case p.sizes[0] == 4 && p.sizes[2] <= 2:
	case p.sizes[0] <= 2 && p.sizes[2] == 4:
		year = p.digits[p.sizes[0]+p.sizes[1]:]
	default:
		return false
	}
	return year[0] == '1' && year[1] == '9' || year[0] == '2' && year[1] == '0'
}

// isDialled reports whether digits without groups are as long as a number of the North
// American plan, or as one with a trunk 0.
func (p *phoneNumber) isDialled() bool {
	if p.digits[0] == '0' {
		return p.digits[1] != '0' && p.n >= 9 && p.n <= 12
	}
	return p.n == 10 && p.digits[0] > '1' && p.digits[3] > '1'
}

// isRange reports whether a number is rather a range of lines, pages or ports, or a list of
// ascending numbers: 1808-1812, 10 11 17 23.
func (p *phoneNumber) isRange() bool {
	if p.seps[0] == '(' || p.groups == 2 && p.seps[1] != '-' {
		return false
	}
	at := 0
	last := -1
	for _, size := range p.sizes[:p.groups] {
		value := 0
		for _, d := range p.digits[at : at+size] {
			value = value*10 + int(d-'0')
		}
		if value <= last {
			return false
		}
		at, last = at+size, value
	}
	growth := p.sizes[p.groups-1] - p.sizes[0]
	return p.groups > 1 && (growth == 0 || growth == 1 && p.groups != 3 && p.sizes[0] != 3)
}

// isZIP reports whether a number is rather a postal code of the United States: 02110-1301.
func (p *phoneNumber) isZIP() bool {
	return p.groups == 2 && p.sizes[0] == 5 && p.sizes[1] == 4 && p.seps[1] == '-'
}

// isFraction reports whether a number is rather a decimal fraction, or starts with three zeros.
func (p *phoneNumber) isFraction() bool {
	return p.groups == 2 && p.seps[1] == '.' && p.sizes[0] < 3 || p.digits[0] == '0' && p.digits[1] == '0' && p.digits[2] == '0'
}

// isRoundAmount reports whether all groups after the first are zeros, as in 12 000 000.
func (p *phoneNumber) isRoundAmount() bool {
	if p.groups < 2 {
		return false
	}
	for _, d := range p.digits[p.sizes[0]:p.n] {
		if d != '0' {
			return false
		}
	}
	return true
}

// isYears reports whether a number is rather a span of years: 2024-2025.
func (p *phoneNumber) isYears() bool {
	isYear := func(at int) bool {
		return p.digits[at] == '1' && p.digits[at+1] == '9' || p.digits[at] == '2' && p.digits[at+1] == '0'
	}
	return p.groups == 2 && p.sizes[0] == 4 && p.sizes[1] == 4 && isYear(0) && isYear(4)
}

// isPlaceholder reports whether the digits are ten or more that take the place of a number: all
// the same, or counted up.
func (p *phoneNumber) isPlaceholder() bool {
	same, counted := p.n >= 10, p.n >= 10
	for k := 1; k < p.n; k++ {
		same = same && p.digits[k] == p.digits[0]
		counted = counted && p.digits[k] == '0'+(p.digits[k-1]-'0'+1)%10
	}
	return same || counted
}

// isVersion reports whether dots part groups of one digit.
func (p *phoneNumber) isVersion() bool {
	for k := range p.groups {
		if p.sizes[k] == 1 && k > 0 && p.seps[k] == '.' {
			return true
		}
	}
	return false
}

// hasEqualGroups reports whether all groups are of two digits, or all of four, as in the dump of bytes.
func (p *phoneNumber) hasEqualGroups() bool {
	for _, size := range p.sizes[:p.groups] {
		if size != p.sizes[0] {
			return false
		}
	}
	return p.groups > 1 && (p.sizes[0] == 2 || p.sizes[0] == 4)
}

// isHexToken reports whether spaces and a token of size hexadecimal digits follow i in a
// direction, 1 or -1.
func isHexToken(r *Reader, i, direction, size int) bool {
	at := func(k int) byte { // the k-th byte in that direction
		if direction > 0 {
			return r.Next(i + k)
		}
		return r.Previous(i - k)
	}
	k := 0
	for k < 2 && at(k) == ' ' {
		k++
	}
	if k == 0 {
		return false
	}
	for end := k + size; k < end; k++ {
		if !text.Is(at(k), text.Hexa) {
			return false
		}
	}
	return !text.Is(at(k), text.Alnum)
}
