package pii

// A walk is one pass over one text. It is not safe for concurrent use.
type walk struct {
	s         *Scanner
	key, text string
	found     []span
	marks     []span // what found and the markers of the text become one from

	topics      topic // what the key speaks of
	topicsKnown bool
	wordsSeen   int             // up to where words were read for what they are about
	lastWord    [topicCount]int // where the last word about each topic ended

	// How far the text was read to no avail, so that it is not read again.
	colonsEnd   int // the run of hexadecimal digits and colons
	operatorEnd int // the assignment operator
	secretEnd   int // the value that was assigned
	plainAt     int // small letters behind the start of a token, from here
	plainEnd    int // to here
	toldEnd     int // the cookies and the hash of a password
	userInfoAt  int // the @ that ends the user information of a URL, -1 if none was seen
	pemEndAt    int // the next -----END
	noPEMEnd    bool
}

// scan returns the findings of a text. They are valid until the next scan.
func (w *walk) scan(s *Scanner, key, text string) []span {
	*w = walk{s: s, key: key, text: text, found: w.found[:0], marks: w.marks[:0], userInfoAt: -1}
	if s.protected(text, 0) == len(text) {
		return nil
	}
	w.customs()
	w.keyedSecret()
	w.run()
	w.resolve()
	return w.found
}

// A verifier looks at the byte at i, which may announce a finding, and returns where to go on.
type verifier func(w *walk, i int) int

// verifiers has what to call at each byte, nil where there is nothing to see.
var verifiers = [256]verifier{
	'@':  (*walk).at,
	'%':  (*walk).percent,
	'+':  (*walk).plus,
	'(':  (*walk).parenthesis,
	'-':  (*walk).dash,
	':':  (*walk).colon,
	'=':  (*walk).equals,
	',':  (*walk).comma,
	'>':  (*walk).greater,
	'~':  (*walk).tilde,
	'|':  (*walk).pipe,
	'$':  (*walk).dollar,
	'[':  (*walk).bracket,
	'\\': (*walk).backslash,
}

// run walks the text once. Letters and digits are taken a run at a time; every
// other byte that can announce a finding has a verifier.
func (w *walk) run() {
	t := w.text
	for i := 0; i < len(t); {
		switch c := t[i]; {
		case is(c, letter):
			start := i
			for i++; i < len(t) && is(t[i], alnum); i++ {
			}
			end := i
			if start+1 < len(t) && startsToken(t[start], t[start+1]) {
				i = max(i, w.word(start))
			}
			if i == end && end-start >= longLeast {
				i = w.long(start, end)
			}
		case is(c, digit):
			start := i
			for i++; i < len(t) && is(t[i], digit); i++ {
			}
			i = max(i, w.digits(start, i))
			if i < len(t) && is(t[i], letter) && is(t[i-1], digit) {
				i = w.mixed(start, i)
			}
		case verifiers[c] != nil:
			i = verifiers[c](w, i)
		default:
			i++
		}
	}
}

// mixed passes over a word that starts with digits, such as a hash; some tokens start like that.
func (w *walk) mixed(start, i int) int {
	i = runEnd(w.text, i, len(w.text), alnum)
	if startsToken(w.text[start], w.text[start+1]) {
		if end := w.word(start); end > i {
			return end
		}
	}
	if i-start >= longLeast {
		return w.long(start, i)
	}
	return i
}

// colon is where an address, a URL or an assignment may have its middle.
func (w *walk) colon(i int) int {
	if end := w.url(i); end > i {
		return end
	}
	if end := w.ipv6(i); end > i {
		return end
	}
	return w.equals(i)
}

// bracket passes over a marker, so that it is never matched again.
func (w *walk) bracket(i int) int {
	return max(i+1, w.s.protected(w.text, i))
}

// backslash passes over an escape such as \n, whose letter belongs to no word.
// In JSON in JSON there are several backslashes before it.
func (w *walk) backslash(i int) int {
	first := i
	for i++; i < len(w.text) && w.text[i] == '\\'; i++ {
	}
	if i < len(w.text) && w.text[i] == 'u' {
		return w.escapedAt(first, i, "u0040") // JSON that was cut is read as text
	}
	if i < len(w.text) && isEscape[w.text[i]] {
		return i + 1
	}
	return i
}

// isEscape has the letters that make an escape of a control character.
var isEscape = [256]bool{'n': true, 't': true, 'r': true, 'b': true, 'f': true, 'v': true}

// previous returns the byte before i as it counts for what i stands beside: 0 at
// the start of the text and where an escape such as \n stands before i.
func (w *walk) previous(i int) byte {
	if i <= 0 || i > 1 && w.text[i-2] == '\\' && isEscape[w.text[i-1]] {
		return 0
	}
	return w.text[i-1]
}

// next returns the byte at i, 0 at the end of the text.
func (w *walk) next(i int) byte {
	if i >= len(w.text) {
		return 0
	}
	return w.text[i]
}
