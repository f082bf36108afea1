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

// An Alert reports that a rule fires or no longer fires for a group.
type Alert struct {
	Rule   *Rule
	Status Status
	// Names are the names of the values in Group, as they may be shown to people. A step of
	// a budget and a new term are among them.
	Names, Group []string
	// Fingerprint is the same for all alerts of a rule and a group, on any machine.
	Fingerprint string
	// Message is the message of the rule with its placeholders replaced.
	Message string
	// Value is the aggregated value: the number of events since the alert began to fire for
	// a rule per event, the seconds of silence for Absent, the share for a ratio. It is 0 if
	// the group was evicted.
	Value float64
	// Threshold is the value that Value is compared with.
	Threshold float64
	// Measured has both in words, such as "35 %, threshold 20 %".
	Measured string
	StartsAt time.Time
	// EndsAt is zero while the alert fires.
	EndsAt time.Time
	// PromptID and TraceID are those of the event that caused the alert, if a single one
	// did.
	PromptID string
	TraceID  pcommon.TraceID
	// EventID is the [cowork.RecordID] of that event.
	EventID string
}

// A Status is the status of an alert.
type Status string

// The statuses.
const (
	// Firing means that the rule holds for the group.
	Firing Status = "firing"
	// Resolved means that it no longer holds.
	Resolved Status = "resolved"
)

// A cause has what a message and an alert need of the event at which the rule began to
// hold for a group.
type cause struct {
	fields []string // of the message
	prompt string
	trace  pcommon.TraceID
	event  string // its id
}

func newCause(r *Rule, ev cowork.Event) *cause {
	c := &cause{}
	for i := range r.message.fields {
		f := &r.message.fields[i]
		c.fields = append(c.fields, f.display(f.read(ev)))
	}
	if !r.namesCause {
		return c
	}
	if id := ev.PromptID(); cowork.IsIdentifier(id) {
		c.prompt = string([]byte(id)) // the event does not outlive its batch
	}
	c.trace, c.event = ev.Record().TraceID(), cowork.RecordID(ev, ev.Name())
	return c
}

// newAlert returns an alert of a group.
func (s *ruleState) newAlert(g *group, status Status, value float64, now int64) Alert {
	s.markChanged(g.identity.key)
	a := Alert{
		Rule: s.rule, Status: status, Names: s.names, Group: append(slices.Clip(g.identity.values), s.ownValues...),
		Fingerprint: fingerprint(s.rule.Name, s.variant.step, g.identity.key),
		Value:       value, Threshold: s.variant.threshold, StartsAt: time.Unix(0, g.state.firingSince).UTC(),
	}
	if status == Resolved {
		a.EndsAt = time.Unix(0, now).UTC()
	}
	var fields []string
	if c := g.cause; c != nil {
		a.PromptID, a.TraceID, a.EventID, fields = c.prompt, c.trace, c.event, c.fields
	}
	a.Measured = s.rule.message.measured(value, a.Threshold)
	a.Message = s.rule.message.fill(g.identity.values, fields, value, a.Threshold)
	return a
}

// fingerprint returns a hash of the parts, which are kept apart by their lengths.
func fingerprint(parts ...string) string {
	var text []byte
	for _, s := range parts {
		text = append(binary.AppendUvarint(text, uint64(len(s))), s...)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:16])
}
