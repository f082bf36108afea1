package secret

// This file holds the lines of a text.

import (
	"strings"
)

// lineStart returns the start of the line that contains i, at most headMax bytes before.
func lineStart(r *Reader, i int) int {
	from := max(0, i-headMax-1)
	return from + strings.LastIndexByte(r.Text[from:i], '\n') + 1
}

// lineRest returns the length of the line from i on. It reads each long line once.
func lineRest(r *Reader, i int) int {
	if i < r.lineFrom || i > r.lineEnd || i == 0 {
		r.lineFrom, r.lineEnd = i, i+lineLength(r.Text[i:])
	}
	return r.lineEnd - i
}

// lineLength returns the length of the first line of a text.
func lineLength(in string) int {
	if n := strings.IndexByte(in, '\n'); n >= 0 {
		return n
	}
	return len(in)
}
