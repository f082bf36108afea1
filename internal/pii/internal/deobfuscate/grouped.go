package deobfuscate

// separators are the separators of the groups of a number, with their precedence: of
// several in a row the highest remains.
var separators = [256]uint8{' ': 1, '\t': 1, '\n': 1, '\r': 1, '_': 2, '/': 2, '.': 3, '-': 4}

const (
	// maxSeparators bounds the separators between two groups: a line's end and an indent.
	maxSeparators = 24
	// maxSingles bounds how many single digits are read.
	maxSingles = 20
	// minSingles is fewer than the digits of any number that is looked for.
	minSingles = 9
)

// grouped detects unusual separators between a group of digits that ends at i and the
// next.
func grouped(text string, i int) change {
	if separators[byteAt(text, i+1)] == 0 {
		return change{}
	}
	end := i + 1
	strongest := byte(' ')
	for end < i+maxSeparators && separators[byteAt(text, end)] > 0 {
		if c := text[end]; separators[c] > separators[strongest] {
			strongest = c
		}
		end++
	}
	if !isDigit(byteAt(text, end)) && !isLetter(byteAt(text, end)) {
		return change{}
	}
	if first, last := oneByOne(text, i, end); last > 0 {
		return change{start: first, end: last, squeeze: &separators, doubt: Spaced}
	}
	if last := accountEnd(text, i); last > 0 {
		return change{start: i + 1, end: last, with: dropped, squeeze: &separators, doubt: Dashed}
	}
	if !isDigit(byteAt(text, end)) {
		return change{}
	}
	c := change{start: i + 1, end: end, with: rune(strongest), doubt: Dashed}
	if separators[strongest] == 1 {
		c.doubt = Spaced
	}
	switch {
	case end-i > 2:
		return c
	case inGroups(text, i, end, text[i+1]):
		if c.doubt == Dashed {
			c.with = '-'
		}
		if digitsAfter(text, end) != 4 || digitsBefore(text, i+1) != 4 {
			c.doubt = Spaced // a social security number has no check digit
		}
		return c
	}
	return change{}
}

// oneByOne returns the range of the single digits from i on, the
// next of them at next, if i is the first and they are as many as a number has.
func oneByOne(text string, i, next int) (start, end int) {
	if isDigit(byteAt(text, i-1)) || isDigit(byteAt(text, next+1)) || followsSingle(text, i) {
		return 0, 0
	}
	n := 2
	for at := singleAfter(text, next); at > 0 && n <= maxSingles; at = singleAfter(text, next) {
		next = at
		n++
	}
	if n < minSingles || n > maxSingles {
		return 0, 0
	}
	return i, next + 1
}

// followsSingle reports whether the digit at i follows a single digit.
func followsSingle(text string, i int) bool {
	at := i - 1
	for at > i-4 && separators[byteAt(text, at)] > 0 {
		at--
	}
	return at < i-1 && isDigit(byteAt(text, at)) && !isDigit(byteAt(text, at-1))
}

// singleAfter returns the offset of the next digit after i if it is single too, else 0.
func singleAfter(text string, i int) int {
	at := i + 1
	for at < i+4 && separators[byteAt(text, at)] > 0 {
		at++
	}
	if at == i+1 || !isDigit(byteAt(text, at)) || isDigit(byteAt(text, at+1)) {
		return 0
	}
	return at
}

// inGroups reports whether the groups around a separator other than space and dash
// are two of a card's, or of a social security number's.
func inGroups(text string, i, next int, sep byte) bool {
	if sep == ' ' || sep == '-' {
		return false
	}
	before, after := digitsBefore(text, i+1), digitsAfter(text, next)
	switch {
	case before == 4 && after == 4:
		return true
	case before == 3 && after == 2:
		return byteAt(text, next+2) == sep && digitsAfter(text, next+3) == 4
	case before == 2 && after == 4:
		return byteAt(text, i-2) == sep && digitsBefore(text, i-2) == 3
	}
	return false
}

// digitsBefore and digitsAfter return how many digits end before i or start at it, five for more.
func digitsBefore(text string, i int) (n int) {
	for n < 5 && isDigit(byteAt(text, i-1-n)) {
		n++
	}
	return n
}

func digitsAfter(text string, i int) (n int) {
	for n < 5 && isDigit(byteAt(text, i+n)) {
		n++
	}
	return n
}

const (
	// accountGroups are the fewest groups of four that follow the first of an IBAN.
	accountGroups = 3
	// accountMost bounds how many do.
	accountMost = 8
)

// accountEnd returns where the account number ends whose check digits end at i,
// where its groups of four are parted by other than single spaces, else 0.
func accountEnd(text string, i int) int {
	if !isDigit(byteAt(text, i-1)) || !isLetter(byteAt(text, i-2)) || !isLetter(byteAt(text, i-3)) || isAlnum(byteAt(text, i-4)) {
		return 0
	}
	end, usual := i+1, true
	for groups := 0; ; groups++ {
		at := end
		for at < end+3 && separators[byteAt(text, at)] > 0 {
			at++
		}
		stop := at
		for stop < at+5 && isAlnum(byteAt(text, stop)) {
			stop++
		}
		n := stop - at
		if at == end || n == 0 || n > 4 || groups == accountMost {
			return lastGroup(end, groups, usual)
		}
		usual = usual && at == end+1 && text[end] == ' '
		if end = stop; n < 4 {
			return lastGroup(end, groups+1, usual)
		}
	}
}

// lastGroup returns the end of a number of so many groups, 0 if it is none or needs no change.
func lastGroup(end, groups int, usual bool) int {
	if groups < accountGroups || usual {
		return 0
	}
	return end
}
