package automaton

import (
	"encoding/binary"
	"regexp/syntax"
	"slices"
)

// A Memory bounds the states of expressions.
type Memory struct {
	// Limit is the number of bytes that the states may take.
	Limit int
	// Used is the number that they take.
	Used int
}

// A state is where a program can be after a part of a text.
type state struct {
	at     []uint32 // the instructions that read a character or test a position
	before rune     // a character like the last one, -1 at the start of the text
}

// stateSize is what a state takes besides its lists.
const stateSize = 128

// addStart adds the state at the start of texts. It returns false without memory.
func (r *Regexp) addStart() bool {
	r.reach.clear()
	r.reach.follow(r.program, uint32(r.program.Start), 0, false)
	return r.stateOf(-1) != unknown
}

// step returns the state that follows another at a symbol, unknown without memory.
func (r *Regexp) step(from stateID, symbol int) stateID {
	s, char := r.states[int(from)-reserved], r.alphabet.charOf(symbol)
	position := syntax.EmptyOpContext(s.before, char)
	r.reach.clear()
	for _, at := range s.at {
		r.reach.follow(r.program, at, position, true)
	}
	next := accept
	if !r.reach.matches {
		next = r.afterChar(char)
	}
	if next != unknown {
		r.next[(int(from)-reserved)*r.alphabet.symbols()+symbol] = next
	}
	return next
}

// afterChar returns the state after a character that the reached instructions read.
func (r *Regexp) afterChar(char rune) stateID {
	if char < 0 {
		return reject
	}
	reading := slices.Clone(r.reach.list)
	r.reach.clear()
	for _, at := range reading {
		if inst := &r.program.Inst[at]; inst.MatchRune(char) {
			r.reach.follow(r.program, inst.Out, 0, false)
		}
	}
	if !r.anchored {
		r.reach.follow(r.program, uint32(r.program.Start), 0, false)
	}
	if len(r.reach.list) == 0 {
		return reject
	}
	before := ' '
	switch {
	case syntax.IsWordChar(char):
		before = 'a'
	case char == '\n':
		before = '\n'
	}
	return r.stateOf(before)
}

// stateOf returns the state of the reached instructions, unknown without memory.
func (r *Regexp) stateOf(before rune) stateID {
	at := slices.Clone(r.reach.list)
	slices.Sort(at)
	key := binary.AppendVarint(nil, int64(before))
	for _, i := range at {
		key = binary.AppendUvarint(key, uint64(i))
	}
	if known := r.known[string(key)]; known != unknown {
		return known
	}
	size := stateSize + len(key) + 4*len(at) + 4*r.alphabet.symbols()
	if r.memory.Used+size > r.memory.Limit {
		return unknown
	}
	r.memory.Used += size
	r.states = append(r.states, state{at, before})
	r.next = append(r.next, make([]stateID, r.alphabet.symbols())...)
	id := stateID(reserved + len(r.states) - 1)
	r.known[string(key)] = id
	return id
}

// A closure has the instructions that are reached without reading a character.
type closure struct {
	list    []uint32 // those that read one or test a position
	matches bool
	stack   []uint32
	seen    []uint32 // by instruction, the number of the closure that has it
	number  uint32
}

func (c *closure) clear() {
	c.list, c.matches = c.list[:0], false
	c.number++
}

// follow adds what an instruction reaches. Tests of the position are followed if the
// position is known and satisfies them; else they are added.
func (c *closure) follow(program *syntax.Prog, from uint32, position syntax.EmptyOp, known bool) {
	c.stack = append(c.stack[:0], from)
	for len(c.stack) > 0 {
		at := c.stack[len(c.stack)-1]
		c.stack = c.stack[:len(c.stack)-1]
		if c.seen[at] == c.number {
			continue
		}
		c.seen[at] = c.number
		switch inst := &program.Inst[at]; inst.Op {
		case syntax.InstAlt, syntax.InstAltMatch:
			c.stack = append(c.stack, inst.Out, inst.Arg)
		case syntax.InstCapture, syntax.InstNop:
			c.stack = append(c.stack, inst.Out)
		case syntax.InstEmptyWidth:
			if !known {
				c.list = append(c.list, at)
			} else if syntax.EmptyOp(inst.Arg)&^position == 0 {
				c.stack = append(c.stack, inst.Out)
			}
		case syntax.InstMatch:
			c.matches = true
			if !known {
				c.list = append(c.list, at)
			}
		case syntax.InstFail:
		default:
			c.list = append(c.list, at)
		}
	}
}
