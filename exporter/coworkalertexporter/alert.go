package coworkalertexporter

// This file maps alert records to alerts: labels and their names, annotations, severity
// and times.

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

// An alert is the content of an alert record.
type alert struct {
	Labels      map[string]string `json:"labels"`
	Annotations map[string]string `json:"annotations,omitempty"`
	// RecordedAt is when the record was made. A later record replaces an earlier one.
	RecordedAt time.Time `json:"at"`
	StartsAt   time.Time `json:"starts_at"`
	// EndsAt is zero while the alert is firing.
	EndsAt time.Time `json:"ends_at,omitzero"`
}

func (a alert) firing() bool { return a.EndsAt.IsZero() }

// key returns a hash of the labels. Alertmanager identifies an alert by its labels, too.
func (a alert) key() string {
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(a.Labels)) {
		h.Write([]byte(name + "\x00" + a.Labels[name] + "\x00"))
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// ruleGroup identifies the rule and the group that an alert is for, whatever its other
// labels are. It returns "" for an alert without a fingerprint.
func (a alert) ruleGroup() string {
	if a.Labels[fingerprintLabel] == "" {
		return ""
	}
	return a.Labels[nameLabel] + "\x00" + a.Labels[fingerprintLabel]
}

// Labels of every alert. The fingerprint separates the groups of a rule even if the
// attributes that they differ in are not listed in labels.
const (
	nameLabel        = "alertname"
	severityLabel    = "severity"
	fingerprintLabel = "fingerprint"
)

var reservedLabels = []string{nameLabel, severityLabel, fingerprintLabel}

// ruleLabels in the list of labels selects all labels that the rule adds.
const (
	ruleLabels      = ruleLabelPrefix + "*"
	ruleLabelPrefix = "alert.labels."
)

// An alertParser makes alerts of alert records. It is safe for concurrent use.
type alertParser struct {
	labels, annotations []field
	ruleLabels          bool // copy the labels that the rule adds
}

// A field is an attribute of a record and the label or annotation that it becomes.
type field struct{ attribute, name string }

// newAlertParser returns a parser for attributes that become labels and annotations.
func newAlertParser(labels, annotations []string) *alertParser {
	p := &alertParser{}
	for _, attribute := range labels {
		if attribute == ruleLabels {
			p.ruleLabels = true
		} else {
			p.labels = append(p.labels, field{attribute, labelName(attribute)})
		}
	}
	for _, attribute := range annotations {
		p.annotations = append(p.annotations, field{attribute, annotationName(attribute)})
	}
	return p
}

// Maximum sizes in bytes. Notifiers truncate much earlier.
const (
	maxLabel      = 256
	maxAnnotation = 4096
)

// Reasons why a record is skipped, as reported by the counter of skipped records.
const (
	otherEvent = "other_event"
	noName     = "no_name"
	noStatus   = "no_status"
)

// parse returns the alert of a record and the number of its values that were truncated,
// or the reason why the record is skipped. A record without any time is dated now.
func (p *alertParser) parse(ev cowork.Event, now time.Time) (a alert, truncated int, skipped string) {
	if ev.Name() != "alert" {
		return alert{}, 0, otherEvent
	}
	name, ok := ev.Str("alert.name")
	if !ok {
		return alert{}, 0, noName
	}
	a.Labels, truncated = p.labelsOf(ev, name)
	a.Annotations = map[string]string{}
	for _, f := range p.annotations {
		if value, ok := ev.Str(f.attribute); ok {
			truncated += setText(a.Annotations, f.name, value, maxAnnotation)
		}
	}
	// The observed timestamp is when the rule made the record: the timestamp may be that of
	// the event that caused the alert.
	if ts := ev.Record().ObservedTimestamp(); ts != 0 {
		a.RecordedAt = ts.AsTime()
	} else if ts := ev.Time(); ts != 0 {
		a.RecordedAt = ts.AsTime()
	} else {
		a.RecordedAt = now
	}
	a.StartsAt = timeAttribute(ev, "alert.starts_at", a.RecordedAt)
	switch status, _ := ev.Str("alert.status"); status {
	case firing:
	case resolved:
		a.EndsAt = timeAttribute(ev, "alert.ends_at", a.RecordedAt)
	default:
		return alert{}, truncated, noStatus
	}
	return a, truncated, ""
}

// labelsOf returns the labels of a record, and how many of their values were truncated.
// The labels that the rule's configuration adds have their own names, and do not replace
// other labels.
func (p *alertParser) labelsOf(ev cowork.Event, name string) (labels map[string]string, truncated int) {
	labels = map[string]string{severityLabel: severityOf(ev)}
	truncated = setText(labels, nameLabel, name, maxLabel)
	if fingerprint, ok := ev.Str("alert.fingerprint"); ok {
		truncated += setText(labels, fingerprintLabel, fingerprint, maxLabel)
	}
	for _, f := range p.labels {
		if value, ok := ev.Str(f.attribute); ok {
			truncated += setText(labels, f.name, value, maxLabel)
		}
	}
	if !p.ruleLabels {
		return labels, truncated
	}
	for attribute, value := range ev.Record().Attributes().All() {
		label, ok := strings.CutPrefix(attribute, ruleLabelPrefix)
		if !ok {
			continue
		}
		name := labelName(label)
		if _, exists := labels[name]; !exists {
			truncated += setText(labels, name, value.AsString(), maxLabel)
		}
	}
	return labels, truncated
}

// setText sets a label or annotation to a value, as valid UTF-8. A value above the limit
// is truncated at a rune boundary. It returns how many values were truncated: 0 or 1.
func setText(to map[string]string, name, value string, limit int) (truncated int) {
	value = strings.ToValidUTF8(value, "\uFFFD")
	if len(value) > limit {
		truncated = 1
		for limit > 0 && !utf8.RuneStart(value[limit]) {
			limit--
		}
		value = value[:limit]
	}
	to[name] = value
	return truncated
}

// severities are the severity labels, each with the lowest severity number it is for.
var severities = []struct {
	lowest plog.SeverityNumber
	name   string
}{
	{plog.SeverityNumberError, "critical"},
	{plog.SeverityNumberWarn, "warning"},
	{plog.SeverityNumberUnspecified, "info"},
}

// severityOf returns info, warning or critical: from alert.severity, else from the
// record's severity text, else from its severity number.
func severityOf(ev cowork.Event) string {
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
		if ev.Record().SeverityNumber() >= s.lowest {
			return s.name
		}
	}
	return ""
}

// timeAttribute returns the time in an attribute, or a fallback if there is none. A time
// before 1970 is invalid.
func timeAttribute(ev cowork.Event, attribute string, fallback time.Time) time.Time {
	s, ok := ev.Str(attribute)
	if !ok {
		return fallback
	}
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil || t.Unix() <= 0 {
		return fallback
	}
	return t.UTC()
}

// annotationNames are the annotations that Alertmanager's templates have other names for.
var annotationNames = map[string]string{"alert.message": "summary"}

// annotationName returns the annotation for an attribute.
func annotationName(attribute string) string {
	if name, ok := annotationNames[attribute]; ok {
		return name
	}
	return labelName(strings.TrimPrefix(attribute, "alert."))
}

// labelName returns the label for an attribute, in characters that every release of
// Alertmanager accepts: user.email becomes user_email. Older releases reject a whole
// request for one dot in a name.
func labelName(attribute string) string {
	name := strings.Map(func(r rune) rune {
		if r == '_' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, attribute)
	if name == "" || name[0] >= '0' && name[0] <= '9' {
		name = "_" + name
	}
	// Two leading underscores are reserved for Alertmanager.
	for strings.HasPrefix(name, "__") {
		name = name[1:]
	}
	return name
}
