package text

import "strings"

// jointMost bounds what is between two strings that code joins, in bytes.
const jointMost = 48

// JointEnd returns where the next string begins after one that ends at i, 0 if none is joined to it.
// isSure states that an operator, the end of a line or nothing is between the two.
func JointEnd(in string, i int) (next int, isSure bool) {
	limit := min(len(in), i+jointMost)
	if i = quoteEnd(in, i, limit); i == 0 {
		return 0, false
	}
	from, signs, lines := i, 0, 0
	for i < limit {
		c := in[i]
		switch {
		case c == '\n', strings.HasPrefix(in[i:], `\n`):
			lines++
			i += 1 + int(c>>6) // the escape has two bytes
			continue
		case c == '+' || c == '.' || c == '&':
			signs++
			i++
			continue
		case c == ' ' || c == '\t' || c == '\r':
			i++
			continue
		case c == '\\' && i+1 < limit && in[i+1] == '\n':
			i++
			continue
		}
		break
	}
	isSure = i == from || signs == 1 || lines == 1
	if signs > 1 || lines > 1 {
		return 0, false
	}
	return quoteEnd(in, i, limit), isSure
}

// quoteEnd returns the end of the quotation mark at i, with backslashes in front, 0 if there is none.
func quoteEnd(in string, i, limit int) int {
	for i < limit && in[i] == '\\' {
		i++
	}
	if i >= limit || !Is(in[i], Quote) {
		return 0
	}
	return i + 1
}
