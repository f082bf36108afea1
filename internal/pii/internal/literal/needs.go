package literal

import (
	"regexp/syntax"
	"unicode"
	"unicode/utf8"
)

const (
	// minLen is the length of the shortest literal worth looking for: single bytes are everywhere.
	minLen = 2
	// maxLen is how much of a literal is looked for: what contains it contains the start of it.
	maxLen = 16
	// maxSet is the most literals that one expression is looked for by.
	maxSet = 16
	// maxMatch is the longest match that a window is worth it for.
	maxMatch = 1 << 10
)

// Needs are what matches of an expression need to have.
type Needs struct {
	// Literals has what every match contains one of, in lower case as to ASCII. It
	// is empty if there is no such literal.
	Literals []string
	// MaxMatch is the length of the longest match in bytes, 0 if matches can be of any length.
	MaxMatch int
}

// Of returns the needs of an expression in the syntax of package regexp.
func Of(expr string) (Needs, error) {
	re, err := syntax.Parse(expr, syntax.Perl)
	if err != nil {
		return Needs{}, err
	}
	re = re.Simplify()
	n := Needs{Literals: shortestOnly(read(re).best())}
	if longest := maxMatchLen(re); longest <= maxMatch {
		n.MaxMatch = longest
	}
	return n, nil
}

// facts are the properties of all matches of a part of an expression.
type facts struct {
	// exact has all that the part can match, nil if that is too much.
	exact []string
	// needed has what every match contains one of, nil if nothing is known.
	needed []string
}

// empty are the facts of a part that matches only the empty text.
var empty = facts{exact: []string{""}}

// best returns the better of the literals that the facts guarantee in every match.
func (f facts) best() []string { return better(useful(f.exact), f.needed) }

// read returns the facts of an expression that [syntax.Regexp.Simplify] has freed of counted repetitions.
func read(re *syntax.Regexp) facts {
	switch re.Op {
	case syntax.OpLiteral:
		return literal(re)
	case syntax.OpCharClass:
		return class(re.Rune)
	case syntax.OpCapture:
		return read(re.Sub[0])
	case syntax.OpConcat:
		return concat(re.Sub)
	case syntax.OpAlternate:
		return alternate(re.Sub)
	case syntax.OpPlus:
		return facts{needed: read(re.Sub[0]).best()}
	case syntax.OpQuest:
		return alternate([]*syntax.Regexp{re.Sub[0], {Op: syntax.OpEmptyMatch}})
	case syntax.OpEmptyMatch, syntax.OpBeginLine, syntax.OpEndLine, syntax.OpBeginText, syntax.OpEndText,
		syntax.OpWordBoundary, syntax.OpNoWordBoundary:
		return empty
	default: // any character, any number of times, nothing at all
		return facts{}
	}
}

// literal returns the facts of runes one after the other.
func literal(re *syntax.Regexp) facts {
	var c chain
	c.start()
	for _, r := range re.Rune {
		switch {
		case r == utf8.RuneError: // matches every byte that is not UTF-8
			c.add(facts{})
		case re.Flags&syntax.FoldCase != 0:
			c.add(facts{exact: folds(r)})
		default:
			c.add(facts{exact: []string{lower(r)}})
		}
	}
	return c.end()
}

// folds returns all that a rune is matched by without regard to case.
func folds(r rune) []string {
	set := []string{lower(r)}
	for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
		set = append(set, lower(f))
	}
	return sorted(set)
}

// lower returns a rune as text.
func lower(r rune) string {
	if 'A' <= r && r <= 'Z' {
		r += 'a' - 'A'
	}
	return string(r)
}

// class returns the facts of a set of runes, given as ranges.
func class(ranges []rune) facts {
	var set []string
	for i := 0; i < len(ranges); i += 2 {
		if ranges[i+1]-ranges[i] >= 2*maxSet {
			return facts{}
		}
		for r := ranges[i]; r <= ranges[i+1]; r++ {
			if r == utf8.RuneError {
				return facts{} // as in literal
			}
			set = append(set, lower(r))
		}
	}
	if set = sorted(set); len(set) == 0 || len(set) > maxSet {
		return facts{}
	}
	return facts{exact: set}
}

// alternate returns the facts of parts of which one matches.
func alternate(parts []*syntax.Regexp) facts {
	var all facts
	exact, needed := true, true
	for _, part := range parts {
		f := read(part)
		best := f.best()
		exact, needed = exact && f.exact != nil, needed && best != nil
		all.exact, all.needed = append(all.exact, f.exact...), append(all.needed, best...)
	}
	if all.exact = sorted(all.exact); !exact || len(all.exact) > maxSet {
		all.exact = nil
	}
	if all.needed = sorted(all.needed); !needed || len(all.needed) > 4*maxSet {
		all.needed = nil
	}
	return all
}

// concat returns the facts of parts one after the other.
func concat(parts []*syntax.Regexp) facts {
	var c chain
	c.start()
	c.addParts(parts)
	return c.end()
}
