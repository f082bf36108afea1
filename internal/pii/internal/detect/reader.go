package detect

import (
	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// A Reader holds one text while its detectors run: the text, its key, and the parts that
// are read already. It is not safe for concurrent use.
type Reader struct {
	text.View
	progress
}

// progress is the state of a reader that depends on its text.
type progress struct {
	context contextCache
	id      [idMost]byte // scratch space of matchForm
	before  textBefore   // the number that was read last

	userInfoAt int       // the @ that ends the user information of a URL, -1 if there was none
	colonsEnd  int       // the end of the run of hexadecimal digits and colons that was read last
	versionEnd int       // the start of the last version of four numbers, 0 if there was none
	letter     nextPlace // the next letter
	phoneEnd   int       // the end of the last phone number
	// The end of the last number that is an identifier, and the sizes of its groups.
	identifiedEnd   int
	identifiedSizes uint32

	pemEndAt int // the next -----END
	noPEMEnd bool

	// The end of the last word about messages to phones, and how far such words were looked for.
	messageEnd, messageRead int

	tableHead, tableEnd int // the table whose cells were read last

	socialKnown bool // whether isSocial is known
	isSocial    bool // the text has a word about social security
}

// Reset prepares the reader for a text.
func (r *Reader) Reset(v text.View) {
	r.View = v
	r.progress = progress{userInfoAt: -1}
}

// A nextPlace is the first place at or after from that was searched for.
type nextPlace struct{ from, at int }

// nextLetter returns the place of the next letter of ASCII at or after i, the end of the text
// without one. It reads each byte once for all numbers of a text.
func (r *Reader) nextLetter(i int) int {
	next := &r.letter
	limit := len(r.Text)
	switch {
	case i > next.at || next.at == 0:
		next.at = limit
	case i >= next.from:
		return next.at
	default:
		limit = next.from
	}
	next.from = i
	for ; i < limit; i++ {
		if text.Is(r.Text[i], text.Letter) {
			next.at = i
			break
		}
	}
	return next.at
}

// accept returns a span as the result of a detector.
func accept(id span.ID, rank span.Rank, start, end int) (span.Span, bool) {
	return span.Span{Start: start, End: end, ID: id, Rank: rank}, true
}

// skip returns a span that is no finding, after which the caller continues.
func skip(start, end int) (span.Span, bool) {
	return span.Span{Start: start, End: end, Rank: span.Harmless}, true
}

// isJoined reports whether a dash joins the text at start to a word or number before it, as in a UUID.
func isJoined(r *Reader, start int) bool {
	return r.Previous(start) == '-' && text.Is(r.Previous(start-1), text.Alnum)
}

// isContinued reports whether a number that ends at end continues: with a letter, a digit
// or an underscore, or with a joint and a digit.
func isContinued(r *Reader, end int, joint1, joint2 byte) bool {
	c := r.Next(end)
	return text.Is(c, text.Alnum) || c == '_' || (c == joint1 || c == joint2) && text.Is(r.Next(end+1), text.Digit)
}

// MayBeNumber reports whether the digits [start, end) can start a card, a phone number or
// another number, and are no part of a word or of a decimal fraction.
func MayBeNumber(r *Reader, start, end int) bool {
	return r.Previous(start) == '_' || !isPart(r, start, end)
}

// isPart reports whether the digits [start, end) are part of a decimal fraction or of a
// word. The x of an extension may follow a number.
func isPart(r *Reader, start, end int) bool {
	before := r.Previous(start)
	fraction := (before == '.' || before == ',') && start > 1 && text.Is(r.Text[start-2], text.Digit)
	return fraction || text.Is(r.Next(end), text.Letter) && text.ToLower(r.Text[end]) != 'x'
}
