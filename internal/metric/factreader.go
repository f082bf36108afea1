package metric

import (
	"slices"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/digest"
)

// A FactReader reads the facts of events, one event at a time. It is not safe for
// concurrent use. It does not allocate for an event, except to correct a label that is too
// long or not valid UTF-8.
type FactReader struct {
	kinds        map[string]*factPlan
	other        *factPlan // for kinds that the schema lacks
	observations []FactObservation
	numbers      []number // by measure of the plan
	labels       [fields]string
	isRead       uint64 // the labels that were read, a bit each
	parts        []part // of the last list
	omitted      int
}

// A Reading is what was read from one event.
type Reading struct {
	// ID identifies what counts once, 0 if each event counts.
	ID digest.Digest
	// Kind is the name of the event, "unknown" if the schema lacks it.
	Kind string
	// Organization and User are those of the event, "" if it has none.
	Organization, User string
	// Observations are the numbers of the event. There are none for records of other
	// programs, events of the collector itself, and the desktop app's own stream, which
	// repeats what the client inside reports.
	Observations []FactObservation
	// Invalid counts numbers that are negative, too large or not a number.
	Invalid int
	// Omitted counts hosts, patterns and texts beyond the bounds of an event.
	Omitted int
}

// A FactObservation is one number of an event. Costs are in millionths of a dollar,
// durations in microseconds.
type FactObservation struct {
	Fact, Sum int // indices in the result of Facts
	Labels    [maxLabels]string
	Value     float64
}

// A number is the result of a measure.
type number struct {
	value float64
	is    validity
}

// A factPlan lists what is read from the events of one kind. Each measure is read once.
type factPlan struct {
	kind     string
	own      bool // an event of the collector itself
	measures []*measure
	probes   []factProbe
}

// A factProbe is an observation of a plan.
type factProbe struct {
	fact, sum int
	measure   int // the index in the plan
	fields    []field
	list      int // the index of the field with several values, -1 if there is none
}

// NewFactReader returns a reader.
func NewFactReader() *FactReader {
	r := &FactReader{kinds: map[string]*factPlan{}, other: newFactPlan(unknown, false)}
	for kind := range cowork.Kinds() {
		r.kinds[kind.Name] = newFactPlan(kind.Name, kind.Own)
	}
	return r
}

func newFactPlan(kind string, own bool) *factPlan {
	p := &factPlan{kind: kind, own: own}
	for i := range factTable {
		for j, sum := range factTable[i].sums {
			for _, s := range sum.sources {
				if s.kind == "" || s.kind == kind {
					p.probes = append(p.probes, factProbe{i, j, p.indexOf(s.measure), s.fields, slices.IndexFunc(s.fields, isList)})
				}
			}
		}
	}
	return p
}

func isList(f field) bool { return lists[f] != nil }

// indexOf returns the index of a measure, which it adds if the plan lacks it.
func (p *factPlan) indexOf(m *measure) int {
	if i := slices.Index(p.measures, m); i >= 0 {
		return i
	}
	p.measures = append(p.measures, m)
	return len(p.measures) - 1
}

// Read returns the facts of an event. They are views of the event and valid until the
// next call. The caller drops events that were redelivered or counted before.
func (r *FactReader) Read(e cowork.Event) Reading {
	name := e.Name()
	plan, known := r.kinds[name]
	if !known {
		plan = r.other
	}
	id := cowork.IdentityOf(e, name)
	reading := Reading{ID: id.Counted(), Kind: plan.kind}
	reading.Organization, _ = labelOf(organizationOf(e))
	reading.User, _ = labelOf(e.User())
	r.observations = r.observations[:0]
	if plan.own || e.Desktop() || !known && !isOfClient(e, name) {
		return reading
	}
	r.isRead, r.omitted = 0, 0
	reading.Invalid = r.readNumbers(e, plan)
	for i := range plan.probes {
		if p := &plan.probes[i]; r.numbers[p.measure].is == valid {
			r.observe(e, p)
		}
	}
	reading.Observations, reading.Omitted = r.observations, r.omitted
	return reading
}

var organizationOf = cowork.DimensionOf("organization")

// readNumbers reads the measures of a plan, and returns how many numbers are invalid.
func (r *FactReader) readNumbers(e cowork.Event, plan *factPlan) (bad int) {
	r.numbers = r.numbers[:0]
	for _, m := range plan.measures {
		value, is := m.read(e)
		r.numbers = append(r.numbers, number{value, is})
		if is == invalid {
			bad++
		}
	}
	return bad
}

func (r *FactReader) observe(e cowork.Event, p *factProbe) {
	if p.list < 0 {
		r.observePart(e, p, &part{count: 1})
		return
	}
	parts, omitted := lists[p.fields[p.list]](r.parts[:0], e)
	r.parts, r.omitted = parts, r.omitted+omitted
	for i := range parts {
		r.observePart(e, p, &parts[i])
	}
}

// observePart adds the observation of one value of a list.
func (r *FactReader) observePart(e cowork.Event, p *factProbe, of *part) {
	r.observations = append(r.observations, FactObservation{Fact: p.fact, Sum: p.sum, Value: r.numbers[p.measure].value * of.count})
	o := &r.observations[len(r.observations)-1]
	for i, f := range p.fields {
		switch {
		case i == p.list:
			o.Labels[i], _ = labelOf(of.text)
		case f == verdict:
			o.Labels[i] = of.verdict
		default:
			o.Labels[i] = r.label(e, f)
		}
	}
}

// label returns the value of a label, which is read once for each event.
func (r *FactReader) label(e cowork.Event, f field) string {
	if bit := uint64(1) << f; r.isRead&bit == 0 {
		r.labels[f], _ = labelOf(readers[f](e))
		r.isRead |= bit
	}
	return r.labels[f]
}
