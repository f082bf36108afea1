package scoring

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
)

// Write writes the score as tables of text.
func (s *Score) Write(out io.Writer) error {
	t := table{out: out}
	t.printf("%-16s %6s %8s %8s %8s\n", "type", "values", "recall", "typed", "leak")
	groups := map[string]*Recall{}
	var all Recall
	for _, typ := range Types {
		if c := s.Recall[typ]; c != nil {
			t.recall(typ, c)
			all.addCounts(c)
			at(groups, group(typ)).addCounts(c)
		}
	}
	t.recall("all", &all)
	t.printf("\n%-16s %6s %8s %6s %8s %8s %8s\n", "marker", "right", "as other", "wrong", "precis.", "recall", "F1")
	for _, name := range slices.Sorted(maps.Keys(s.Precision)) {
		c := s.Precision[name]
		p := percent(c.Typed, c.Typed+c.OtherType+c.Wrong)
		of := cmp.Or(groups[name], new(Recall))
		r := percent(of.Typed, of.Values)
		t.printf("%-16s %6d %8d %6d %6.1f %% %6.1f %% %6.1f %%\n", name, c.Typed, c.OtherType, c.Wrong, p, r, f1(p, r))
	}
	f := s.Figures()
	t.printf("\nprecision %.1f %%, recall %.1f %%, F1 %.1f %%; leaked %.1f %% of sensitive bytes, replaced %.2f %% of others; clean records altered %d of %d (%.1f %%)\n",
		f.Precision, f.Recall, f.F1, f.Leak, percent(s.Over, s.Bare), s.Altered, s.Clean, f.Altered)
	return t.err
}

// A table writes until the first error.
type table struct {
	out io.Writer
	err error
}

func (t *table) printf(format string, args ...any) {
	if t.err == nil {
		_, t.err = fmt.Fprintf(t.out, format, args...)
	}
}

func (t *table) recall(name string, c *Recall) {
	t.printf("%-16s %6d %6.1f %% %6.1f %% %6.1f %%\n", name, c.Values, percent(c.Found, c.Values), percent(c.Typed, c.Values), percent(c.Leaked, c.Bytes))
}
