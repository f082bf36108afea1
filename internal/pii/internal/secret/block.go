package secret

// This file holds values that begin on the line below their operator.

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// blockStart returns where the block of YAML that | or > opens at i begins, or the lines of <<EOT, 0 if
// there is none.
func blockStart(r *Reader, i int) int {
	t := r.Text
	i = text.RunEnd(t, i, i+maxSpaces, text.Space)
	if strings.HasPrefix(t[i:], "<<") { // of HCL
		at := text.RunEnd(t, i+2, i+4, text.Joiner)
		if end := text.RunEnd(t, at, at+nameMax/4, text.Upper|text.Joiner); end > at+2 && r.Next(end) == '\n' {
			return text.RunEnd(t, end, end+nameMax, text.Space)
		}
		return 0
	}
	if c := r.Next(i); c != '|' && c != '>' {
		return 0
	}
	for i++; i < len(t) && (t[i] == '-' || t[i] == '+'); i++ {
	}
	if r.Next(i) != '\n' {
		return 0
	}
	return text.RunEnd(t, i, i+nameMax, text.Space)
}
