package regexliteral

import (
	"cmp"
	"regexp/syntax"
	"slices"
	"strings"
)

// A Need is what each text has that an expression matches: one of the literals, and what
// all parts need, or what one of the parts needs.
type Need struct {
	Literals []string
	All, One []Need
}

// IsNothing reports whether any text satisfies the need.
func (n Need) IsNothing() bool { return len(n.Literals)+len(n.All)+len(n.One) == 0 }

// A Form is the form of literals.
type Form struct {
	// Normal returns the normal form of a character. It may equal that of other characters.
	Normal func(rune) string
	// MaxTexts bounds the texts that a part of an expression is expanded to.
	MaxTexts int
}

// NeedOf returns the need of an expression. It is nothing for one that matches the empty text.
func (f Form) NeedOf(re *syntax.Regexp) Need { return f.factsOf(re).need() }

// oneOf returns the need of one of some texts, without those that contain another.
func oneOf(exact []string) Need {
	if slices.Contains(exact, "") {
		return Need{}
	}
	shortFirst := slices.Compact(slices.Sorted(slices.Values(exact)))
	slices.SortStableFunc(shortFirst, func(a, b string) int { return cmp.Compare(len(a), len(b)) })
	var n Need
	for _, text := range shortFirst {
		if !slices.ContainsFunc(n.Literals, func(other string) bool { return strings.Contains(text, other) }) {
			n.Literals = append(n.Literals, text)
		}
	}
	return n
}

// allOf returns the need of all needs. The longest literals come first, as they are the
// rarest in texts.
func allOf(needs []Need) Need {
	if len(needs) == 1 {
		return needs[0]
	}
	slices.SortStableFunc(needs, func(a, b Need) int { return cmp.Compare(b.shortest(), a.shortest()) })
	return Need{All: needs}
}

// shortest returns the length of the shortest literal of a need, 0 if it has parts.
func (n Need) shortest() int {
	if len(n.Literals) == 0 {
		return 0
	}
	return len(n.Literals[0])
}
