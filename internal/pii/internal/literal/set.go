package literal

// A Set finds the literals of many owners in a text. It is immutable and safe
// for concurrent use.
type Set struct {
	class  [256]uint8 // equivalence class of a byte: bytes that occur alike in all literals; 0 for bytes of no literal
	width  uint32     // the number of classes
	next   []uint32   // by state*width + class, the next state*width<<1, and 1 if a literal ends there
	owners [][]int    // by state, whose literals end there

	stride int             // every how many bytes a pair is looked up
	pairs  [1 << 12]uint16 // by the low bits of two classes, not 0 if literals have it near their start
}

// NewSet returns a set of literals, which are in lower case as to ASCII and at least two
// bytes long. literals[i] are those of owner i.
func NewSet(literals [][]string) *Set {
	s := &Set{width: 1, stride: maxStride}
	for _, own := range literals {
		for _, lit := range own {
			s.classify(lit)
			s.stride = min(s.stride, len(lit)-1)
		}
	}
	for c := 'A'; c <= 'Z'; c++ {
		s.class[c] = s.class[c+'a'-'A']
	}
	t := newTrie(int(s.width))
	for owner, own := range literals {
		for _, lit := range own {
			t.add(s, owner, lit)
			for i := range s.stride {
				s.pairs[s.pair(lit[i], lit[i+1])] = 1
			}
		}
	}
	s.next, s.owners = t.automaton()
	return s
}

// maxStride bounds the pairs that the literals have near their start: the more of
// them there are, the more often one is met by chance.
const maxStride = 4

// classify gives the bytes of a literal a class of their own.
func (s *Set) classify(lit string) {
	for i := range len(lit) {
		if s.class[lit[i]] == 0 {
			s.class[lit[i]] = uint8(s.width)
			s.width++
		}
	}
}

// pair returns where pairs has two bytes. The automaton distinguishes pairs with the same place.
func (s *Set) pair(a, b byte) int {
	return int(s.class[a]&63)<<6 | int(s.class[b]&63)
}

// Find calls found for each literal in the text, with its owner and where it ends,
// in the order of ends.
func (s *Set) Find(text string, found func(owner, end int)) {
	for i := s.skip(text, 0); i < len(text); i = s.skip(text, i) {
		state := uint32(0)
		for {
			state = s.next[state>>1+uint32(s.class[text[i]])]
			i++
			if state&1 != 0 {
				for _, owner := range s.owners[state>>1/s.width] {
					found(owner, i)
				}
			}
			if state>>1 == 0 || i == len(text) {
				break
			}
		}
	}
}

// skip returns the first place from i on where a literal may start, the end of the
// text if there is none. A literal has, at any of its first bytes, one of the pairs.
func (s *Set) skip(text string, i int) int {
	for t := i + s.stride - 1; t+1 < len(text); t += s.stride {
		if s.pairs[s.pair(text[t], text[t+1])] != 0 {
			return t - s.stride + 1
		}
	}
	return len(text)
}
