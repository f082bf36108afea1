package cowork

import "github.com/cowork-otel/collector/internal/digest"

// An Identity recognises an event that arrives more than once, for one of two reasons:
//
//   - The same record is delivered again, since its sender received no answer.
//     [Identity.Redelivery] identifies the record.
//   - One thing is reported in several records, such as a request that a client
//     reports twice. [Identity.Counted] identifies what counts once.
//
// Metrics, prompts and the page count by the same Identity, so that their figures are
// equal. Make one with [IdentityOf]. It is a view of its event and must not outlive
// the batch.
type Identity struct {
	event   Event
	session string
	base    digest.Digest // the kind, the session, and the event's own id if it has one
	rule    *identityRule
	hasID   bool
}

// An identityRule describes the id that the events of a kind carry in addition to
// their time and sequence.
type identityRule struct {
	// attributes hold the id; the first one that is present is used.
	attributes []string
	// number is an attribute that belongs to the id, "" if none does.
	number string
	// once reports whether the id alone identifies what counts once, in the event's
	// session. Otherwise several events share the id, and each of them counts.
	once bool
	// every marks a kind of which every record counts.
	every bool

	kind digest.Digest // begins the digests of the kind
}

// identityRules are the kinds that carry an id. An event of any other kind is
// identified by its time and sequence. schema.md documents the rules.
var identityRules = withKinds(map[string]*identityRule{
	"user_prompt":        {attributes: names("prompt.id"), once: true},
	"api_request":        {attributes: names("request_id client_request_id"), once: true},
	"tool_decision":      {attributes: names("tool_use_id"), once: true},
	"tool_result":        {attributes: names("tool_use_id"), once: true},
	"prompt_summary":     {attributes: names("prompt.id"), number: "cowork.prompt.part", once: true},
	"api_error":          {attributes: names("request_id client_request_id")},
	"api_refusal":        {attributes: names("request_id client_request_id")},
	"assistant_response": {attributes: names("message.uuid request_id")},
	"subagent_completed": {attributes: names("agent_id")},
	"alert":              {every: true},
})

func withKinds(rules map[string]*identityRule) map[string]*identityRule {
	for name, rule := range rules {
		rule.kind = identityDomain.Text(name)
	}
	return rules
}

// identityDomain begins the digests of events.
const identityDomain digest.Digest = 3

// The fields that a digest includes.
const (
	withID = 1 << iota
	withTimestamp
	withRecordTime
	withSequence
	ofDesktop
	ofCounted
)

// IdentityOf returns the identity of an event. The name is that of [Event.Name], which
// callers have read already.
func IdentityOf(e Event, name string) Identity {
	id := Identity{event: e, session: e.SessionID(), rule: identityRules[name]}
	if id.rule == nil {
		id.base = identityDomain.Text(name).Text(id.session)
		return id
	}
	id.base = id.rule.kind.Text(id.session)
	for _, key := range id.rule.attributes {
		if text := e.text(key); text != "" {
			id.base, id.hasID = id.base.Text(text), true
			break
		}
	}
	if id.hasID && id.rule.number != "" {
		n, _ := e.Int(id.rule.number)
		id.base = id.base.Word(uint64(n))
	}
	return id
}

// Session returns the event's session.id, which its identity includes.
func (id Identity) Session() string { return id.session }

// Redelivery returns the digest of a record: its session, prompt, name, time, sequence
// and own id. It is 0, and the record is always new, if the record has no id and lacks
// a time or a sequence: many events share a millisecond, and every process counts from
// 0.
func (id Identity) Redelivery() digest.Digest { return id.RedeliveryIn(id.event.PromptID()) }

// RedeliveryIn is [Identity.Redelivery] for callers that have read the prompt.id.
func (id Identity) RedeliveryIn(promptID string) digest.Digest {
	d, fields := id.base, uint64(0)
	if id.hasID {
		fields |= withID
	}
	if timestamp, ok := id.event.Str("event.timestamp"); ok {
		d, fields = d.Text(timestamp), fields|withTimestamp
	} else if ts := id.event.rec.Timestamp(); ts != 0 {
		d, fields = d.Word(uint64(ts)), fields|withRecordTime
	}
	sequence, ok := id.event.Sequence()
	if ok {
		d, fields = d.Word(uint64(sequence)), fields|withSequence
	}
	if (!ok || fields&(withTimestamp|withRecordTime) == 0) && !id.once() {
		return 0
	}
	return id.sum(d.Text(promptID), fields)
}

// CountedByID returns the digest of what counts once by its own id, in its session. It
// is false where the event has no such id: then each record counts.
func (id Identity) CountedByID() (digest.Digest, bool) {
	if !id.once() {
		return 0, false
	}
	return id.sum(id.base, ofCounted), true
}

// Counted returns the digest of what counts once: by its own id, else by its record.
// It is 0 for an event that always counts.
func (id Identity) Counted() digest.Digest {
	if id.rule != nil && id.rule.every {
		return 0
	}
	if d, ok := id.CountedByID(); ok {
		return d
	}
	return id.Redelivery()
}

func (id Identity) once() bool { return id.hasID && id.rule.once }

// sum finishes a digest. The desktop app reports in its own stream what the client
// inside reports too: neither is a copy of the other.
func (id Identity) sum(d digest.Digest, fields uint64) digest.Digest {
	if id.event.Desktop() {
		fields |= ofDesktop
	}
	return d.Word(fields).Sum()
}
