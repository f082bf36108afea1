package secret

// This file holds what a word of a sentence is, and runs of bytes.

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// A wordKind is what a word of a sentence is. Sentences that overlap read it once.
type wordKind struct {
	start, end                            uint32
	isConnector, isMover, isPlain, isNoun bool
}

// wordAt returns the kind of the word [start, end).
func wordAt(r *Reader, start, end int) *wordKind {
	known := &r.words[start%recentBytes]
	if known.start == uint32(start) && known.end == uint32(end) {
		return known
	}
	word := r.Text[start:end]
	r.isUsed = true
	*known = wordKind{start: uint32(start), end: uint32(end), isConnector: isConnector(word), isMover: movers[word]}
	if known.isConnector || known.isMover {
		return known
	}
	known.isPlain = len(word) > longValue && r.plain.end(r.Text, start, end, &endsPlain) == end || isPlainText(strings.TrimRight(word, "?!"))
	if known.isPlain {
		kind := KindOf(word)
		known.isNoun = kind == Password || kind == Token
	}
	return known
}

// A byteRun is a part of a text without the bytes of a set. It reads each byte once.
type byteRun struct{ from, to int }

// end returns the end of the run that starts at i, at most limit.
func (b *byteRun) end(in string, i, limit int, set *[256]bool) int {
	if i < b.from || i > b.to {
		b.from, b.to = i, i
	}
	for b.to < limit && !set[in[b.to]] {
		b.to++
	}
	return min(b.to, limit)
}

// endsPlain has the bytes that plain words do not have.
var endsPlain = func() (set [256]bool) {
	for c := range set {
		set[c] = !text.Is(byte(c), text.Letter|text.Foreign|text.Joiner)
	}
	return set
}()
