package alert

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// maxMessageBytes is the length at which messages are cut.
const maxMessageBytes = 4096

// A template is a message with placeholders.
type template struct {
	segments []segment
	fields   []field // read from the event that causes the alert
	window   string
	percent  bool // the value is a share
}

// A segment is literal text or a placeholder.
type segment struct {
	text        string
	placeholder placeholder
	index       int // of a value of the group or of a field
}

type placeholder uint8

const (
	literal placeholder = iota
	valuePlaceholder
	thresholdPlaceholder
	windowPlaceholder
	groupPlaceholder
	fieldPlaceholder
)

var placeholders = map[string]placeholder{"value": valuePlaceholder, "threshold": thresholdPlaceholder, "window": windowPlaceholder}

// parse parses a message. A name in braces is a placeholder, a value of the group, or an
// attribute of the event that causes the alert. Rules that can fire without an event are
// eventless and cannot have attributes.
func (t *template) parse(text string, groupBy []field, shown shownNames, eventless bool) (errs []error) {
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
			return append(errs, errors.New("must have a } for every {"))
		}
		s, err := t.parseName(name, groupBy, shown, eventless)
		if err != nil {
			errs = append(errs, err)
		}
		t.segments = append(t.segments, s)
		text = after
	}
	return errs
}

func (t *template) parseName(name string, groupBy []field, shown shownNames, eventless bool) (segment, error) {
	if p, ok := placeholders[name]; ok {
		return segment{placeholder: p}, nil
	}
	hasName := func(f field) bool { return f.name == name }
	if i := slices.IndexFunc(groupBy, hasName); i >= 0 {
		return segment{placeholder: groupPlaceholder, index: i}, nil
	}
	if i := slices.IndexFunc(t.fields, hasName); i >= 0 {
		return segment{placeholder: fieldPlaceholder, index: i}, nil
	}
	f, err := shown.field(name)
	if err == nil && eventless {
		err = fmt.Errorf("%s: must be in group_by (no event is at hand when this rule fires)", name)
	}
	t.fields = append(t.fields, f)
	return segment{placeholder: fieldPlaceholder, index: len(t.fields) - 1}, err
}

// fill returns the message with its placeholders replaced. The fields are missing if no
// event caused the alert.
func (t *template) fill(group, fields []string, value, threshold float64) string {
	var b strings.Builder
	for _, s := range t.segments {
		switch s.placeholder {
		case literal:
			b.WriteString(s.text)
		case valuePlaceholder:
			b.WriteString(t.formatValue(value))
		case thresholdPlaceholder:
			b.WriteString(t.formatValue(threshold))
		case windowPlaceholder:
			b.WriteString(t.window)
		case groupPlaceholder:
			b.WriteString(group[s.index])
		case fieldPlaceholder:
			if s.index < len(fields) {
				b.WriteString(fields[s.index])
			} else {
				b.WriteString(shownNone)
			}
		}
	}
	if b.Len() > maxMessageBytes {
		return clip(b.String(), maxMessageBytes)
	}
	return b.String()
}

// formatValue formats a value, a share in per cent.
func (t *template) formatValue(f float64) string {
	if t.percent {
		return formatNumber(math.Round(f*1e3)/10) + " %"
	}
	return formatNumber(f)
}

// measured formats a value and its threshold. A rule on single events has none.
func (t *template) measured(value, threshold float64) string {
	switch {
	case threshold > 0:
		return t.formatValue(value) + ", threshold " + t.formatValue(threshold)
	case value == 1:
		return "1 event"
	}
	return formatNumber(value) + " events"
}

// formatNumber formats a number without an exponent, with at most four decimal places.
func formatNumber(f float64) string {
	if math.Abs(f) < 1e15 {
		f = math.Round(f*1e4) / 1e4
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}

// formatDuration formats a duration without its smaller units where they are zero.
func formatDuration(d time.Duration) string {
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = s[:len(s)-2]
	}
	if strings.HasSuffix(s, "h0m") {
		s = s[:len(s)-2]
	}
	return s
}
