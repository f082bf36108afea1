package alert

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/cowork-otel/collector/internal/cowork"
)

// The methods of this file compile what several kinds of rules are written with.

// condition compiles one. The draft has failed where there is none.
func (d *draft) condition(key, text string) condition {
	if text == "" {
		d.fail(key, "must be a condition, such as 'true'")
		return nil
	}
	c, err := d.lang.Condition(text)
	d.try(key, err)
	return c
}

// field compiles a text of events that nobody sees.
func (d *draft) field(key, text string) field {
	switch {
	case text == "":
		d.try(key, errNoName)
	case isName(text):
		return field{name: text, read: reader(text)}
	default:
		read, err := d.lang.Text(text)
		d.try(key, err)
		return field{name: text, read: func(ev cowork.Event) string { v, _ := read(ev); return v }}
	}
	return field{}
}

// shownField compiles a text that people see.
func (d *draft) shownField(key, text string) field {
	if !isName(text) {
		if text != "" {
			d.try(key, d.lang.Shown(text))
		}
		return d.field(key, text)
	}
	f, err := d.names.field(text)
	d.try(key, err)
	return f
}

// An amount reads a number of an event, false where it has none.
type amount func(cowork.Event) (float64, bool)

func one(cowork.Event) (float64, bool) { return 1, true }

// amount compiles a number. With none written, events are counted if they may be.
func (d *draft) amount(key string, a Amount, optional bool) amount {
	switch {
	case a.Attribute != "" && a.Value != "":
		d.fail(key+"::value", "must not be set beside attribute")
	case a.Attribute != "":
		return plausible(func(ev cowork.Event) (float64, bool) { return ev.Float(a.Attribute) })
	case a.Value != "":
		read, err := d.lang.Number(a.Value)
		d.try(key+"::value", err)
		return plausible(read)
	case !optional:
		d.fail(key+"::attribute", "must name what is added up (or value must be an expression for it)")
	}
	return one
}

// maxAmount is more than any event can cost or count: beyond it sums of it would not
// stay numbers, and hide all others.
const maxAmount = 1e15

// plausible reads no number that cannot be meant.
func plausible(read amount) amount {
	return func(ev cowork.Event) (float64, bool) {
		f, ok := read(ev)
		return f, ok && math.Abs(f) <= maxAmount
	}
}

// finite checks a threshold.
func (d *draft) finite(key string, f float64) {
	d.check(!math.IsNaN(f) && !math.IsInf(f, 0) && f >= 0, key, "must be a number, 0 or more")
}

// positive checks a threshold that nothing can be below.
func (d *draft) positive(key string, f float64) {
	d.check(f > 0 && !math.IsInf(f, 0), key, "must be a number greater than 0")
}

// labels checks the fixed labels.
func (d *draft) labels() {
	for _, name := range slices.Sorted(maps.Keys(d.spec.Labels)) {
		if !isName(name) || len(name) > 64 {
			d.try("labels", errors.New("a name must be of letters, digits, _, - and . (64 at most)"))
		}
		d.check(len(d.spec.Labels[name]) <= maxValueBytes, "labels", fmt.Sprintf("a value must have %d bytes at most", maxValueBytes))
	}
}
