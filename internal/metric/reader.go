package metric

import (
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
)

// A Reader notes the numbers of a batch. What it notes are views of the batch, so the
// batch must stay as it is until an [Accumulator] has added them.
//
// It is not safe for concurrent use, and costs nothing to use again after [Reader.Reset].
type Reader struct {
	plan   *Plan
	events []reading
	seen   []observation
	who    []string // the dimensions of the events, one event's after the other's
	stats  Stats

	event  cowork.Event
	dims   []text // of the last event
	fields [fields]text
	known  uint64 // the fields that were read, a bit each
}

// A reading is what one event tells.
type reading struct {
	ask   *questions
	id    digest // by which the event is known when it comes again, 0 if by none
	who   int    // where its dimensions begin
	every int    // up to which observation it counts although it came before
	end   int    // behind its last observation
}

// An observation is one number for one series.
type observation struct {
	row    *row
	series digest
	value  float64
	labels [maxLabels]string
}

// maxLabels is how many labels a metric has at most.
const maxLabels = 3

// NewReader returns a reader.
func (p *Plan) NewReader() *Reader {
	return &Reader{plan: p, stats: newStats(), dims: make([]text, len(p.dims))}
}

// Reset forgets what was read.
func (r *Reader) Reset() {
	clear(r.seen)
	clear(r.who)
	clear(r.dims)
	clear(r.fields[:])
	r.events, r.seen, r.who = r.events[:0], r.seen[:0], r.who[:0]
	r.event = cowork.Event{}
	r.stats.reset()
}

// Read notes the numbers of a batch. It only reads it.
func (r *Reader) Read(ld plog.Logs) {
	for e := range cowork.Events(ld) {
		if ask := r.plan.questions(e); ask != nil {
			r.read(e, ask)
		}
	}
}

func (r *Reader) read(e cowork.Event, ask *questions) {
	r.event = e
	r.fields[eventName], r.known = ask.name, 1<<eventName
	n := reading{ask: ask, who: len(r.who)}
	who := r.dimensions()
	r.observe(ask.ask[:ask.every], who)
	n.every = len(r.seen)
	if !e.Desktop() { // which tells what the client inside tells too
		n.id = r.identity(ask)
		r.observe(ask.ask[ask.every:], who)
	}
	n.end = len(r.seen)
	r.events = append(r.events, n)
}

// identity returns by what the event is known when it comes again.
func (r *Reader) identity(ask *questions) digest {
	if ask.once == nil {
		return 0
	}
	id := ask.once(r.plan, r.event)
	if id == 0 {
		return 0
	}
	return max(id.with(ask.name.hash).with(r.plan.hash(r.event.SessionID())), 1)
}

// dimensions notes who the event is of and returns a digest of it.
func (r *Reader) dimensions() (d digest) {
	for i, read := range r.plan.dims {
		t := &r.dims[i]
		r.label(t, read(r.event))
		r.who = append(r.who, t.s)
		d = d.with(t.hash)
	}
	return d
}

// observe asks the event.
func (r *Reader) observe(probes []probe, who digest) {
	for i := range probes {
		p := &probes[i]
		value, v := p.measure.read(r.event)
		if v != valid {
			if v == invalid && !p.row.genAI { // whose numbers are those of other metrics
				r.stats.Invalid[p.measure.name]++
			}
			continue
		}
		r.seen = append(r.seen, observation{row: p.row, value: value})
		o := &r.seen[len(r.seen)-1]
		d := p.row.digest.with(uint64(who))
		for i, f := range p.fields {
			t := r.field(f)
			d = d.with(t.hash)
			o.labels[i] = t.s
		}
		o.series = d
	}
}

// field returns the value of a field, which is read when it is first asked for.
func (r *Reader) field(f field) *text {
	t := &r.fields[f]
	if bit := uint64(1) << f; r.known&bit == 0 {
		r.label(t, readers[f](r.event))
		r.known |= bit
	}
	return t
}

// label makes a value one that can be shown. Often it is what the event before had,
// and then nothing is left to do.
func (r *Reader) label(t *text, raw string) {
	if t.raw != raw || t.hash == 0 {
		shown, cut := label(raw)
		*t = text{raw: raw, s: shown, cut: cut, hash: r.plan.hash(shown)}
	}
	if t.cut {
		r.stats.Cut++
	}
}
