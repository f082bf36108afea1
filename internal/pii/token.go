package pii

import "slices"

// A format is a kind of token that is known by how it starts: a row of the tables in tokens*.go.
type format struct {
	name   string // whose token it is
	prefix string
	body   class // what follows
	least  int   // the least length of what follows
	most   int   // the greatest, 0 for no limit
	looks  *look // what more is asked of what follows
}

// A starter is a word that announces something else than a token.
type starter struct {
	word   string // in small letters
	verify func(w *walk, start int) int
}

// starts are the formats and words that share their first two letters.
type starts struct {
	third   uint64 // the bytes that may come third, a bit for the low six bits of each
	formats []format
	words   []starter
}

// tokenStarts finds them by those two letters. It holds an index of buckets.
var tokenStarts, buckets = indexStarts()

func startsToken(a, b byte) bool { return tokenStarts[pair(a, b)] != 0 }

// pair makes one number of two bytes, which are letters or digits.
func pair(a, b byte) int { return int(a&0x7f)<<7 | int(b&0x7f) }

func indexStarts() (index *[1 << 14]uint16, buckets []starts) {
	index = new([1 << 14]uint16)
	buckets = make([]starts, 1)
	bucket := func(a, b byte) *starts {
		k := pair(a, b)
		if index[k] == 0 {
			index[k] = uint16(len(buckets))
			buckets = append(buckets, starts{})
		}
		return &buckets[index[k]]
	}
	for _, f := range formats {
		b := bucket(f.prefix[0], f.prefix[1])
		b.formats = append(b.formats, f)
		b.third |= thirds(f.prefix, f.body)
	}
	for _, s := range starters() {
		for _, a := range bothCases(s.word[0]) {
			for _, b := range bothCases(s.word[1]) {
				b := bucket(a, b)
				b.words = append(b.words, s)
				b.third |= thirds(s.word, digit)
			}
		}
	}
	return index, buckets
}

// thirds returns the bytes that come third in a word, in either case, or, after a
// word of two, those of a class.
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

// raised returns a small letter as a capital, any other byte as it is.
func raised(c byte) byte {
	if c-'a' < 26 {
		return c + 'A' - 'a'
	}
	return c
}

// bothCases returns a small letter and its capital.
func bothCases(c byte) []byte { return []byte{c, raised(c)} }

// starters lists what starts with two letters but is no format.
func starters() []starter {
	list := append([]starter{
		{"eyj", (*walk).jwt},
		{"bearer", (*walk).scheme},
		{"basic", (*walk).scheme},
		{"atlasv1", (*walk).atlas},
		{"private", (*walk).privateLines},
	}, slices.Concat(toldWords, callWords)...)
	for country := range ibanLengths {
		list = append(list, starter{country, (*walk).iban})
	}
	return list
}

// word looks at the word that starts at start, whose first two letters announce
// something, and returns where to go on, 0 if there is nothing.
func (w *walk) word(start int) int {
	b := &buckets[tokenStarts[pair(w.text[start], w.text[start+1])]]
	if b.third>>(w.next(start+2)&63)&1 == 0 {
		return 0
	}
	if w.looksFor(apiKey) { // a token can be long, and would be read again for each that starts within it
		for i := range b.formats {
			if end := w.token(start, &b.formats[i]); end > 0 {
				return end
			}
		}
	}
	for i := range b.words {
		word := b.words[i].word
		isPart := len(word) > len("eyj") && is(w.next(start+len(word)), alnum)
		if !isPart && hasFold(w.text, start, word) {
			if end := b.words[i].verify(w, start); end > 0 {
				return end
			}
		}
	}
	return 0
}

// judged bounds how much of a token is read before it is known to be one.
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
	if f.looks != nil && f.looks.mixed && w.isPlain(at, limit, f.body) {
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
	if len(body) < f.least || !f.looks.at(body) {
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
	return w.add(apiKey, sure, start, end)
}

// isPlain reports whether what a token's body could be, at most up to limit, has
// small letters only. Each byte is read once for it, since prefixes follow one another.
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
