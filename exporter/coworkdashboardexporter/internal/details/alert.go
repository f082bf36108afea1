package details

import (
	"regexp"
	"strings"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/internal/cowork"
)

// An Alert is the state of an alert in one notification. Rules make its texts of redacted
// attributes.
type Alert struct {
	Fingerprint, Name, Severity, Status string
	Group                               string // such as: connector crm, user 4f2
	Message, Why, Advice, Measured      string
	Tags                                string // of the rule, separated by spaces
	User, Organization                  string // of the group
	Model, Tool, Connector              string // of the group
	Prompt, Session, Event              string // Event is the id of the event that caused it
	Starts, Ends                        int64  // in Unix seconds, 0 if unknown
}

// The bounds of the texts of an alert, in bytes.
const (
	maxMessage = 1000
	maxAdvice  = 500
)

// missingName is what a rule puts into the group of events that lack an attribute.
const missingName = "(none)"

// alertDimensions are the attributes of an alert's group that the page shows, in their order.
var alertDimensions = [...]string{"organization", "team", "cost_center", "user", "model", "tool", "connector", "skill", "plugin", "agent", "client_version"}

// AlertOf reads an alert record, nil if it names no alert.
func AlertOf(e cowork.Event) *Alert {
	text := func(key string) string { return Shorten(e.Dimension(key)) }
	group := func(key string) string {
		if value := Shorten(textOf(e, key)); value != missingName {
			return value
		}
		return ""
	}
	a := &Alert{
		Fingerprint: text("alert.fingerprint"), Name: text("alert.name"), Severity: text("alert.severity"), Status: text("alert.status"),
		Message: shortenTo(textOf(e, "alert.message"), maxMessage), Why: shortenTo(textOf(e, "alert.why"), maxAdvice),
		Advice: shortenTo(textOf(e, "alert.action"), maxAdvice), Measured: text("alert.measured"), Tags: tagsOf(e),
		User: group("user"), Organization: group("organization"), Model: group("model"), Tool: group("tool"), Connector: group("connector"),
		Prompt: text("prompt.id"), Session: Shorten(e.SessionID()), Event: text("alert.event_id"),
		Group: groupOf(e), Starts: seconds(e, "alert.starts_at"), Ends: seconds(e, "alert.ends_at"),
	}
	if a.Fingerprint == "" {
		a.Fingerprint = a.Name
	}
	if a.Severity == "" {
		a.Severity = strings.ToLower(Shorten(e.Record().SeverityText()))
	}
	if a.Fingerprint == "" {
		return nil
	}
	return a
}

// textOf returns an attribute of a record, which is no dimension of its event: the user of
// an alert is that of its group.
func textOf(e cowork.Event, key string) string {
	value, ok := e.Record().Attributes().Get(key)
	if !ok || value.Type() != pcommon.ValueTypeStr {
		return ""
	}
	return value.Str()
}

// tagForm is the form of the tags of rules, such as attack.t1059.004.
var tagForm = regexp.MustCompile(`^[a-z0-9-]{1,32}(\.[a-z0-9-]{1,32}){1,3}$`)

// maxTags bounds the tags of an alert: rules have 32 at most.
const maxTags = 32

// tagsOf returns the tags of the rule of an alert. A text of another form is none.
func tagsOf(e cowork.Event) string {
	value, ok := e.Record().Attributes().Get("alert.tags")
	if !ok || value.Type() != pcommon.ValueTypeSlice {
		return ""
	}
	var tags []string
	for _, tag := range value.Slice().All() {
		if text := tag.AsString(); len(tags) < maxTags && tagForm.MatchString(text) {
			tags = append(tags, text)
		}
	}
	return strings.Join(tags, " ")
}

// groupOf returns the group of an alert: "connector crm, user 4f2…".
func groupOf(e cowork.Event) string {
	var parts []string
	for _, name := range alertDimensions {
		if value := textOf(e, name); value != "" {
			parts = append(parts, name+" "+Shorten(value))
		}
	}
	return strings.Join(parts, ", ")
}

// seconds returns a time attribute in Unix seconds, 0 if there is none.
func seconds(e cowork.Event, key string) int64 {
	text, _ := e.Str(key)
	if t, err := time.Parse(time.RFC3339Nano, text); err == nil && t.Year() >= 2020 && t.Year() < 10_000 {
		return t.Unix()
	}
	return 0
}
