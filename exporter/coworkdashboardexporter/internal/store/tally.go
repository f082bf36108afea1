package store

import (
	"strings"

	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/internal/cowork"
)

// A tallyKind is what a tally counts. Its value is stored: new kinds are appended.
type tallyKind uint8

// The kinds, with their two names.
const (
	kindTally      tallyKind = iota // kind of event, client version
	attributeTally                  // kind of event, attribute
	rejectedTally                   // attribute, validation error
	contentTally                    // state of content
	serviceTally                    // service name
	unknownTally                    // unknown attribute
	clockTally                      // reason for a time in doubt; counts sessions
	unpricedTally                   // model of requests without a known cost
)

// The states of content.
const (
	absentContent   = "absent"
	replacedContent = "replaced"
	plainContent    = "plain"
	foundContent    = "findings"
)

// contentOf are the content attributes by kind. Redaction replaces their whole value; in
// other attributes it replaces findings.
var contentOf = map[string][]string{
	"user_prompt":        {"prompt", "prompt_text"},
	"assistant_response": {"response"},
	"api_request_body":   {"body"},
	"api_response_body":  {"body"},
	"system_prompt":      {"system_prompt"},
	"tool":               {"tool"},
}

// contentMarkers replace content. They do not count as findings.
var contentMarkers = []string{"[REDACTED_PROMPT]", "[REDACTED_RESPONSE]", "[REDACTED_BODY]", "[REDACTED_CONTENT]"}

// addTallies counts an event for the setup check.
func (in *intake) addTallies(e cowork.Event, kind *cowork.Kind, name string, m eventKey) {
	day, at := m.at[daily], m.unix
	count := func(what tallyKind, a, b string, n int64) {
		if n > 0 {
			in.d.addTally(tallyKey{day, what, a, b}, n, at)
		}
	}
	count(kindTally, name, in.label(catVersion, e.ClientVersion(), day), 1)
	service, _ := e.Str("service.name")
	count(serviceTally, in.label(catLabel, service, day), "", 1)
	for _, key := range expected(kind) {
		if _, there := e.Value(key); there {
			count(attributeTally, name, key, 1)
		}
	}
	in.rejections(e, count)
	countUnknown(e, func(name string) { count(unknownTally, in.label(catLabel, name, day), "", 1) })
	if keys := contentOf[name]; keys != nil {
		count(contentTally, stateOf(e, keys), "", 1)
	}
	count(contentTally, foundContent, "", findingsOf(e))
	if name == "api_request" && !hasCost(e) {
		count(unpricedTally, in.label(catModel, e.Dimension("model"), day), "", 1)
	}
	if lag := lagOf(e); lag != "" && in.sessions.remember(lagDigest(e.SessionID(), lag, day)) {
		count(clockTally, lag, "", 1)
	}
}

// hasCost reports whether a request has a cost that can be read.
func hasCost(e cowork.Event) bool {
	r, _ := cowork.APIRequestOf(e)
	_, known := r.CostMicros()
	return known
}

// The reasons for a time in doubt.
const (
	aheadClock  = "ahead"
	behindClock = "behind"
	lateClock   = "late"
	noClock     = "missing"
)

// lagOf returns the reason for which the time of an event is in doubt, from the marks of
// cowork_event, "" if there is none.
func lagOf(e cowork.Event) string {
	if skew, ok := e.Int("cowork.clock_skew_ms"); ok {
		if skew < 0 {
			return aheadClock
		}
		return behindClock
	}
	if _, ok := e.Int("cowork.delivery_delay_ms"); ok {
		return lateClock
	}
	if _, ok := e.Str("cowork.time_source"); ok {
		return noClock
	}
	return ""
}

// label returns a name as it is stored, "(other)" if it exceeds the limit.
func (in *intake) label(c category, text string, day int64) string {
	switch in.dictionary.id(c, text, day) {
	case noName:
		return ""
	case overflow:
		return otherName
	default:
		return shorten(text)
	}
}

// otherName replaces the names beyond a limit.
const otherName = "(other)"

// expected returns the expected attributes of a kind: the standard and the required ones.
func expected(kind *cowork.Kind) []string {
	if kind == nil {
		return nil
	}
	return expectations[kind.Name]
}

var expectations = func() map[string][]string {
	of := map[string][]string{}
	for kind := range cowork.Kinds() {
		for _, key := range cowork.StandardAttributes {
			if key != "prompt.id" || kind.Prompt {
				of[kind.Name] = append(of[kind.Name], key)
			}
		}
		of[kind.Name] = append(of[kind.Name], kind.Required...)
	}
	return of
}()

// rejections counts the validation errors of cowork_event: a list of "attribute: reason",
// which contains no values.
func (in *intake) rejections(e cowork.Event, count func(tallyKind, string, string, int64)) {
	v, ok := e.Record().Attributes().Get("cowork.validation.errors")
	if !ok || v.Type() != pcommon.ValueTypeSlice {
		return
	}
	for i := range min(v.Slice().Len(), maxEntries/4) {
		attribute, reason, ok := strings.Cut(v.Slice().At(i).Str(), ": ")
		if ok && (cowork.AttributeOf(attribute) != nil || attribute == cowork.ReservedAttributes) && reasons[reason] {
			count(rejectedTally, attribute, reason, 1)
		}
	}
}

// countUnknown counts the reports of cowork_redaction about unknown attributes. It skips
// what is no name: a client may have sent the report.
func countUnknown(e cowork.Event, count func(name string)) {
	v, ok := e.Record().Attributes().Get("cowork.redaction.unknown_attributes")
	if !ok || v.Type() != pcommon.ValueTypeSlice {
		return
	}
	for i := range min(v.Slice().Len(), maxEntries/4) {
		if name := v.Slice().At(i).Str(); cowork.ShortName(name) != "" {
			count(name)
		}
	}
}

var reasons = map[string]bool{
	cowork.Missing: true, cowork.NotInt: true, cowork.NotNumber: true,
	cowork.NotBoolean: true, cowork.NotTimestamp: true, cowork.Negative: true,
	cowork.Reserved: true, cowork.NotListed: true,
}

// findingsOf returns the number of markers in an event.
func findingsOf(e cowork.Event) (n int64) {
	for _, v := range e.Record().Attributes().All() {
		if v.Type() == pcommon.ValueTypeStr {
			n += findings(v.Str())
		}
	}
	return n
}

// stateOf returns the state of the content in some attributes.
func stateOf(e cowork.Event, keys []string) string {
	state := absentContent
	for _, key := range keys {
		v, there := e.Value(key)
		if !there {
			continue
		}
		if v.Type() != pcommon.ValueTypeStr || !cowork.IsMarker(v.Str()) {
			return plainContent
		}
		state = replacedContent
	}
	return state
}

// findings returns the number of markers in a text.
func findings(s string) int64 {
	n := strings.Count(s, "[REDACTED")
	if n == 0 {
		return 0
	}
	for _, marker := range contentMarkers {
		n -= strings.Count(s, marker)
	}
	return int64(n)
}
