package cowork

import (
	"strconv"

	"github.com/cowork-otel/collector/internal/digest"
)

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
	event     Event
	sessionID string
	session   digest.Digest // of the session
	base      digest.Digest // the session, the kind, and the event's own id if it has one
	fields    uint64        // what base includes
	rule      *identityRule
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

	kind digest.Digest // of the name
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
	"assistant_response": {attributes: names("request_id")},
	"subagent_completed": {attributes: names("agent_id")},
	"alert":              {every: true},
	"tenant_mismatch":    {every: true},
})

// withKinds adds a rule for each kind of the schema that has none.
func withKinds(rules map[string]*identityRule) map[string]*identityRule {
	for kind := range Kinds() {
		if rules[kind.Name] == nil {
			rules[kind.Name] = &identityRule{}
		}
		rules[kind.Name].kind = kindDigest(kind.Name)
	}
	return rules
}

func kindDigest(name string) digest.Digest { return digest.Digest(0).Text(name) }

// noRule is the rule of a kind that the schema lacks.
var noRule identityRule

// ofSession begins the digests of sessions, with which those of events begin.
const ofSession digest.Digest = 1

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
	id := Identity{event: e, sessionID: e.SessionID(), rule: identityRules[name]}
	kind := digest.Digest(0)
	if id.rule != nil {
		kind = id.rule.kind
	} else {
		id.rule, kind = &noRule, kindDigest(name)
	}
	// The desktop app reports in its own stream what the client inside reports too.
	// Neither is a copy of the other.
	if e.Desktop() {
		id.fields = ofDesktop
	}
	id.session = ofSession.Text(id.sessionID)
	id.base = id.session.Word(uint64(kind))
	for _, key := range id.rule.attributes {
		if text := e.text(key); text != "" && !IsMarker(text) { // all redacted ids are equal
			id.base, id.fields = id.base.Text(text), id.fields|withID
			break
		}
	}
	if len(id.rule.attributes) == 0 && !id.rule.every {
		id.base = e.mixIDs(id.base)
	}
	if id.rule.number != "" {
		n, _ := e.Int(id.rule.number)
		id.base = id.base.Word(uint64(n))
	}
	return id
}

// recordIDs are ids that belong to the identity of an event whose kind has no id of its
// own: two records with different ids are not one, although their times are equal.
var recordIDs = [...]string{"request_id", "client_request_id", "request_body_id", "tool_use_id", "agent_id"}

// mixIDs mixes the ids of an event into a digest.
func (e Event) mixIDs(d digest.Digest) digest.Digest {
	for i, key := range recordIDs {
		if text := e.text(key); text != "" && !IsMarker(text) {
			d = d.Word(uint64(i) + 1).Text(text)
		}
	}
	return d
}

// Session returns the event's session.id and its digest, which is 0 if it has none.
func (id *Identity) Session() (string, digest.Digest) {
	if id.sessionID == "" {
		return "", 0
	}
	return id.sessionID, id.session.Sum()
}

// Redelivery returns the digest of a record: its session, prompt, name, time, sequence
// and ids. It is 0, and the record is always new, if the record has no id and lacks
// a time or a sequence: many events share a millisecond, and every process counts from
// 0.
func (id *Identity) Redelivery() digest.Digest { return id.RedeliveryIn(id.event.PromptID()) }

// RedeliveryIn is [Identity.Redelivery] for callers that have read the prompt.id.
func (id *Identity) RedeliveryIn(promptID string) digest.Digest {
	d, fields := id.base, id.fields
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
	return d.Text(promptID).Word(fields).Sum()
}

// RecordID returns [Identity.Redelivery] as text, "" for a record without an id. The name is
// that of [Event.Name].
func RecordID(e Event, name string) string {
	id := IdentityOf(e, name)
	if d := id.Redelivery(); d != 0 {
		return strconv.FormatUint(uint64(d), 16)
	}
	return ""
}

// CountedByID returns the digest of what counts once by its own id, in its session. It
// is false where the event has no such id: then each record counts.
func (id *Identity) CountedByID() (digest.Digest, bool) {
	if !id.once() {
		return 0, false
	}
	return id.base.Word(id.fields | ofCounted).Sum(), true
}

// Counted returns the digest of what counts once: by its own id, else by its record.
// It is 0 for an event that always counts.
func (id *Identity) Counted() digest.Digest {
	if id.rule.every {
		return 0
	}
	if d, ok := id.CountedByID(); ok {
		return d
	}
	return id.Redelivery()
}

func (id *Identity) once() bool { return id.rule.once && id.fields&withID != 0 }
