package pii

// This file holds the quick looks at a candidate. Most candidates are nothing, and
// a look at the bytes beside them tells.

// A promise reports whether the candidate at i is worth a visit. It may err on the
// side of the visit only.
type promise func(w *walk, i int) bool

// promises has what to ask at each byte; where there is nothing to ask, all are visited.
var promises = buildPromises()

func buildPromises() (t [256]promise) {
	t[':'] = (*walk).mayPart
	t['='] = (*walk).mayAssign
	t[','] = (*walk).mayAssign
	t['>'] = (*walk).mayTag
	return t
}

// announcing has a bit for the hash of the first four bytes of each word that
// announces something, however it is written.
var announcing = buildAnnouncing()

// hash4 returns 15 bits made of four bytes.
func hash4(text string, i int) uint32 {
	t := text[i : i+4]
	x := uint32(t[0]) | uint32(t[1])<<8 | uint32(t[2])<<16 | uint32(t[3])<<24
	return x * 0x9e3779b1 >> 17
}

func buildAnnouncing() (t [1 << 9]uint64) {
	mark := func(start string) {
		h := hash4(start, 0)
		t[h>>6] |= 1 << (h & 63)
	}
	for _, s := range starters() {
		if len(s.word) == 2 {
			continue // a country: two digits follow, of which the masks know
		}
		for spelling := range 1 << 4 {
			start := spelled(s.word, spelling)
			if len(start) == 4 {
				mark(start)
				continue
			}
			for _, c := range []byte(" :") {
				mark(start + string(rune(c)))
			}
		}
	}
	return t
}

// spelled returns the first four letters of a word, those capital that have a bit.
func spelled(word string, capital int) string {
	start := []byte(word[:min(4, len(word))])
	for i, c := range start {
		if capital>>i&1 == 1 {
			start[i] = raised(c)
		}
	}
	return string(start)
}

// mayAnnounce reports whether the word at i may be one that announces something.
func mayAnnounce(text string, i int) bool {
	if i+4 > len(text) {
		return false // and what is announced would follow
	}
	h := hash4(text, i)
	return announcing[h>>6]>>(h&63)&1 == 1
}

// mayPart reports whether a colon can be that of a URL, of an address or of an assignment.
func (w *walk) mayPart(i int) bool {
	switch c := w.next(i + 1); {
	case c == '/', c == ':':
		return true
	case is(c, hexa) && i > 0 && is(w.text[i-1], hexa):
		return true
	}
	return w.mayAssign(i)
}

// mayAssign reports whether the name before i can be that of a secret.
func (w *walk) mayAssign(i int) bool {
	const between = 4 // what else may stand there is rare, and visited
	t := w.text
	limit := max(0, i-between)
	for i > limit && (t[i-1] == ' ' || isQuote(t[i-1]) || t[i-1] == '\\') {
		i--
	}
	if i == 0 {
		return false
	}
	switch c := t[i-1]; {
	case is(c, letter):
		return endsLikeName(t, i)
	case is(c, digit|joiner|dot|space|foreign):
		return true
	default:
		return isQuote(c) || c == '\\' || c == ':' || c == '?' || c == '|' || c == ']'
	}
}

// mayTag reports whether a tag that ends at i can be that of a secret, or of its name.
func (w *walk) mayTag(i int) bool {
	const name = "/name"
	return w.mayAssign(i) || i >= len(name) && w.text[i-len(name):i] == name
}

// nameTails has a bit for the last three letters of each name of a secret, five bits each.
var nameTails = buildNameTails()

func buildNameTails() (t [1 << 9]uint64) {
	mark := func(a, b, c byte) {
		tail := tailOf(a, b, c)
		t[tail>>6] |= 1 << (tail & 63)
	}
	for _, word := range namesOfSecrets() {
		n := len(word)
		if n > 2 {
			mark(word[n-3], word[n-2], word[n-1])
			continue
		}
		for before := range byte(1 << 5) {
			mark(before, word[n-2], word[n-1])
		}
	}
	return t
}

// tailOf makes one number of three letters, whatever their case.
func tailOf(a, b, c byte) int { return int(a&31)<<10 | int(b&31)<<5 | int(c&31) }

// endsLikeName reports whether the letters that end at i can be the last of the name
// of a secret.
func endsLikeName(text string, i int) bool {
	if i < 3 {
		return true
	}
	a, b := text[i-3], text[i-2]
	tail := tailOf(a, b, text[i-1])
	return nameTails[tail>>6]>>(tail&63)&1 == 1 || is(a|b, foreign)
}
