// Package automaton matches regular expressions with deterministic automata, whose states
// are built when a text first reaches them. A byte takes a few nanoseconds, where package
// regexp tries each alternative at each byte.
//
// The states of a [Memory] are bounded. Where a match would need another state, package
// regexp decides, so the result is always that of regexp.
package automaton

import (
	"regexp"
	"regexp/syntax"
	"unicode/utf8"
)

// A Regexp is a regular expression. It is not safe for concurrent use.
type Regexp struct {
	expression string
	whole      *regexp.Regexp // nil until it is needed
	memory     *Memory

	alphabet *alphabet
	program  *syntax.Prog
	anchored bool // matches start at the start of the text

	next   []stateID // by state and symbol
	states []state
	known  map[string]stateID
	reach  closure // of the state that is built
}

// A stateID is the index of a state, or one of the values below.
type stateID int32

const (
	unknown  stateID = iota // is not built
	accept                  // the text matches
	reject                  // no text that follows matches
	start                   // of each text
	reserved = int(start)
)

const (
	// maxInstructions and maxSymbols bound the programs that have an automaton.
	maxInstructions = 4096
	maxSymbols      = 256
)

// Compile compiles an expression. The error is that of package regexp.
func Compile(expression string, m *Memory) (*Regexp, error) {
	parsed, err := syntax.Parse(expression, syntax.Perl)
	if err != nil {
		return nil, err
	}
	program, err := syntax.Compile(parsed.Simplify())
	if err != nil {
		return nil, err
	}
	r := &Regexp{expression: expression, memory: m}
	if len(program.Inst) > maxInstructions {
		return r, nil
	}
	if a := newAlphabet(program); a.symbols() <= maxSymbols {
		r.program, r.alphabet, r.known = program, a, map[string]stateID{}
		r.anchored = program.StartCond()&syntax.EmptyBeginText != 0
		r.reach.seen = make([]uint32, len(program.Inst))
	}
	return r, nil
}

// MatchString reports whether a text contains a match.
func (r *Regexp) MatchString(text string) bool {
	if result := r.run(text); result != unknown {
		return result == accept
	}
	if r.whole == nil {
		r.whole = regexp.MustCompile(r.expression)
	}
	return r.whole.MatchString(text)
}

// run returns accept or reject, or unknown without memory.
func (r *Regexp) run(text string) stateID {
	if r.alphabet == nil || len(r.states) == 0 && !r.addStart() {
		return unknown
	}
	at, symbols := start, r.alphabet.symbols()
	for i := 0; i <= len(text); {
		symbol := symbols - 1 // the end of the text
		width := 1
		if i < len(text) {
			if b := text[i]; b < utf8.RuneSelf {
				symbol = int(r.alphabet.ascii[b])
			} else {
				var char rune
				char, width = utf8.DecodeRuneInString(text[i:])
				symbol = r.alphabet.symbolOf(char)
			}
		}
		i += width
		next := r.next[(int(at)-reserved)*symbols+symbol]
		if next == unknown {
			if next = r.step(at, symbol); next == unknown {
				return unknown
			}
		}
		if next <= reject {
			return next
		}
		at = next
	}
	return reject
}
