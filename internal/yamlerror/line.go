// Package yamlerror reads errors of YAML, whose texts may contain values of the file.
package yamlerror

import (
	"regexp"
	"strconv"
)

var line = regexp.MustCompile(`line (\d+)`)

// Line returns the line of a syntax error, 1 if the error names none.
func Line(err error) int {
	if m := line.FindStringSubmatch(err.Error()); m != nil {
		if n, err := strconv.Atoi(m[1]); err == nil {
			return n
		}
	}
	return 1
}
