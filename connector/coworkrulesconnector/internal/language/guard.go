package language

import (
	"cmp"
	"slices"

	"github.com/cowork-otel/collector/connector/coworkrulesconnector/internal/language/internal/literals"
)

// A guard is what an event must have for a condition to hold: a cheap test that most events
// fail, before OTTL evaluates the condition. In a profile of the built-in rules, OTTL and its
// regular expressions took nine tenths of the evaluation. A guard never excludes an event
// on which the condition fails, since that is counted as a fault.
type guard struct {
	test     test
	target   int               // of a test
	state    state             // of a value that is equal
	number   int               // of a text that is equal
	matches  *literals.Pattern // that the value may match
	all, one []*guard
}

// A test is what a guard tests of the value of its target.
type test uint8

const (
	noTest    test = iota // it has parts
	isPresent             // it is not nil
	isEqual               // it equals the value of the guard
	mayMatch              // it may match the pattern
)

// mayHold reports whether the condition may hold for the current event. A nil guard
// excludes none.
func (g *guard) mayHold(values *targets) bool {
	if g == nil {
		return true
	}
	switch g.test {
	case isPresent:
		return values.at(g.target).state != isMissing
	case isEqual:
		t := values.at(g.target)
		return t.state == g.state && t.number == g.number
	case mayMatch:
		t := values.at(g.target)
		return t.state == isOther || t.state == isText && g.matches.MayMatch(values.scanned(t))
	case noTest:
	}
	for _, part := range g.all {
		if !part.mayHold(values) {
			return false
		}
	}
	for _, part := range g.one {
		if part.mayHold(values) {
			return true
		}
	}
	return len(g.one) == 0
}

// allOf returns the guard of conditions that must all hold. Guards that are nil exclude none.
func allOf(parts []*guard) *guard {
	var all []*guard
	for _, part := range parts {
		if part != nil {
			all = append(all, part)
		}
	}
	switch len(all) {
	case 0:
		return nil
	case 1:
		return all[0]
	}
	slices.SortStableFunc(all, func(a, b *guard) int { return cmp.Compare(b.test, a.test) }) // simple tests first
	return &guard{all: all}
}

// oneOf returns the guard of conditions of which one must hold.
func oneOf(parts []*guard) *guard {
	for _, part := range parts {
		if part == nil {
			return nil
		}
	}
	if len(parts) == 1 {
		return parts[0]
	}
	return &guard{one: parts}
}
