package metric

import (
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/digest"
)

// A Reader records the numbers of a batch. They are views of the batch, which must not
// change until an [Accumulator] has added them.
//
// It is not safe for concurrent use. After [Reader.Reset] it is used again without
// allocating.
type Reader struct {
	plan         *Plan
	events       []eventReading
	observations []observation
	who          []string // the dimensions of the events, in the order of the events
	stats        Stats

	event  cowork.Event
	dims   []text // of the last event
	fields [fields]text
	isRead uint64 // the fields that were read, a bit each
}

// An eventReading is what was read from one event.
type eventReading struct {
	plan  *kindPlan
	id    digest.Digest // identifies what counts once, 0 if each event counts
	who   int           // the index of its dimensions
	every int           // the end of the observations that count for a duplicate too
	end   int           // the end of its observations
}

// An observation is one number for one series.
type observation struct {
	row    *row
	series digest.Digest
	value  float64
	labels [maxLabels]string
}

// maxLabels is the greatest number of labels of a metric.
const maxLabels = 3

// NewReader returns a reader.
func (p *Plan) NewReader() *Reader {
	return &Reader{plan: p, stats: newStats(), dims: make([]text, len(p.dims))}
}

// Reset removes what was read.
func (r *Reader) Reset() {
	clear(r.observations)
	clear(r.who)
	clear(r.dims)
	clear(r.fields[:])
	r.events, r.observations, r.who = r.events[:0], r.observations[:0], r.who[:0]
	r.event = cowork.Event{}
	r.stats.reset()
}

// Read records the numbers of a batch, except those of events that were passed on and
// counted before. It does not change the batch.
func (r *Reader) Read(ld plog.Logs) {
	for e := range cowork.Events(ld) {
		plan := r.plan.planOf(e)
		switch {
		case plan == nil:
		case e.Redelivered():
			r.stats.Duplicates[plan.kind]++
		default:
			r.readEvent(e, plan)
		}
	}
}

func (r *Reader) readEvent(e cowork.Event, plan *kindPlan) {
	r.event = e
	r.fields[eventName], r.isRead = plan.name, 1<<eventName
	n := eventReading{plan: plan, who: len(r.who)}
	who := r.readDimensions()
	r.observe(plan.probes[:plan.every], who)
	n.every = len(r.observations)
	// The desktop app's own stream repeats what the client inside reports.
	if plan.hasOwn() && !e.Desktop() {
		id := cowork.IdentityOf(e, plan.kind)
		n.id = id.Counted()
		r.observe(plan.probes[plan.every:], who)
	}
	n.end = len(r.observations)
	r.events = append(r.events, n)
}

// readDimensions records the dimensions of the event and returns their digest.
func (r *Reader) readDimensions() (d digest.Digest) {
	for i, read := range r.plan.dims {
		t := &r.dims[i]
		r.setText(t, read(r.event))
		r.who = append(r.who, t.s)
		d = d.Word(t.hash)
	}
	return d
}

// observe records the numbers of the event.
func (r *Reader) observe(probes []probe, who digest.Digest) {
	for i := range probes {
		p := &probes[i]
		value, v := p.measure.read(r.event)
		if v != valid {
			if v == invalid && p.counts {
				r.stats.Invalid[p.measure.name]++
			}
			continue
		}
		r.observations = append(r.observations, observation{row: p.row, value: value})
		o := &r.observations[len(r.observations)-1]
		d := p.row.digest.Word(uint64(who))
		for i, f := range p.fields {
			t := r.fieldText(f)
			d = d.Word(t.hash)
			o.labels[i] = t.s
		}
		o.series = d
	}
}

// fieldText returns the value of a field, which is read at its first use.
func (r *Reader) fieldText(f field) *text {
	t := &r.fields[f]
	if bit := uint64(1) << f; r.isRead&bit == 0 {
		r.setText(t, readers[f](r.event))
		r.isRead |= bit
	}
	return t
}

// setText sets a value of an attribute. Often it equals the value of the event before,
// whose hash is reused.
func (r *Reader) setText(t *text, raw string) {
	if t.raw != raw || t.hash == 0 {
		s, cut := labelOf(raw)
		*t = text{raw: raw, s: s, cut: cut, hash: r.plan.hash(s)}
	}
	if t.cut {
		r.stats.Cut++
	}
}
