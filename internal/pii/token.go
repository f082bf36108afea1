package pii

// This file holds the detectors of tokens with a known prefix, middle or ending.

import (
	"hash/crc32"
	"slices"
)

// A format is a kind of token with a known prefix: a row of the tables in tokens*.go.
type format struct {
	name   string // whose token it is
	prefix string
	body   class      // of the bytes after the prefix
	least  int        // the least length of the body
	most   int        // the greatest, 0 for no limit
	check  *bodyCheck // of the body; nil means varied
}

// A keyword is a word that may begin a finding other than a token.
type keyword struct {
	word   string // in small letters
	detect detector
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
		for _, a := range bothCases(k.word[0]) {
			for _, b := range bothCases(k.word[1]) {
				b := bucketOf(a, b)
				b.keywords = append(b.keywords, k)
				b.third |= thirds(k.word, digit)
			}
		}
	}
	return index, buckets
}

// thirds returns the third byte of a word, in either case. Of a word of two bytes it
// returns the bytes of a class.
func thirds(word string, behind class) (set uint64) {
	if len(word) > 2 {
		return 1<<(word[2]&63) | 1<<(lowered(word[2])&63) | 1<<(raised(word[2])&63)
	}
	for c := range 0x80 {
		if is(byte(c), behind) {
			set |= 1 << (c & 63)
		}
	}
	return set
}

// raised returns the capital of a small letter, and any other byte unchanged.
func raised(c byte) byte {
	if c-'a' < 26 {
		return c + 'A' - 'a'
	}
	return c
}

// bothCases returns a small letter and its capital.
func bothCases(c byte) []byte { return []byte{c, raised(c)} }

// keywords returns all keywords.
func keywords() []keyword {
	list := append([]keyword{
		{"eyj", (*walk).jwt},
		{"bearer", (*walk).scheme},
		{"basic", (*walk).scheme},
		{"atlasv1", (*walk).atlas},
		{"private", (*walk).privateLines},
	}, slices.Concat(sentenceWords, callWords)...)
	for country := range ibanLengths {
		list = append(list, keyword{country, (*walk).iban})
	}
	return list
}

// word detects the token or the keyword at start, and returns where the walk continues, 0 if there is none.
func (w *walk) word(start int) int {
	t := w.text
	b := &buckets[tokenStarts[t[start]&0x7f][t[start+1]&0x7f]]
	if b.third>>(w.next(start+2)&63)&1 == 0 {
		return 0
	}
	if w.s.on>>apiKey&1 == 1 { // otherwise a long token would be read again at each prefix within it
		for i := range b.formats {
			if end := w.token(start, &b.formats[i]); end > 0 {
				return end
			}
		}
	}
	for i := range b.keywords {
		word := b.keywords[i].word
		after := w.next(start + len(word))
		isPart := len(word) > len("eyj") && is(after, alnum) || len(word) == len("de") && !is(after, digit)
		if !isPart && hasFold(t, start, word) {
			if end := b.keywords[i].detect(w, start); end > 0 {
				return end
			}
		}
	}
	return 0
}

// judged bounds how many bytes of a value are read to decide whether it is random.
const judged = 64

// token adds the token of a format that starts at start and returns its end, 0 if there is none.
func (w *walk) token(start int, f *format) int {
	at := start + len(f.prefix)
	if len(w.text)-at < f.least || w.text[start:at] != f.prefix {
		return 0
	}
	limit := at + max(f.least, judged)
	if f.most > 0 {
		limit = at + f.most + 1
	}
	if f.check.mixed && w.isPlain(at, limit, f.body) {
		return 0
	}
	end := runEnd(w.text, at, limit, f.body)
	if f.most > 0 && end-at > f.most {
		return 0
	}
	for end > at && w.text[end-1] == '.' {
		end--
	}
	body := w.text[at:end]
	if len(body) < f.least || !f.check.accepts(body) {
		return 0
	}
	sure := rankStructural
	if sum := checksums[f.prefix]; sum != nil && sum(body) {
		sure = rankValidated
	}
	if end == limit {
		end = runEnd(w.text, end, len(w.text), f.body)
		for w.text[end-1] == '.' {
			end--
		}
	}
	return w.addSpan(apiKey, sure, start, end)
}

// isPlain reports whether the possible body of a token, at most up to limit, consists of
// small letters. It reads each byte once, since a prefix may follow another.
func (w *walk) isPlain(at, limit int, body class) bool {
	if at < w.plainAt || at >= w.plainEnd {
		w.plainAt, w.plainEnd = at, at
	}
	limit = min(limit, len(w.text))
	for w.plainEnd < limit && is(w.text[w.plainEnd], lower|joiner) {
		w.plainEnd++
	}
	return w.plainEnd >= limit || !is(w.text[w.plainEnd], body)
}

// tilde detects an Azure client secret around the ~ at i: three characters, a digit, Q~ and some thirty more.
func (w *walk) tilde(i int) int {
	start := i - 5
	if start < 0 || w.text[i-1] != 'Q' || !is(w.text[i-2], digit) || !is(w.text[start+1], anyKey|tilde) ||
		runEnd(w.text, start, i-2, keyChars|dot|tilde) != i-2 {
		return i + 1
	}
	end := runEnd(w.text, i+1, i+1+34, keyChars|dot|tilde)
	if end-i-1 < 31 || !shapeOf(w.text[i+1:end]).random() {
		return i + 1
	}
	return max(i+1, w.addSpan(apiKey, rankStructural, start, end))
}

// atlas detects a Terraform token around the word atlasv1: fourteen characters, .atlasv1. and some sixty more.
func (w *walk) atlas(start int) int {
	const idLen = 14
	dot := start + len("atlasv1")
	if w.previous(start) != '.' || w.next(dot) != '.' || runStart(w.text, start-1, start-1-idLen, alnum) != start-1-idLen {
		return 0
	}
	end := runEnd(w.text, dot+1, dot+1+80, keyChars|base64x)
	if end-dot-1 < 50 {
		return 0
	}
	return w.addSpan(apiKey, rankStructural, start-1-idLen, end)
}

// pipe detects a number, a bar at i and a key: a token of a Facebook app, or of Laravel.
func (w *walk) pipe(i int) int {
	if !is(w.previous(i), digit) {
		return i + 1
	}
	start := runStart(w.text, i, i-17, digit)
	end := runEnd(w.text, i+1, i+1+50, keyChars)
	id, key := i-start, w.text[i+1:end]
	app := id >= 13 && id <= 16 && len(key) >= 24 && len(key) <= 44
	personal := id <= 8 && len(key) >= 40 && len(key) <= 48
	if is(w.previous(start), alnum) || !app && !personal || !isRandomKey(key) {
		return i + 1
	}
	return max(i+1, w.addSpan(apiKey, rankStructural, start, end))
}

const base62Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// crcBase62 reports whether the last six characters of a token are the CRC-32 of
// the body before them in base 62, as in the tokens of GitHub and npm.
func crcBase62(body string) bool {
	const tail = 6
	if len(body) <= tail || len(body) > 64 {
		return false
	}
	payload, want := body[:len(body)-tail], body[len(body)-tail:]
	var buf [64]byte
	sum := crc32.ChecksumIEEE(buf[:copy(buf[:], payload)])
	for i := tail - 1; i >= 0; i-- {
		if want[i] != base62Digits[sum%62] {
			return false
		}
		sum /= 62
	}
	return true
}

// crcHex reports whether a body ends with an underscore and the CRC-32 of the text before
// it in hexadecimal digits, as in the tokens of Grafana.
func crcHex(body string) bool {
	const tail = 8
	at := len(body) - tail
	if at < 1 || len(body) > 64 || body[at-1] != '_' {
		return false
	}
	var buf [64]byte
	sum := crc32.ChecksumIEEE(append(buf[:0], "glsa_"+body[:at-1]...))
	for i := range tail {
		if lowered(body[at+i]) != "0123456789abcdef"[sum>>(28-4*i)&15] {
			return false
		}
	}
	return true
}

// luhn reports whether the last digit is the check digit of those before.
func luhn(digits []byte) bool {
	sum := 0
	for i := range digits {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}
