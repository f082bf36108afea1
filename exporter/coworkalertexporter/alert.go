package coworkalertexporter

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
)

// An alert is what a record says of it.
type alert struct {
	Labels      map[string]string `json:"labels"`
	Annotations map[string]string `json:"annotations,omitempty"`
	// At is when the record was made: of two, the later one knows better.
	At       time.Time `json:"at"`
	StartsAt time.Time `json:"starts_at"`
	// EndsAt is zero while the alert fires.
	EndsAt time.Time `json:"ends_at,omitzero"`
}

func (a alert) firing() bool { return a.EndsAt.IsZero() }

// key returns what identifies an alert: its labels, as for Alertmanager.
func (a alert) key() string {
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(a.Labels)) {
		h.Write([]byte(name + "\x00" + a.Labels[name] + "\x00"))
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// How long a label and an annotation may be. Notifiers cut much earlier.
const (
	maxLabel      = 256
	maxAnnotation = 4096
)

// A reader makes alerts of records.
type reader struct {
	labels, annotations []string // attributes
	cut                 int      // how many values were too long
}

// Reasons why a record is no alert.
const (
	otherEvent = "other_event"
	noName     = "no_name"
	noStatus   = "no_status"
)

// read returns the alert that a record tells of, or why it tells of none. A record
// without any time is of now.
func (r *reader) read(ev cowork.Event, now time.Time) (a alert, why string) {
	if ev.Name() != "alert" {
		return alert{}, otherEvent
	}
	name, ok := ev.Str("alert.name")
	if !ok {
		return alert{}, noName
	}
	a.Labels = map[string]string{nameLabel: r.short(name, maxLabel), severityLabel: severity(ev)}
	if fingerprint, ok := ev.Str("alert.fingerprint"); ok {
		a.Labels[fingerprintLabel] = r.short(fingerprint, maxLabel)
	}
	r.copy(ev, r.labels, a.Labels, labelName, maxLabel)
	if slices.Contains(r.labels, ruleLabels) {
		r.copyRuleLabels(ev, a.Labels)
	}
	a.Annotations = map[string]string{}
	r.copy(ev, r.annotations, a.Annotations, annotationName, maxAnnotation)
	a.At = madeAt(ev, now)
	a.StartsAt = timeOf(ev, "alert.starts_at", a.At)
	switch status, _ := ev.Str("alert.status"); status {
	case "firing":
	case "resolved":
		a.EndsAt = timeOf(ev, "alert.ends_at", a.At)
	default:
		return alert{}, noStatus
	}
	return a, ""
}

func (r *reader) copy(ev cowork.Event, attributes []string, to map[string]string, name func(string) string, limit int) {
	for _, attribute := range attributes {
		if value, ok := ev.Str(attribute); ok {
			to[name(attribute)] = r.short(value, limit)
		}
	}
}

// copyRuleLabels adds the labels that the rule was given, under their own names. None of
// them takes the place of another.
func (r *reader) copyRuleLabels(ev cowork.Event, to map[string]string) {
	for attribute, value := range ev.Record().Attributes().All() {
		own, ok := strings.CutPrefix(attribute, strings.TrimSuffix(ruleLabels, "*"))
		if _, taken := to[labelName(own)]; ok && !taken {
			to[labelName(own)] = r.short(value.AsString(), maxLabel)
		}
	}
}

// short cuts a value on a rune's boundary, and makes it the text it should be.
func (r *reader) short(s string, limit int) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if len(s) <= limit {
		return s
	}
	r.cut++
	for limit > 0 && !utf8.RuneStart(s[limit]) {
		limit--
	}
	return s[:limit]
}

// severities are the lowest numbers of a record that mean each of them.
var severities = []struct {
	least plog.SeverityNumber
	name  string
}{
	{plog.SeverityNumberError, "critical"},
	{plog.SeverityNumberWarn, "warning"},
	{plog.SeverityNumberUnspecified, "info"},
}

// severity returns info, warning or critical: by name where the record has one.
func severity(ev cowork.Event) string {
	name, ok := ev.Str("alert.severity")
	if !ok {
		name = ev.Record().SeverityText()
	}
	name = strings.ToLower(name)
	for _, s := range severities {
		if name == s.name {
			return s.name
		}
	}
	for _, s := range severities {
		if ev.Record().SeverityNumber() >= s.least {
			return s.name
		}
	}
	return ""
}

// timeOf returns an attribute's time, else another. A time of before 1970 is none.
func timeOf(ev cowork.Event, attribute string, otherwise time.Time) time.Time {
	s, ok := ev.Str(attribute)
	if !ok {
		return otherwise
	}
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil || t.Unix() <= 0 {
		return otherwise
	}
	return t.UTC()
}

// madeAt returns when a record was made: its observed time is the rule's, its other
// one may be that of the event behind it.
func madeAt(ev cowork.Event, otherwise time.Time) time.Time {
	if ts := ev.Record().ObservedTimestamp(); ts != 0 {
		return ts.AsTime()
	}
	if ts := ev.Time(); ts != 0 {
		return ts.AsTime()
	}
	return otherwise
}
