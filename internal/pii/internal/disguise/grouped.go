package disguise

// separators are what stands between the groups of a number, and what becomes of
// several of them: the strongest stays.
var separators = [256]uint8{' ': 1, '\t': 1, '\n': 1, '\r': 1, '_': 2, '/': 2, '.': 3, '-': 4}

const (
	// maxSeparators bounds what stands between two groups: a line's end and an indent.
	maxSeparators = 24
	// maxSingles bounds how many digits stand one by one.
	maxSingles = 20
	// minSingles is fewer than the digits of any number that is looked for.
	minSingles = 9
)

// grouped looks at the last digit of a group for what parts it from the next, where
// that is not as it usually is.
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
	if !isDigit(byteAt(text, end)) {
		return change{}
	}
	c := change{start: i + 1, end: end, with: rune(strongest), doubt: Dashed}
	if separators[strongest] == 1 {
		c.doubt = Spaced
	}
	switch {
	case oneByOne(text, i, end):
		c.doubt = Spaced
		if end-i == 2 {
			c.with = dropped
		}
		return c
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

// oneByOne reports whether the digits at i and at next are two of many that stand
// each by itself.
func oneByOne(text string, i, next int) bool {
	if isDigit(byteAt(text, i-1)) || isDigit(byteAt(text, next+1)) {
		return false
	}
	n := 2
	for at := i; n <= maxSingles; n++ {
		at = singleBefore(text, at)
		if at < 0 {
			break
		}
	}
	for at := next; n <= maxSingles; n++ {
		at = singleAfter(text, at)
		if at < 0 {
			break
		}
	}
	return n >= minSingles && n <= maxSingles
}

// singleBefore returns where the single digit before the one at i stands, -1 if there is none.
func singleBefore(text string, i int) int {
	at := i - 1
	for at > i-4 && separators[byteAt(text, at)] > 0 {
		at--
	}
	if at == i-1 || !isDigit(byteAt(text, at)) || isDigit(byteAt(text, at-1)) {
		return -1
	}
	return at
}

func singleAfter(text string, i int) int {
	at := i + 1
	for at < i+4 && separators[byteAt(text, at)] > 0 {
		at++
	}
	if at == i+1 || !isDigit(byteAt(text, at)) || isDigit(byteAt(text, at+1)) {
		return -1
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
