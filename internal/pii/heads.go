package pii

import "math/bits"

// Heads are how words begin: the first four bytes of each, as a bit for their hash,
// and the first two of those of which no more are known. What has no bit is none of
// them; what has one may be.
type heads struct {
	four [1 << 10]uint64
	two  [1 << 8]uint64
}

func hash4(head string) uint32 {
	_ = head[3]
	x := uint32(head[0]) | uint32(head[1])<<8 | uint32(head[2])<<16 | uint32(head[3])<<24
	return x * 0x9e3779b1 >> 16
}

// of returns those of the words of a block at a place, a bit each, that may begin
// like one of the heads. It does without branches, since few of many do.
func (h *heads) of(words uint64, text string, at int) (found uint64) {
	for ; words != 0; words &= words - 1 {
		bit := bits.TrailingZeros64(words)
		i := at + bit
		if i+4 > len(text) {
			break
		}
		n := hash4(text[i : i+4])
		found |= h.four[n>>6] >> (n & 63) & 1 << bit
	}
	return found
}

// ofTwo does so for those of the heads of which only two bytes are known.
func (h *heads) ofTwo(words uint64, text string, at int) (found uint64) {
	for ; words != 0; words &= words - 1 {
		bit := bits.TrailingZeros64(words)
		p := pair(text[at+bit], text[at+bit+1])
		found |= h.two[p>>6] >> (p & 63) & 1 << bit
	}
	return found
}

// add adds a word that begins with start, and goes on with bytes of a class.
func (h *heads) add(start string, rest class) {
	switch len(start) {
	case 2:
		p := pair(start[0], start[1])
		h.two[p>>6] |= 1 << (p & 63)
	case 3:
		for c := range byte(0x80) {
			if is(c, rest) {
				h.add(start+string(rune(c)), rest)
			}
		}
	default:
		n := hash4(start)
		h.four[n>>6] |= 1 << (n & 63)
	}
}

// announcing are the heads of the words that announce something, in capitals or not.
var announcing = buildAnnouncing()

func buildAnnouncing() (h heads) {
	for _, s := range starters() {
		if len(s.word) == 2 {
			continue // a country: two digits follow, of which the masks know
		}
		for capitals := range 1 << 4 {
			head := []byte(s.word[:min(4, len(s.word))])
			for i, c := range head {
				if capitals>>i&1 == 1 {
					head[i] = raised(c)
				}
			}
			h.add(string(head), space|colon)
		}
	}
	return h
}

// tokenHeads are the heads of tokens.
var tokenHeads = buildTokenHeads()

func buildTokenHeads() (h heads) {
	for _, f := range formats {
		h.add(f.prefix, f.body)
	}
	return h
}
