package deobfuscate

// maxSequence bounds a control sequence of a terminal.
const maxSequence = 256

// control drops a sequence that an escape character introduces: the colours of
// CSI, the titles and links of OSC. One that does not end is only its escape.
func control(text string, i int) change {
	end := i + 1
	switch byteAt(text, end) {
	case '[':
		end = sequenceEnd(text, end+1)
	case ']':
		end = commandEnd(text, end+1)
	case '(', ')':
		end += 2
	}
	return change{start: i, end: min(end, len(text)), with: dropped}
}

// sequenceEnd returns where the parameters that start at i and the letter after them end.
func sequenceEnd(text string, i int) int {
	end := i
	for end < i+maxSequence && byteAt(text, end)-' ' < '@'-' ' {
		end++
	}
	if c := byteAt(text, end); c < '@' || c > '~' {
		return i
	}
	return end + 1
}

// commandEnd returns where a command that starts at i ends: at a bell, or at the
// next escape, which may come with a backslash.
func commandEnd(text string, i int) int {
	for end := i; end < i+maxSequence; end++ {
		switch byteAt(text, end) {
		case '\a':
			return end + 1
		case '\x1b':
			if byteAt(text, end+1) == '\\' {
				return end + 2
			}
			return i
		}
	}
	return i
}

// colour drops the colours of a terminal that lost their escape character: [31m.
func colour(text string, i int) change {
	const most = 20
	end := i + 1
	for end < i+most && (isDigit(byteAt(text, end)) || byteAt(text, end) == ';') {
		end++
	}
	if !isDigit(byteAt(text, i+1)) || byteAt(text, end) != 'm' {
		return change{}
	}
	if byteAt(text, i-1) == '[' && byteAt(text, i-2) == '^' {
		i -= len("^[")
	}
	return change{start: i, end: end + 1, with: dropped}
}

// backspace drops a backspace with the character before it, as a terminal does.
// Manual pages print a letter twice like that, or on an underscore.
func backspace(text string, i int) change {
	before := byteAt(text, i-1)
	if before != '_' && !isValueByte(before) || before != '_' && before != byteAt(text, i+1) {
		return change{}
	}
	return change{start: i - 1, end: i + 1, with: dropped}
}

// zero drops the zeros between the characters of a text that has two bytes for each.
func zero(text string, i int) change {
	isZero := func(i int) bool { return i >= 0 && i < len(text) && text[i] == 0 }
	if isZero(i-1) || isZero(i+1) || !isZero(i-2) && !isZero(i+2) {
		return change{}
	}
	return change{start: i, end: i + 1, with: dropped}
}
