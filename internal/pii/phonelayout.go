package pii

// This file holds the phone numbers that are known by how they are written.

import (
	"bytes"
	"slices"
)

// isDialledAbroad reports whether a number starts like one that is dialled from
// abroad: 00 or 011, then a calling code.
func (w *walk) isDialledAbroad(p *number, start int) bool {
	from := len("00")
	if !bytes.HasPrefix(p.digits[:], []byte("00")) {
		if from = len("011"); !bytes.HasPrefix(p.digits[:], []byte("011")) || p.sizes[0] != from {
			return false
		}
	}
	return p.groups > 1 && p.n > from+phoneLeast && p.sizes[0] >= from && w.isInternational(p, from, start)
}

// layouts are the sizes of the groups of numbers that start with a 0 in ways that
// little else is written.
var layouts = [][]int{{3, 3, 2, 2}, {4, 3, 2, 2}, {4, 2, 2, 2}, {2, 4, 4}, {3, 4, 4}, {5, 3, 3}, {4, 3, 3}, {3, 3, 4}, {3, 4, 3}}

// isLaidOut reports whether a number is written like one that is dialled within a
// country where 0 comes first, parted by the same sign throughout.
func (p *number) isLaidOut() bool {
	if p.digits[0] != '0' || p.digits[1] == '0' || p.isDate() {
		return false
	}
	for k := 2; k < p.groups; k++ {
		if p.seps[k] != p.seps[1] {
			return false
		}
	}
	return p.groups > 2 && p.seps[1] != '.' && slices.ContainsFunc(layouts, func(sizes []int) bool {
		return slices.Equal(sizes, p.sizes[:p.groups])
	})
}

// isYears reports whether a number is rather a span of years: 2024-2025.
func (p *number) isYears() bool {
	isYear := func(at int) bool {
		return p.digits[at] == '1' && p.digits[at+1] == '9' || p.digits[at] == '2' && p.digits[at+1] == '0'
	}
	return p.groups == 2 && p.sizes[0] == 4 && p.sizes[1] == 4 && isYear(0) && isYear(4)
}

// isVersion reports whether dots part groups of one digit.
func (p *number) isVersion() bool {
	for k := range p.groups {
		if p.sizes[k] == 1 && k > 0 && p.seps[k] == '.' {
			return true
		}
	}
	return false
}
