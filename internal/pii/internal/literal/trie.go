package literal

import "slices"

// A trie becomes the automaton of a [Set].
type trie struct {
	width  int
	child  []int // by state*width + class, 0 if there is none
	owners [][]int
}

func newTrie(width int) *trie {
	return &trie{width, make([]int, width), [][]int{nil}}
}

// add adds a literal of an owner.
func (t *trie) add(s *Set, owner int, lit string) {
	state := 0
	for i := range len(lit) {
		at := state*t.width + int(s.class[lit[i]])
		if t.child[at] == 0 {
			t.child[at] = len(t.owners)
			t.child = append(t.child, make([]int, t.width)...)
			t.owners = append(t.owners, nil)
		}
		state = t.child[at]
	}
	t.own(state, []int{owner})
}

func (t *trie) own(state int, owners []int) {
	for _, owner := range owners {
		if !slices.Contains(t.owners[state], owner) {
			t.owners[state] = append(t.owners[state], owner)
		}
	}
}

// automaton fills in where to go from each state when no literal goes on: to the
// state of the longest end of what was read that some literal starts with.
func (t *trie) automaton() (next []uint32, owners [][]int) {
	fail := make([]int, len(t.owners))
	for queue := []int{0}; len(queue) > 0; queue = queue[1:] {
		state := queue[0]
		t.own(state, t.owners[fail[state]])
		for class := range t.width {
			at := state*t.width + class
			back := 0
			if state != 0 {
				back = t.child[fail[state]*t.width+class]
			}
			if child := t.child[at]; child != 0 {
				fail[child] = back
				queue = append(queue, child)
			} else {
				t.child[at] = back
			}
		}
	}
	next = make([]uint32, len(t.child))
	for at, state := range t.child {
		next[at] = uint32(state*t.width) << 1
		if len(t.owners[state]) > 0 {
			next[at] |= 1
		}
	}
	return next, t.owners
}
