package latest

import (
	"encoding/binary"
	"encoding/json"
	"strings"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// A decoded record has its fields in their order.
type decoded struct {
	identity [identityFields]string
	fields   []field
}

type field struct {
	section, form byte
	key, value    string
}

func decode(record []byte) (d decoded) {
	text := string(record) // one copy, which all fields share
	at := 0
	next := func() string {
		n, width := binary.Uvarint(record[at:])
		at += width + int(n)
		return text[at-int(n) : at]
	}
	for at < len(record) {
		f := field{section: record[at], form: record[at+1]}
		at += 2
		f.key, f.value = next(), next()
		if f.section == identitySection {
			d.identity[f.key[0]-'0'] = f.value
			continue
		}
		d.fields = append(d.fields, f)
	}
	return d
}

// matches reports whether a record has what a filter selects, apart from its sequence.
func (d *decoded) matches(f report.EventFilter) bool {
	for i, want := range [identityFields]string{f.Kind, f.User, f.Session, f.Prompt} {
		if want != "" && d.identity[i] != want {
			return false
		}
	}
	return d.hasAttribute(f.Attribute)
}

func (d *decoded) hasAttribute(m report.AttributeMatch) bool {
	if m.Key == "" {
		return true
	}
	for _, f := range d.fields {
		switch {
		case f.key != m.Key || f.section != attributeSection && f.section != resourceSection:
		case m.Contains && strings.Contains(strings.ToLower(f.value), strings.ToLower(m.Value)), !m.Contains && f.value == m.Value:
			return true
		}
	}
	return false
}

// event returns the record for the page.
func (d *decoded) event(e entry, hidden int) report.Event {
	ev := report.Event{
		Sequence: e.sequence, Arrived: time.Unix(0, e.arrived), Record: d.json(), Hidden: hidden, Cut: e.cut,
		Kind: d.identity[kindField], User: d.identity[userField], Session: d.identity[sessionField], Prompt: d.identity[promptField],
	}
	for _, f := range d.fields {
		switch {
		case f.section == attributeSection:
			ev.Attributes = append(ev.Attributes, report.Detail{Name: f.key, Value: f.value})
		case f.section == topSection && f.key == "time":
			ev.Time, _ = time.Parse(time.RFC3339Nano, f.value)
		}
	}
	return ev
}

// sections are the objects of a record in JSON.
var sections = []struct {
	section byte
	name    string
}{{attributeSection, "attributes"}, {scopeSection, "scope"}, {resourceSection, "resource"}}

// json returns the record as JSON, with the attributes in their order.
func (d *decoded) json() []byte {
	to := d.appendFields([]byte("{"), topSection)
	for _, s := range sections {
		before := len(to)
		if before > 1 {
			to = append(to, ',')
		}
		to = append(appendText(to, s.name), ':', '{')
		empty := len(to)
		if to = d.appendFields(to, s.section); len(to) == empty {
			to = to[:before]
			continue
		}
		to = append(to, '}')
	}
	return append(to, '}')
}

func (d *decoded) appendFields(to []byte, section byte) []byte {
	first := true
	for _, f := range d.fields {
		if f.section != section {
			continue
		}
		if !first {
			to = append(to, ',')
		}
		first = false
		to = append(appendText(to, f.key), ':')
		if f.form == jsonForm && json.Valid([]byte(f.value)) {
			to = append(to, f.value...)
		} else {
			to = appendText(to, f.value)
		}
	}
	return to
}

func appendText(to []byte, s string) []byte {
	text, _ := json.Marshal(s) // a text always has a form in JSON
	return append(to, text...)
}
