package prefilter

import "math/bits"

// The sets of bytes that candidates are computed from.
const (
	inWord    = iota // letters and digits
	inToken          // the bytes of tokens
	inDigits         // digits
	inSigns          // signs that can begin a finding anywhere
	inMarks          // signs that can do so only next to certain others
	inOpeners        // the first bytes of disguises, some of which are signs too
	inSeconds        // most bytes that can follow an opener, with the first letters of at, dot and pw
)

const (
	alphanumeric = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

	// TokenBytes are the bytes that tokens with a known prefix consist of.
	TokenBytes = alphanumeric + "_-.$/+=~:!%@?&"
	// TokenLeast is the least length of such a token, and of base64 that is decoded.
	TokenLeast = 16
)

// masks computes the sets of a text.
var masks = NewTable([Foreign]string{
	inWord:   alphanumeric,
	inToken:  TokenBytes,
	inDigits: "0123456789",
	// Some control bytes and some of the seconds are there since they share a product of halves of bytes with others.
	inSigns:   "@%+:=>~$&\x1b\x14\x15\x16",
	inMarks:   ",-",
	inOpeners: "&[{(\x1b\\@%=<",
	inSeconds: "aAdDpPxXuUeE " + "!$%(@HQT`hqt",
})

const (
	// windowBlocks is how many blocks are read together.
	windowBlocks = 32
	// WindowSize is the number of bytes of a window.
	WindowSize = windowBlocks * Size
)

// A Window has the candidates of a part of a text. It is scratch space: the zero value is
// ready for use. It is not safe for concurrent use.
type Window struct {
	// blocks are the masks of the part, of the block before it and of the block after it.
	blocks   [1 + windowBlocks + 1]Block
	findings [windowBlocks]uint64 // the bytes at which a finding can begin
	words    offsets              // of words that may be keywords, and then of candidates
	tokens   offsets              // of words that may be tokens

	Blocks    int                  // how many blocks the window has
	Unknown   [windowBlocks]uint64 // the candidates that are long words, and start with no keyword or prefix
	Disguises [windowBlocks]uint64 // the bytes at which a disguise or the word pw can begin, a bit each
	Encoded   [windowBlocks]uint64 // the bytes at which base64 or hexadecimal digits of text can begin
	Foreign   uint64               // not 0 if a byte is not ASCII
}

// Forget drops the block before the part that is read next.
func (w *Window) Forget() { w.blocks[0] = Block{} }

// read computes the masks of the window that starts at base.
func (w *Window) read(table *Table, in string, base int) {
	part := in[base:min(len(in), base+WindowSize+Size)]
	table.Make(w.blocks[1:], part)
	w.Blocks = (len(part) + Size - 1) / Size
	if w.Blocks <= windowBlocks {
		w.blocks[w.Blocks+1] = Block{}
	} else {
		w.Blocks = windowBlocks
	}
}

// candidates are the bytes of a block at which something can begin, a bit for each.
type candidates struct {
	findings uint64 // a sign, a number or a word that can begin a finding
	words    uint64 // a word that may be a keyword
	numbers  uint64 // the findings that are no words, or may be account numbers
	tokens   uint64 // a word that continues like a token
	long     uint64 // a word that continues like a token, or a number that does
}

// candidatesOf returns the candidates of a block, and the bytes at which a disguise can begin.
func candidatesOf(last, now, next *Block) (c candidates, disguises uint64) {
	word, digits := now[inWord], now[inDigits]
	afterWord := word<<1 | last[inWord]>>63
	// The letter of an escape such as \n is no part of the next word. This includes
	// more letters than those of escapes, which text.View.StartsWord rejects.
	opens := now[inOpeners] &^ now[inSigns]
	afterEscape := afterWord & (opens<<2 | (last[inOpeners]&^last[inSigns])>>62)
	starts := word & (^afterWord | afterEscape)
	beforeDigit := ahead(digits, next[inDigits], 1)
	dashes := ahead(now[inMarks], next[inMarks], 1) & ahead(now[inMarks], next[inMarks], 2)
	marks := now[inMarks] & (^afterWord | afterEscape | beforeDigit | dashes)
	letters := word &^ digits
	two, three := ahead(word, next[inWord], 1), ahead(word, next[inWord], 2)
	iban := letters & ahead(letters, next[inWord]&^next[inDigits], 1) & ahead(digits, next[inDigits], 2) & ahead(digits, next[inDigits], 3)
	short := starts & letters & now[inSeconds] & two &^ (three & ahead(word, next[inWord], 3))
	tokens, _ := runs(now[inToken], next[inToken])
	long := starts & tokens
	numbers := now[inSigns] | opens&beforeDigit | marks | starts&(digits|iban)
	return candidates{
		findings: numbers | starts&longWords(word, next[inWord]),
		numbers:  numbers,
		words:    starts & letters & two & three,
		tokens:   long & letters,
		long:     long,
	}, opens&seconds(now, next) | now[inOpeners]&now[inSigns] | now[Foreign] | short | spreadDigits(last, now, next)
}

// seconds returns the bytes before one that can follow a backslash or a bracket in a disguise. Most
// of these are followed by a quote, another bracket, or a letter that is in no disguise.
func seconds(now, next *Block) uint64 {
	return ahead(now[inSeconds]|now[inDigits]|now[inOpeners]|now[Foreign]|now[inToken]&^now[inWord],
		next[inSeconds]|next[inDigits]|next[inOpeners]|next[Foreign]|next[inToken]&^next[inWord], 1)
}

// spreadDigits returns the last digits of the groups of a block after which a number can continue
// in an unusual layout: after two separators, with the groups of a card or of a social security
// number, with single digits, or after the first group of an account number.
func spreadDigits(last, now, next *Block) uint64 {
	digits, before := now[inDigits], behind(now[inDigits], last[inDigits], 1)
	gap1, gap2 := ^ahead(now[inWord], next[inWord], 1), ^ahead(now[inWord], next[inWord], 2)
	ends := digits & gap1
	if ends == 0 {
		return 0
	}
	at2, at3 := ahead(digits, next[inDigits], 2), ahead(digits, next[inDigits], 3)
	single := gap1 & at2 &^ at3 & ahead(digits, next[inDigits], 4) &^ before
	letters2 := behind(now[inWord]&^digits, last[inWord]&^last[inDigits], 2)
	letters3 := behind(now[inWord]&^digits, last[inWord]&^last[inDigits], 3)
	return ends & (gap2 | before&at2&at3 | single | before&letters2&letters3)
}

// behind returns the bytes that have a byte of a set k bytes before them.
func behind(now, last uint64, k uint) uint64 { return now<<(k&63) | last>>((64-k)&63) }

// ahead returns the bytes that have a byte of a set k bytes after them.
func ahead(now, next uint64, k uint) uint64 { return now>>(k&63) | next<<((64-k)&63) }

// runs returns the bytes of a set that start a run of TokenLeast of it. Of the next block
// it returns those that do so within it. The shifts are constants, which take one instruction.
func runs(now, next uint64) (_, _ uint64) {
	now, next = now&(now>>1|next<<63), next&(next>>1)
	now, next = now&(now>>2|next<<62), next&(next>>2)
	now, next = now&(now>>4|next<<60), next&(next>>4)
	return now & (now>>8 | next<<56), next & (next >> 8)
}

// LongWord is the least length of a word that is a candidate without a known beginning.
const LongWord = 20

// longWords returns the bytes of a set that start a run of LongWord of it.
func longWords(now, next uint64) uint64 {
	now, next = runs(now, next)
	return now & ahead(now, next, LongWord-TokenLeast)
}

// Offsets returns the bytes of a window that are marked in some masks. They are valid until the next call.
func (w *Window) Offsets(marks *[windowBlocks]uint64) []uint16 {
	n := 0
	for b := range w.Blocks {
		n = flatten(&w.tokens, n, b*Size, marks[b])
	}
	return w.tokens[:n]
}

// offsets is a list of bytes of a window, with room for those that are written and not counted.
type offsets [WindowSize + 8]uint16

// flatten appends the bits of a block, whose first byte is at, to a list of n, and returns how many
// there are then. It writes four at a time, since the number of bits is hard to predict, and a
// branch that is predicted wrongly takes as long as ten bits.
func flatten(to *offsets, n, at int, found uint64) int {
	end := n + bits.OnesCount64(found)
	for ; n < end; n += 4 {
		four := (*[4]uint16)(to[n : n+4])
		four[0] = uint16(at + bits.TrailingZeros64(found))
		found &= found - 1
		four[1] = uint16(at + bits.TrailingZeros64(found))
		found &= found - 1
		four[2] = uint16(at + bits.TrailingZeros64(found))
		found &= found - 1
		four[3] = uint16(at + bits.TrailingZeros64(found))
		found &= found - 1
	}
	return end
}

// flatten8 is flatten for the words of a block, which are about eight.
func flatten8(to *offsets, n, at int, found uint64) int {
	end := n + bits.OnesCount64(found)
	for ; n < end; n += 8 {
		eight := (*[8]uint16)(to[n : n+8])
		for k := range eight {
			eight[k] = uint16(at + bits.TrailingZeros64(found))
			found &= found - 1
		}
	}
	return end
}
