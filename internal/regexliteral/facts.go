package regexliteral

import (
	"regexp/syntax"
	"slices"
	"unicode"
	"unicode/utf8"
)

// facts are what is derived from a part of an expression.
type facts struct {
	exact  []string // all normal forms of what it matches, nil if they are too many
	needed []Need   // besides
}

// anything are the facts of a part that matches any text.
var anything = facts{}

// nothingButEmpty is what a part matches that matches the empty text only, such as \b.
var nothingButEmpty = []string{""}

func (f facts) need() Need {
	needs := f.needed
	if n := oneOf(f.exact); !n.IsNothing() {
		needs = append(slices.Clip(needs), n)
	}
	return allOf(needs)
}

func (f Form) factsOf(re *syntax.Regexp) facts {
	switch re.Op {
	case syntax.OpLiteral:
		return f.literalFacts(re)
	case syntax.OpCharClass:
		return f.classFacts(re.Rune)
	case syntax.OpEmptyMatch, syntax.OpBeginLine, syntax.OpEndLine, syntax.OpBeginText, syntax.OpEndText, syntax.OpWordBoundary, syntax.OpNoWordBoundary:
		return facts{exact: nothingButEmpty}
	case syntax.OpCapture:
		return f.factsOf(re.Sub[0])
	case syntax.OpConcat:
		return f.concatenate(re.Sub)
	case syntax.OpAlternate:
		return f.alternate(re.Sub)
	case syntax.OpQuest:
		return f.alternate([]*syntax.Regexp{re.Sub[0], {Op: syntax.OpEmptyMatch}})
	case syntax.OpPlus:
		return f.repeated(re.Sub[0])
	case syntax.OpRepeat:
		if re.Min > 0 {
			return f.repeated(re.Sub[0])
		}
	}
	return anything
}

// repeated returns the facts of a part that occurs once or more.
func (f Form) repeated(re *syntax.Regexp) facts {
	if n := f.factsOf(re).need(); !n.IsNothing() {
		return facts{needed: []Need{n}}
	}
	return anything
}

// alternate returns the facts of alternatives.
func (f Form) alternate(alternatives []*syntax.Regexp) facts {
	exact, isExact := []string(nil), true
	var n Need
	for _, re := range alternatives {
		part := f.factsOf(re)
		if isExact = isExact && len(part.needed) == 0 && len(part.exact) > 0; isExact {
			exact = f.union(exact, part.exact)
			isExact = exact != nil
		}
		n.One = append(n.One, part.need())
	}
	if isExact {
		return facts{exact: exact}
	}
	if slices.ContainsFunc(n.One, Need.IsNothing) {
		return anything
	}
	return facts{needed: []Need{n}}
}

// union returns the texts of two lists, nil if they are too many.
func (f Form) union(a, b []string) []string {
	if len(a)+len(b) > f.MaxTexts {
		return nil
	}
	return slices.Concat(a, b)
}

// literalFacts returns the facts of a literal. Each character is one of its forms.
func (f Form) literalFacts(re *syntax.Regexp) facts {
	c := f.newChain()
	for _, r := range re.Rune {
		class := []rune{r, r}
		if re.Flags&syntax.FoldCase != 0 {
			for folded := unicode.SimpleFold(r); folded != r; folded = unicode.SimpleFold(folded) {
				class = append(class, folded, folded)
			}
		}
		c.addPart(facts{exact: f.classTexts(class)})
	}
	return c.end()
}

// letterForms are the characters beyond ASCII that are another form of an ASCII letter.
var letterForms = []rune{'\u212a', 'ſ'}

// classFacts returns the facts of a class of characters. Of a great class without ASCII, they
// are the first bytes.
func (f Form) classFacts(ranges []rune) facts {
	if texts := f.classTexts(ranges); texts != nil || len(ranges) == 0 || ranges[0] < utf8.RuneSelf {
		return facts{exact: texts}
	}
	var first []string
	for i := 0; i+1 < len(ranges); i += 2 {
		if ranges[i] <= utf8.RuneError && utf8.RuneError <= ranges[i+1] {
			return anything
		}
		for _, r := range letterForms {
			if ranges[i] <= r && r <= ranges[i+1] {
				first = append(first, f.Normal(r)[:1])
			}
		}
		for b := string(ranges[i])[0]; b <= string(ranges[i+1])[0]; b++ {
			first = append(first, string([]byte{b}))
		}
	}
	return facts{needed: []Need{oneOf(first)}}
}

// maxClass bounds the characters of a class that is expanded.
const maxClass = 32

// classTexts returns the normal forms of the characters in the ranges of a class, nil if
// they are too many. Bytes that are not UTF-8 match U+FFFD, and have no normal form.
func (f Form) classTexts(ranges []rune) (texts []string) {
	n := 0
	for i := 0; i+1 < len(ranges); i += 2 {
		if n += int(ranges[i+1]-ranges[i]) + 1; n > maxClass {
			return nil
		}
		for r := ranges[i]; r <= ranges[i+1]; r++ {
			if r == utf8.RuneError {
				return nil
			}
			if text := f.Normal(r); !slices.Contains(texts, text) {
				texts = append(texts, text)
			}
		}
	}
	return texts
}
