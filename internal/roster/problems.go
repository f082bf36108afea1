package roster

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// maxProblems bounds the errors that are reported for a file.
const maxProblems = 10

// problems collects the errors of a file.
type problems struct {
	errs []error
	more int
}

// full reports whether further errors are only counted.
func (p *problems) full() bool { return len(p.errs) >= maxProblems }

// report adds an error at a place: the column is 0, and the name of the configuration is "",
// where there is none.
func (p *problems) report(line, column int, name, text string) {
	if p.full() {
		p.more++
		return
	}
	var where strings.Builder
	fmt.Fprintf(&where, "line %d", line)
	if column > 0 {
		fmt.Fprintf(&where, ", column %d", column)
	}
	if name != "" {
		where.WriteString(": " + name)
	}
	p.errs = append(p.errs, fmt.Errorf("%s: %s", where.String(), text))
}

func (p *problems) err() error {
	if p.full() {
		return errors.Join(append(slices.Clip(p.errs), errors.New("there may be more errors"))...)
	}
	return errors.Join(p.errs...)
}
