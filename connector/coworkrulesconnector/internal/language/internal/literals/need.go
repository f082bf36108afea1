package literals

import (
	"cmp"
	"regexp/syntax"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxExact bounds the texts that a part of an expression is expanded to.
const maxExact = 128

// A need is what each text has that an expression matches: one of the literals, and what
// all parts need, or what one of the parts needs.
type need struct {
	literals []string
	all, one []need
}

// isNothing reports whether any text satisfies the need.
func (n need) isNothing() bool { return len(n.literals)+len(n.all)+len(n.one) == 0 }

// needOf returns the need of an expression. It is nothing for one that is invalid, as for
// one that matches the empty text.
func needOf(pattern string) need {
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return need{}
	}
	return factsOf(re).need()
}

// Facts are what is derived from a part of an expression.
type facts struct {
	exact  []string // all normal forms of what it matches, nil if they are too many
	needed []need   // besides
}

// anything are the facts of a part that matches any text.
var anything = facts{}

// nothingButEmpty is what a part matches that matches the empty text only, such as \b.
var nothingButEmpty = []string{""}

func (f facts) need() need {
	needs := f.needed
	if n := oneOf(f.exact); !n.isNothing() {
		needs = append(slices.Clip(needs), n)
	}
	return allOf(needs)
}

// oneOf returns the need of one of some literals, without those that contain another.
func oneOf(exact []string) need {
	if slices.Contains(exact, "") {
		return need{}
	}
	shortFirst := slices.Compact(slices.Sorted(slices.Values(exact)))
	slices.SortStableFunc(shortFirst, func(a, b string) int { return cmp.Compare(len(a), len(b)) })
	var n need
	for _, text := range shortFirst {
		if !slices.ContainsFunc(n.literals, func(other string) bool { return strings.Contains(text, other) }) {
			n.literals = append(n.literals, text)
		}
	}
	return n
}

// allOf returns the need of all needs. The longest literals come first, as they are the
// rarest in texts.
func allOf(needs []need) need {
	if len(needs) == 1 {
		return needs[0]
	}
	slices.SortStableFunc(needs, func(a, b need) int { return cmp.Compare(b.shortest(), a.shortest()) })
	return need{all: needs}
}

// shortest returns the length of the shortest literal of a need, 0 if it has parts.
func (n need) shortest() int {
	if len(n.literals) == 0 {
		return 0
	}
	return len(n.literals[0])
}

func factsOf(re *syntax.Regexp) facts {
	switch re.Op {
	case syntax.OpLiteral:
		return literalFacts(re)
	case syntax.OpCharClass:
		return classFacts(re.Rune)
	case syntax.OpEmptyMatch, syntax.OpBeginLine, syntax.OpEndLine, syntax.OpBeginText, syntax.OpEndText, syntax.OpWordBoundary, syntax.OpNoWordBoundary:
		return facts{exact: nothingButEmpty}
	case syntax.OpCapture:
		return factsOf(re.Sub[0])
	case syntax.OpConcat:
		return concatenate(re.Sub)
	case syntax.OpAlternate:
		return alternate(re.Sub)
	case syntax.OpQuest:
		if f := factsOf(re.Sub[0]); len(f.exact) > 0 && len(f.needed) == 0 {
			return facts{exact: union(f.exact, nothingButEmpty)}
		}
	case syntax.OpPlus:
		return repeated(re.Sub[0])
	case syntax.OpRepeat:
		if re.Min > 0 {
			return repeated(re.Sub[0])
		}
	}
	return anything
}

// repeated returns the facts of a part that occurs once or more.
func repeated(re *syntax.Regexp) facts {
	if n := factsOf(re).need(); !n.isNothing() {
		return facts{needed: []need{n}}
	}
	return anything
}

// alternate returns the facts of alternatives.
func alternate(alternatives []*syntax.Regexp) facts {
	exact, isExact := []string(nil), true
	var n need
	for _, re := range alternatives {
		f := factsOf(re)
		if isExact = isExact && len(f.needed) == 0 && len(f.exact) > 0; isExact {
			exact = union(exact, f.exact)
			isExact = exact != nil
		}
		n.one = append(n.one, f.need())
	}
	if isExact {
		return facts{exact: exact}
	}
	if slices.ContainsFunc(n.one, need.isNothing) {
		return anything
	}
	return facts{needed: []need{n}}
}

// union returns the texts of two lists, nil if they are too many.
func union(a, b []string) []string {
	if len(a)+len(b) > maxExact {
		return nil
	}
	return slices.Concat(a, b)
}

// literalFacts returns the facts of a literal. Each character is one of its forms.
func literalFacts(re *syntax.Regexp) facts {
	var c chain
	c.start()
	for _, r := range re.Rune {
		class := []rune{r, r}
		if re.Flags&syntax.FoldCase != 0 {
			for folded := unicode.SimpleFold(r); folded != r; folded = unicode.SimpleFold(folded) {
				class = append(class, folded, folded)
			}
		}
		c.addPart(facts{exact: classTexts(class)})
	}
	return c.end()
}

// classFacts returns the facts of a class of characters. Of a great class without ASCII, they
// are the first bytes.
func classFacts(ranges []rune) facts {
	if texts := classTexts(ranges); texts != nil || len(ranges) == 0 || ranges[0] < utf8.RuneSelf {
		return facts{exact: texts}
	}
	var first []string
	for i := 0; i+1 < len(ranges); i += 2 {
		if ranges[i] <= utf8.RuneError && utf8.RuneError <= ranges[i+1] {
			return anything
		}
		for _, form := range asciiForms {
			if r, _ := utf8.DecodeRune(form[0]); ranges[i] <= r && r <= ranges[i+1] {
				first = append(first, string(form[1]))
			}
		}
		for b := string(ranges[i])[0]; b <= string(ranges[i+1])[0]; b++ {
			first = append(first, string([]byte{b}))
		}
	}
	return facts{needed: []need{oneOf(first)}}
}

// maxClass bounds the characters of a class that is expanded.
const maxClass = 32

// classTexts returns the normal forms of the characters in the ranges of a class, nil if
// they are too many. Bytes that are not UTF-8 match U+FFFD, and have no normal form.
func classTexts(ranges []rune) (texts []string) {
	n := 0
	for i := 0; i+1 < len(ranges); i += 2 {
		if n += int(ranges[i+1]-ranges[i]) + 1; n > maxClass {
			return nil
		}
		for r := ranges[i]; r <= ranges[i+1]; r++ {
			if r == utf8.RuneError {
				return nil
			}
			if text := string(appendNormal(nil, string(r))); !slices.Contains(texts, text) {
				texts = append(texts, text)
			}
		}
	}
	return texts
}
