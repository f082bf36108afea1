package alert

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// maxMessageBytes is the longest message.
const maxMessageBytes = 4096

// A template is a message with places in it.
type template struct {
	segments []segment
	fields   []field // what is read from an event for it
	window   string
	percent  bool  // what is measured is a share
	known    names // attributes beyond the schema that may be told
}

// A segment is a piece of text, or a place.
type segment struct {
	text  string
	place place
	index int // of a group's value or of a field
}

type place uint8

const (
	literal place = iota
	placeValue
	placeThreshold
	placeWindow
	placeGroup
	placeField
)

var places = map[string]place{"value": placeValue, "threshold": placeThreshold, "window": placeWindow}

// parseTemplate reads a rule's message. Its names are places, members of the group, or else
// attributes, which need an event to be read from.
func parseTemplate(text string, r *Rule, s *Spec, known names, eventless bool) (template, []error) {
	t := template{window: tidy(s.Window), percent: s.Ratio != nil, known: known}
	var errs []error
	for text != "" {
		before, rest, open := strings.Cut(text, "{")
		if before != "" {
			t.segments = append(t.segments, segment{text: before})
		}
		if !open {
			break
		}
		name, after, closed := strings.Cut(rest, "}")
		if !closed {
			return t, append(errs, fmt.Errorf("must have a } for every {"))
		}
		s, err := t.place(name, r.by, eventless)
		if err != nil {
			errs = append(errs, err)
		}
		t.segments = append(t.segments, s)
		text = after
	}
	return t, errs
}

func (t *template) place(name string, group []field, eventless bool) (segment, error) {
	if p, ok := places[name]; ok {
		return segment{place: p}, nil
	}
	named := func(f field) bool { return f.name == name }
	if i := slices.IndexFunc(group, named); i >= 0 {
		return segment{place: placeGroup, index: i}, nil
	}
	if i := slices.IndexFunc(t.fields, named); i >= 0 {
		return segment{place: placeField, index: i}, nil
	}
	f, err := t.known.field(name)
	if err == nil && eventless {
		err = fmt.Errorf("%s: must be in group_by (no event is at hand when this rule fires)", name)
	}
	t.fields = append(t.fields, f)
	return segment{place: placeField, index: len(t.fields) - 1}, err
}

// fill writes the message.
func (t *template) fill(group, fields []string, value, threshold float64) string {
	var b strings.Builder
	for _, s := range t.segments {
		switch s.place {
		case literal:
			b.WriteString(s.text)
		case placeValue:
			b.WriteString(t.number(value))
		case placeThreshold:
			b.WriteString(t.number(threshold))
		case placeWindow:
			b.WriteString(t.window)
		case placeGroup:
			b.WriteString(group[s.index])
		case placeField:
			b.WriteString(noted(fields, s.index))
		}
	}
	return clip(b.String(), maxMessageBytes)
}

// noted returns a field, which is not there before an event was at hand.
func noted(fields []string, i int) string {
	if i < len(fields) {
		return fields[i]
	}
	return shownNone
}

// number writes what is measured, a share in per cent.
func (t *template) number(f float64) string {
	if t.percent {
		return number(math.Round(f*1e3)/10) + " %"
	}
	return number(f)
}

// number writes a number as people do, to four places.
func number(f float64) string {
	if math.Abs(f) < 1e15 {
		f = math.Round(f*1e4) / 1e4
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}

// tidy writes a duration without the zeros of its smaller units.
func tidy(d time.Duration) string {
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = s[:len(s)-2]
	}
	if strings.HasSuffix(s, "h0m") {
		s = s[:len(s)-2]
	}
	return s
}
