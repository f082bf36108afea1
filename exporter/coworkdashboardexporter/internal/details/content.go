package details

import (
	"slices"
	"strings"

	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/internal/cowork"
)

// This file reads what the setup check counts: attributes that are there, attributes that
// are wrong or unknown, content and its redaction, and times in doubt.

// The states of content.
const (
	AbsentContent   = "absent"
	ReplacedContent = "replaced"
	PlainContent    = "plain"
	FoundContent    = "findings"
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

// contentState returns the state of the content in some attributes.
func contentState(e cowork.Event, keys []string) string {
	state := AbsentContent
	for _, key := range keys {
		v, there := e.Value(key)
		if !there {
			continue
		}
		if v.Type() != pcommon.ValueTypeStr || !cowork.IsMarker(v.Str()) {
			return PlainContent
		}
		state = ReplacedContent
	}
	return state
}

// findingsOf returns the number of markers in an event that replace a part of a text.
func findingsOf(e cowork.Event) (n int64) {
	for _, v := range e.Record().Attributes().All() {
		if v.Type() == pcommon.ValueTypeStr {
			n += findings(v.Str())
		}
	}
	return n
}

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

// ExpectedAttributes returns the attributes that events of a kind should have: the
// standard and the required ones.
func ExpectedAttributes(kind string) []string { return expectations[kind] }

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

// The reasons for a time in doubt.
const (
	AheadClock  = "ahead"
	BehindClock = "behind"
	LateClock   = "late"
	NoClock     = "missing"
)

// clockOf returns the reason for which the time of an event is in doubt, from the marks of
// cowork_event, "" if there is none.
func clockOf(e cowork.Event) string {
	if skew, ok := e.Int("cowork.clock_skew_ms"); ok {
		if skew < 0 {
			return AheadClock
		}
		return BehindClock
	}
	if _, ok := e.Int("cowork.delivery_delay_ms"); ok {
		return LateClock
	}
	if _, ok := e.Str("cowork.time_source"); ok {
		return NoClock
	}
	return ""
}

// maxReports bounds the reports of one event about its attributes.
const maxReports = 16

// reports calls a function for each text of a list that another component has written.
func reports(e cowork.Event, key string, each func(string)) {
	v, ok := e.Record().Attributes().Get(key)
	if !ok || v.Type() != pcommon.ValueTypeSlice {
		return
	}
	for i := range min(v.Slice().Len(), maxReports) {
		each(v.Slice().At(i).Str())
	}
}

// rejectedOf calls a function for each validation error of cowork_event. It skips what is
// not an attribute of the schema with a reason of ours: a client may have sent the list.
func rejectedOf(e cowork.Event, each func(attribute, reason string)) {
	reports(e, "cowork.validation.errors", func(text string) {
		attribute, reason, ok := strings.Cut(text, ": ")
		if ok && (cowork.AttributeOf(attribute) != nil || attribute == cowork.ReservedAttributes) && slices.Contains(validationErrors, reason) {
			each(attribute, reason)
		}
	})
}

// unknownOf calls a function for each attribute that cowork_redaction reports as unknown.
// It skips what is no name.
func unknownOf(e cowork.Event, each func(attribute string)) {
	reports(e, "cowork.redaction.unknown_attributes", func(text string) {
		if cowork.ShortName(text) != "" {
			each(text)
		}
	})
}

var validationErrors = []string{
	cowork.Missing, cowork.NotInt, cowork.NotNumber, cowork.NotBoolean,
	cowork.NotTimestamp, cowork.Negative, cowork.Reserved, cowork.NotListed,
}
