package alert

import "github.com/cowork-otel/collector/internal/cowork"

// Values are what rules group by, read once an event whichever rules ask.
type values struct {
	fields []*field
	index  map[string]int
	read   []reading
	turn   uint64 // counts the events
}

// A reading is the value of a field, and of which event.
type reading struct {
	turn uint64
	text string
}

// field returns the place of a field. Fields of one name that are no expressions are
// one.
func (v *values) field(f *field) int {
	if i, ok := v.index[f.name]; ok && f.named {
		return i
	}
	v.fields = append(v.fields, f)
	v.read = append(v.read, reading{})
	i := len(v.fields) - 1
	if f.named {
		v.index[f.name] = i
	}
	return i
}

// get returns an event's value of a field.
func (v *values) get(i int, ev cowork.Event) string {
	r := &v.read[i]
	if r.turn != v.turn {
		r.turn, r.text = v.turn, v.fields[i].read(ev)
	}
	return r.text
}
