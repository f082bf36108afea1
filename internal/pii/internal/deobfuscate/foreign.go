package deobfuscate

import "unicode/utf8"

// fits reports for each kind whether a rune at [start, end) of a text is used as its
// ASCII character there. Elsewhere it is prose, and does not change.
var fits = [...]func(text string, start, end int) bool{
	always:    func(string, int, int) bool { return true },
	series:    besideItsLike,
	invisible: besideValue,
	mark:      onDigit,
	gap:       besideDigit,
	hyphen:    betweenAlnums,
	middle:    betweenDigits,
	stop:      betweenLabels,
	lookalike: inLatinWord,
}

// foreign reads a rune that replaces an ASCII character.
func foreign(text string, i int) change {
	r, size := utf8.DecodeRuneInString(text[i:])
	with, k := foldOf(r)
	if k == 0 {
		return change{}
	}
	end := i + size
	if k == invisible {
		end = invisibleEnd(text, end)
	}
	if !fits[k](text, i, end) {
		return change{}
	}
	return change{start: i, end: end, with: with}
}

// invisibleEnd returns where a run of invisible runes ends.
func invisibleEnd(text string, end int) int {
	const most = 16
	for limit := end + most; end < min(limit, len(text)) && isLead[text[end]]; {
		r, size := utf8.DecodeRuneInString(text[end:])
		if _, k := foldOf(r); k != invisible {
			break
		}
		end += size
	}
	return end
}

// kindBefore and kindAfter return the kind of the rune before or after i.
func kindBefore(text string, i int) kind {
	r, _ := utf8.DecodeLastRuneInString(text[:i])
	_, k := foldOf(r)
	return k
}

func kindAfter(text string, i int) kind {
	r, _ := utf8.DecodeRuneInString(text[i:])
	_, k := foldOf(r)
	return k
}

func besideItsLike(text string, start, end int) bool {
	before, after := byteAt(text, start-1), byteAt(text, end)
	return before >= utf8.RuneSelf && kindBefore(text, start) == series ||
		after >= utf8.RuneSelf && kindAfter(text, end) == series ||
		(before == '.' || before == '-') && isDigit(byteAt(text, start-2)) ||
		(after == '.' || after == '-') && isDigit(byteAt(text, end+1))
}

func besideValue(text string, start, end int) bool {
	return isValueByte(byteAt(text, start-1)) || isValueByte(byteAt(text, end))
}

func isValueByte(c byte) bool {
	switch c {
	case '@', '.', '_', '-', '+', ':', '/', '=':
		return true
	}
	return isAlnum(c)
}

// onDigit detects the marks on digits, and those that one character after another
// has, such as a line through it.
func onDigit(text string, start, end int) bool {
	c := byteAt(text, start-1)
	if isDigit(c) || c == '@' {
		return true
	}
	size := end - start
	return isValueByte(c) && (isValueByte(byteAt(text, end)) && end+1+size <= len(text) && text[end+1:end+1+size] == text[start:end] ||
		start-1-size >= 0 && text[start-1-size:start-1] == text[start:end])
}

func besideDigit(text string, start, end int) bool {
	before, after := byteAt(text, start-1), byteAt(text, end)
	return isDigit(before) && (isDigit(after) || canPart(after)) || isDigit(after) && canPart(before)
}

// canPart reports whether a byte can be next to the space between the groups of a number.
func canPart(c byte) bool {
	return c == '(' || c == ')' || c == '+' || c == '-' || c == '@' || c >= utf8.RuneSelf
}

func betweenAlnums(text string, start, end int) bool {
	before, after := byteAt(text, start-1), byteAt(text, end)
	return (isAlnum(before) || before == ')') && (isAlnum(after) || after == '(') || betweenDigits(text, start, end)
}

// betweenDigits looks past a space on either side.
func betweenDigits(text string, start, end int) bool {
	before, after := byteAt(text, start-1), byteAt(text, end)
	if before == ' ' {
		before = byteAt(text, start-2)
	}
	if after == ' ' {
		after = byteAt(text, end+1)
	}
	return (isDigit(before) || before == ')') && isDigit(after)
}

func betweenLabels(text string, start, end int) bool {
	return isAlnum(byteAt(text, start-1)) && isAlnum(byteAt(text, end))
}

// inLatinWord looks past letters of its kind for an ASCII one, either way.
func inLatinWord(text string, start, end int) bool {
	const most = 8
	for range most {
		c := byteAt(text, start-1)
		if c < utf8.RuneSelf {
			if isAlnum(c) || c == '@' {
				return true
			}
			break
		}
		r, size := utf8.DecodeLastRuneInString(text[:start])
		if _, k := foldOf(r); k != lookalike {
			return false
		}
		start -= size
	}
	for range most {
		c := byteAt(text, end)
		if c < utf8.RuneSelf {
			return isAlnum(c) || c == '@'
		}
		r, size := utf8.DecodeRuneInString(text[end:])
		if _, k := foldOf(r); k != lookalike {
			return false
		}
		end += size
	}
	return false
}
