package metric

import (
	"slices"
	"strings"

	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/egress"
)

// A part is one value of a field that has several, and how often the event has it. A fact
// with such a field has an observation for each part. The field verdict is that of the
// part.
type part struct {
	text, verdict string
	count         float64
}

// maxParts bounds the parts of an event. Others are counted as omitted.
const maxParts = 8

// lists read the fields that have several values. They append the parts of an event, and
// return how many are omitted.
var lists = map[field]func([]part, cowork.Event) ([]part, int){
	host:    hostsOf,
	pattern: patternsOf,
}

// hostsOf appends the hosts of a tool call: those that cowork_egress has judged, else those
// that its parameters name. A host that redaction has replaced is none, except an address.
func hostsOf(parts []part, e cowork.Event) (_ []part, omitted int) {
	if egress.IsJudged(e) {
		for name, verdict := range egress.WrittenHosts(e) {
			parts, omitted = addHost(parts, name, verdict, omitted)
		}
		return parts, omitted
	}
	for at := range egress.EndpointsOf(e, &omitted) {
		parts, omitted = addHost(parts, at.Host, egress.UnlistedVerdict(at.Host), omitted)
	}
	return parts, omitted
}

func addHost(parts []part, name string, verdict egress.Verdict, omitted int) ([]part, int) {
	switch {
	case name == egress.RedactedHost || slices.ContainsFunc(parts, func(p part) bool { return p.text == name }):
		return parts, omitted
	case len(parts) >= maxParts:
		return parts, omitted + 1
	}
	return append(parts, part{name, string(verdict), 1}), omitted
}

// markerStart is how the marker of a redaction begins. The name of the pattern follows.
const markerStart = "[REDACTED"

// contentMarkers replace whole texts by a policy. They are no findings.
var contentMarkers = []string{"prompt", "response", "body", "content"}

// patternsOf appends the patterns that redaction found in an event, from the markers in its
// attributes. A marker in place of an identity is a setting, not a finding.
func patternsOf(parts []part, e cowork.Event) (_ []part, omitted int) {
	for key, v := range e.Record().Attributes().All() {
		if v.Type() != pcommon.ValueTypeStr {
			continue
		}
		text := v.Str()
		i := strings.Index(text, markerStart)
		if i < 0 || i == 0 && isIdentity(key) && cowork.IsMarker(text) {
			continue
		}
		for ; i >= 0; i = strings.Index(text, markerStart) {
			text = text[i+len(markerStart):]
			if name, ok := patternName(text); ok {
				parts, omitted = addPattern(parts, name, omitted)
			}
		}
	}
	return parts, omitted
}

func isIdentity(key string) bool {
	a := cowork.AttributeOf(key)
	return a != nil && a.Class == cowork.Personal
}

func addPattern(parts []part, name string, omitted int) ([]part, int) {
	for i := range parts {
		if strings.EqualFold(parts[i].text, name) {
			parts[i].count++
			return parts, omitted
		}
	}
	if len(parts) >= maxParts {
		return parts, omitted + 1
	}
	return append(parts, part{text: strings.ToLower(name), count: 1}), omitted
}

// maxPattern bounds the name of a pattern.
const maxPattern = 60

// patternName returns the pattern of a marker, from the text after its start: _EMAIL] is
// EMAIL. The marker of an attribute or of a limit has no pattern. It returns false for the
// marker of a content, and for other texts.
func patternName(s string) (string, bool) {
	end := strings.IndexByte(s[:min(len(s), maxPattern)], ']')
	switch {
	case end == 0:
		return "attribute", true
	case end < 2 || s[0] != '_':
		return "", false
	}
	name := s[1:end]
	if strings.ContainsFunc(name, func(r rune) bool { return r != '_' && (r < 'A' || r > 'Z') && (r < '0' || r > '9') }) {
		return "", false
	}
	return name, !slices.ContainsFunc(contentMarkers, func(c string) bool { return strings.EqualFold(c, name) })
}
