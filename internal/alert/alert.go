package alert

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"slices"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/internal/cowork"
)

// An Alert tells that a rule fires, or stopped firing, for a group.
type Alert struct {
	Rule   *Rule
	Status Status
	// Names are what the rule groups by, Group has the values as people may see them. A
	// budget's step is among them, and a new term.
	Names, Group []string
	// Fingerprint is the same for every alert of a rule and a group, on any machine.
	Fingerprint string
	// Message is the rule's, filled in.
	Message string
	// Value is what was measured: of a rule per event the events since it fired, of
	// Absent the seconds of silence, of a ratio the share. It is 0 when the group was
	// forgotten.
	Value float64
	// Threshold is what it was held against.
	Threshold float64
	StartsAt  time.Time
	// EndsAt is zero while the alert fires.
	EndsAt time.Time
	// PromptID and TraceID are those of the event that caused it, if one did.
	PromptID string
	TraceID  pcommon.TraceID
}

// A group is what a rule knows of one combination of values.
type group struct {
	id      *identity
	state   state
	muted   bool // it fires, and is not told for there are too many
	measure measure
	cause   *cause
}

// A cause is what an event left behind when its group began to hold.
type cause struct {
	fields []string // for the message
	prompt string
	trace  pcommon.TraceID
}

// causeOf notes what is told of an event.
func (r *Rule) causeOf(ev cowork.Event) *cause {
	c := &cause{}
	for i := range r.message.fields {
		f := &r.message.fields[i]
		c.fields = append(c.fields, f.shown(f.read(ev)))
	}
	if id := ev.PromptID(); r.caused && cowork.IsIdentifier(id) {
		c.prompt = string([]byte(id)) // the event does not outlive its batch
	}
	if r.caused {
		c.trace = ev.Record().TraceID()
	}
	return c
}

// alert tells of a group.
func (w *watch) alert(g *group, status Status, value float64, now int64) Alert {
	a := w.about(status, g.id.key, now, g.state.start)
	a.Names, a.Group = w.names, w.values(g)
	a.Value, a.Threshold = value, w.part.threshold
	c := g.cause
	if c == nil {
		c = &cause{}
	}
	a.PromptID, a.TraceID = c.prompt, c.trace
	a.Message = w.rule.message.fill(g.id.values, c.fields, value, a.Threshold)
	return a
}

// values returns what stands under the names of a group.
func (w *watch) values(g *group) []string {
	if w.part.step == "" {
		return g.id.values
	}
	return append(slices.Clip(g.id.values), w.part.step)
}

// about begins an alert.
func (w *watch) about(status Status, key string, now, start int64) Alert {
	a := Alert{Rule: w.rule, Status: status, StartsAt: moment64(start), Fingerprint: fingerprint(w.rule.Name, w.part.step, key)}
	if status == Resolved {
		a.EndsAt = moment64(now)
	}
	return a
}

func moment64(nanos int64) time.Time { return time.Unix(0, nanos).UTC() }

// fingerprint returns a hash of what an alert is about.
func fingerprint(about ...string) string {
	var text []byte
	for _, s := range about {
		text = append(binary.AppendUvarint(text, uint64(len(s))), s...)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:16])
}
