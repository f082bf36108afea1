package pii

// This file holds the detectors of tokens with a known prefix, middle or ending.

import (
	"slices"

	"github.com/cowork-otel/collector/internal/pii/internal/detect"
	"github.com/cowork-otel/collector/internal/pii/internal/text"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
)

// A format is a kind of token with a known prefix: a row of the tables in tokens*.go.
type format struct {
	name   string // whose token it is
	prefix string
	body   text.Class // of the bytes after the prefix
	least  int        // the least length of the body
	most   int        // the greatest, 0 for no limit
	check  *bodyCheck // of the body; nil means varied
}

// A keyword is a word that may begin a finding other than a token.
type keyword struct {
	word string // in small letters
	read detector
}

// A bucket has the formats and keywords with the same first two letters.
type bucket struct {
	third    uint64 // the possible third bytes, a bit for the low six bits of each
	formats  []format
	keywords []keyword
}

// tokenStarts has the index of a bucket by its two letters, 0 if there is none.
var tokenStarts, buckets = indexStarts()

func indexStarts() (index *[1 << 7][1 << 7]uint16, buckets []bucket) {
	index = new([1 << 7][1 << 7]uint16)
	buckets = make([]bucket, 1)
	bucketOf := func(a, b byte) *bucket {
		k := &index[a&0x7f][b&0x7f]
		if *k == 0 {
			*k = uint16(len(buckets))
			buckets = append(buckets, bucket{})
		}
		return &buckets[*k]
	}
	for _, f := range formats {
		b := bucketOf(f.prefix[0], f.prefix[1])
		b.formats = append(b.formats, f)
		b.third |= thirds(f.prefix, f.body)
	}
	for _, k := range keywords() {
		for _, a := range text.BothCases(k.word[0]) {
			for _, b := range text.BothCases(k.word[1]) {
				b := bucketOf(a, b)
				b.keywords = append(b.keywords, k)
				b.third |= thirds(k.word, text.Digit)
			}
		}
	}
	return index, buckets
}

// thirds returns the third byte of a word, in either case. Of a word of two bytes it
// returns the bytes of a class.
func thirds(word string, behind text.Class) (set uint64) {
	if len(word) > 2 {
		return 1<<(word[2]&63) | 1<<(text.ToLower(word[2])&63) | 1<<(text.ToUpper(word[2])&63)
	}
	for c := range 0x80 {
		if text.Is(byte(c), behind) {
			set |= 1 << (c & 63)
		}
	}
	return set
}

// keywords returns all keywords.
func keywords() []keyword {
	list := append([]keyword{
		{"eyj", (*walk).jwt},
		{"bearer", (*walk).scheme},
		{"basic", (*walk).scheme},
		{"atlasv1", (*walk).atlas},
		{"private", (*walk).puTTYKey},
	}, slices.Concat(sentenceWords, callWords)...)
	for country := range detect.IBANLengths {
		list = append(list, keyword{country, (*walk).iban})
	}
	return list
}

// word detects the token or the keyword at start, and returns where the walk continues, 0 if there is none.
func (w *walk) word(start int) int {
	t := w.Text
	b := &buckets[tokenStarts[t[start]&0x7f][t[start+1]&0x7f]]
	if b.third>>(w.Next(start+2)&63)&1 == 0 {
		return 0
	}
	if w.s.on>>span.APIKey&1 == 1 { // otherwise a long token would be read again at each prefix within it
		for i := range b.formats {
			if end := w.token(start, &b.formats[i]); end > 0 {
				return end
			}
		}
	}
	for i := range b.keywords {
		word := b.keywords[i].word
		after := w.Next(start + len(word))
		isPart := len(word) > len("eyj") && text.Is(after, text.Alnum) || len(word) == len("de") && !text.Is(after, text.Digit)
		if !isPart && text.HasFold(t, start, word) {
			if end := b.keywords[i].read(w, start); end > 0 {
				return end
			}
		}
	}
	return 0
}

// token adds the token of a format that starts at start and returns its end, 0 if there is none.
func (w *walk) token(start int, f *format) int {
	at := start + len(f.prefix)
	if len(w.Text)-at < f.least || w.Text[start:at] != f.prefix {
		return 0
	}
	limit := at + max(f.least, text.Judged)
	if f.most > 0 {
		limit = at + f.most + 1
	}
	if f.check.mixed && w.isPlain(at, limit, f.body) {
		return 0
	}
	end := text.RunEnd(w.Text, at, limit, f.body)
	if f.most > 0 && end-at > f.most {
		return 0
	}
	for end > at && w.Text[end-1] == '.' {
		end--
	}
	body := w.Text[at:end]
	if len(body) < f.least || !f.check.accepts(body) {
		return 0
	}
	sure := span.Structural
	if sum := checksums[f.prefix]; sum != nil && sum(body) {
		sure = span.Validated
	}
	if end == limit {
		end = text.RunEnd(w.Text, end, len(w.Text), f.body)
		for w.Text[end-1] == '.' {
			end--
		}
	}
	return w.addSpan(span.APIKey, sure, start, end)
}

// isPlain reports whether the possible body of a token, at most up to limit, consists of
// small letters. It reads each byte once, since a prefix may follow another.
func (w *walk) isPlain(at, limit int, body text.Class) bool {
	if at < w.plainAt || at >= w.plainEnd {
		w.plainAt, w.plainEnd = at, at
	}
	limit = min(limit, len(w.Text))
	for w.plainEnd < limit && text.Is(w.Text[w.plainEnd], text.Lower|text.Joiner) {
		w.plainEnd++
	}
	return w.plainEnd >= limit || !text.Is(w.Text[w.plainEnd], body)
}

// tilde detects an Azure client secret around the ~ at i: three characters, a digit, Q~ and some thirty more.
func (w *walk) tilde(i int) int {
	start := i - 5
	if start < 0 || w.Text[i-1] != 'Q' || !text.Is(w.Text[i-2], text.Digit) || !text.Is(w.Text[start+1], anyKey|text.Tilde) ||
		text.RunEnd(w.Text, start, i-2, text.KeyChars|text.Dot|text.Tilde) != i-2 {
		return i + 1
	}
	end := text.RunEnd(w.Text, i+1, i+1+34, text.KeyChars|text.Dot|text.Tilde)
	if end-i-1 < 31 || !text.ShapeOf(w.Text[i+1:end]).Random() {
		return i + 1
	}
	return max(i+1, w.addSpan(span.APIKey, span.Structural, start, end))
}

// atlas detects a Terraform token around the word atlasv1: fourteen characters, .atlasv1. and some sixty more.
func (w *walk) atlas(start int) int {
	const idLen = 14
	dot := start + len("atlasv1")
	if w.Previous(start) != '.' || w.Next(dot) != '.' || text.RunStart(w.Text, start-1, start-1-idLen, text.Alnum) != start-1-idLen {
		return 0
	}
	end := text.RunEnd(w.Text, dot+1, dot+1+80, text.KeyChars|text.Base64x)
	if end-dot-1 < 50 {
		return 0
	}
	return w.addSpan(span.APIKey, span.Structural, start-1-idLen, end)
}

// pipe detects a number, a bar at i and a key: a token of a Facebook app, or of Laravel.
func (w *walk) pipe(i int) int {
	if !text.Is(w.Previous(i), text.Digit) {
		return i + 1
	}
	start := text.RunStart(w.Text, i, i-17, text.Digit)
	end := text.RunEnd(w.Text, i+1, i+1+50, text.KeyChars)
	id, key := i-start, w.Text[i+1:end]
	app := id >= 13 && id <= 16 && len(key) >= 24 && len(key) <= 44
	personal := id <= 8 && len(key) >= 40 && len(key) <= 48
	if text.Is(w.Previous(start), text.Alnum) || !app && !personal || !text.IsRandomKey(key) {
		return i + 1
	}
	return max(i+1, w.addSpan(span.APIKey, span.Structural, start, end))
}
