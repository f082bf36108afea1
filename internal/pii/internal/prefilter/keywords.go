package prefilter

import (
	"encoding/binary"
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// A Keyword is a word in small letters, found in any case, and the bytes of which one
// follows it. Without any, all but a letter or a digit may; [AnyByte] allows every byte.
type Keyword struct {
	Word, After string
}

// AnyByte is the After of a keyword that every byte may follow.
const AnyByte = "*"

// Keywords are an index of keywords by their first three bytes. It is immutable.
type Keywords struct {
	slots   [1 << 12]uint16 // the index of a bucket, 0 if there is none
	buckets [][]indexed
}

// An indexed keyword has its place in the list.
type indexed struct {
	word  string
	head  uint64     // its first eight bytes, in small letters
	mask  uint64     // of the bytes of head that it has
	exact bool       // head has all of it, and only letters
	after *[256]bool // one for all keywords with the same
	place int
}

// newIndexed returns a keyword at a place of the list.
func newIndexed(word string, after *[256]bool, place int) indexed {
	mask := headMask[min(8, len(word))]
	exact := len(word) <= 8 && text.RunEnd(word, 0, len(word), text.Letter) == len(word)
	return indexed{word, headOf(word, 0) & mask, mask, exact, after, place}
}

// headOf returns the eight bytes at i in small letters, 0 for those after the text.
func headOf(in string, i int) uint64 {
	if i+8 <= len(in) {
		return eightBytes(in[i:i+8]) | smallLetters
	}
	var end [8]byte
	copy(end[:], in[i:])
	return binary.LittleEndian.Uint64(end[:]) | smallLetters
}

// NewKeywords returns an index of keywords of two letters at least.
func NewKeywords(list []Keyword) *Keywords {
	x := &Keywords{buckets: make([][]indexed, 1)}
	sets := map[string]*[256]bool{}
	for place, k := range list {
		if sets[k.After] == nil {
			sets[k.After] = bytesAfter(k.After)
		}
		one := newIndexed(k.Word, sets[k.After], place)
		if len(k.Word) > 2 {
			x.insert(one, k.Word[2])
			continue
		}
		for c, follows := range one.after {
			if follows {
				x.insert(one, byte(c))
			}
		}
	}
	return x
}

// bytesAfter returns the bytes that may follow a keyword.
func bytesAfter(after string) *[256]bool {
	set := new([256]bool)
	for c := range set {
		switch after {
		case "":
			set[c] = !text.Is(byte(c), text.Alnum)
		case AnyByte:
			set[c] = true
		default:
			set[c] = strings.IndexByte(after, byte(c)) >= 0
		}
	}
	return set
}

func (x *Keywords) insert(one indexed, third byte) {
	slot := &x.slots[slotOf(one.word[0], one.word[1], third)]
	if *slot == 0 {
		*slot = uint16(len(x.buckets))
		x.buckets = append(x.buckets, nil)
	}
	b := &x.buckets[*slot]
	if n := len(*b); n == 0 || (*b)[n-1].place != one.place {
		*b = append(*b, one)
	}
}

// slotOf hashes three bytes, regardless of case.
func slotOf(a, b, c byte) uint32 {
	return (uint32(a&31)<<10 | uint32(b&31)<<5 | uint32(c&31)) * 0x9e3779b1 >> 20
}

// From returns the first keyword from a place of its bucket on that starts at i, by its
// place in the list, and the next place in the bucket. It returns -1 if there is none.
func (x *Keywords) From(in string, i, from int) (place, next int) {
	if i+1 >= len(in) {
		return -1, from
	}
	third := byte(0)
	if i+2 < len(in) {
		third = in[i+2]
	}
	b := x.buckets[x.slots[slotOf(in[i], in[i+1], third)]]
	if from >= len(b) {
		return -1, from
	}
	head := headOf(in, i)
	for k := from; k < len(b); k++ {
		if head&b[k].mask != b[k].head {
			continue
		}
		end := i + len(b[k].word)
		after := byte(0)
		if end < len(in) {
			after = in[end]
		}
		if b[k].after[after] && (b[k].exact || text.HasFold(in, i, b[k].word)) {
			return b[k].place, k + 1
		}
	}
	return -1, from
}
