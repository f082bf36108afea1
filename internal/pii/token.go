package pii

// A format is a kind of token that is known by how it starts.
type format struct {
	prefix string
	body   class // what follows
	least  int   // the least length of what follows
	most   int   // the greatest, 0 for no limit
	looks  func(body string) bool
	// checksum raises the rank of a token; one that does not bear it may still be
	// a token that was altered, and stays one.
	checksum func(body string) bool
}

// A starter is a word that announces something else than a token.
type starter struct {
	word   string // in small letters
	verify func(w *walk, start int) int
}

// starts are the formats and words that share their first two letters.
type starts struct {
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
	}
	for _, s := range starters() {
		for _, a := range bothCases(s.word[0]) {
			for _, b := range bothCases(s.word[1]) {
				b := bucket(a, b)
				b.words = append(b.words, s)
			}
		}
	}
	return index, buckets
}

// bothCases returns a small letter and its capital.
func bothCases(c byte) []byte { return []byte{c, c - 'a' + 'A'} }

// starterWords are the words that announce something; countries are those of an IBAN.
var starterWords = []starter{
	{"bearer", (*walk).scheme},
	{"basic", (*walk).scheme},
	{"password", (*walk).prose},
	{"passphrase", (*walk).prose},
}

// starters lists what starts with two letters but is no format.
func starters() []starter {
	list := append([]starter{{"eyj", (*walk).jwt}}, starterWords...)
	for country := range ibanLengths {
		list = append(list, starter{country, (*walk).iban})
	}
	return list
}

// word looks at the word that starts at start, whose first two letters announce
// something, and returns where to go on, 0 if there is nothing.
func (w *walk) word(start int) int {
	b := &buckets[tokenStarts[pair(w.text[start], w.text[start+1])]]
	for i := range b.formats {
		if !w.looksFor(apiKey) {
			break // a token can be long, and would be read again for each that starts within it
		}
		if end := w.token(start, &b.formats[i]); end > 0 {
			return end
		}
	}
	for i := range b.words {
		if hasFold(w.text, start, b.words[i].word) {
			if end := b.words[i].verify(w, start); end > 0 {
				return end
			}
		}
	}
	return 0
}

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
	end := runEnd(w.text, at, limit, f.body)
	if f.most > 0 && end-at > f.most {
		return 0
	}
	for end > at && w.text[end-1] == '.' {
		end--
	}
	body := w.text[at:end]
	looks := f.looks
	if looks == nil {
		looks = varied
	}
	if len(body) < f.least || !looks(body) {
		return 0
	}
	sure := rankStructural
	if f.checksum != nil && f.checksum(body) {
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

// judged bounds how much of a token is read before it is known to be one.
const judged = 64
