package schema

import (
	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/internal/cowork"
)

// alertKind is the kind of the alerts of cowork_rules.
const alertKind = "alert"

// IsOwn reports whether the collector itself made an event of a kind, without that of a
// client: the version of its service is that of the collector, and it has no machine.
func IsOwn(kind string) bool { return kind == alertKind || kind == "tenant_mismatch" }

// TextOf returns an attribute as text, "" for one that is absent or was replaced by a
// marker of redaction.
func TextOf(e cowork.Event, key string) string {
	text, _ := e.Str(key)
	if cowork.IsMarker(text) {
		return ""
	}
	return text
}

// DimensionOf returns the event's value of a dimension. An alert has those of its group
// under their names, such as user.
func DimensionOf(e cowork.Event, kind, name string) string {
	if value := e.Dimension(name); value != "" && !cowork.IsMarker(value) {
		return value
	}
	if kind == alertKind {
		return TextOf(e, name)
	}
	return ""
}

// UserIDOf returns the account, else the user by which events are grouped.
func UserIDOf(e cowork.Event, kind string) string {
	if account := TextOf(e, "user.account_uuid"); account != "" {
		return account
	}
	return DimensionOf(e, kind, "user")
}

// TagsOf returns the tags of the rule of an alert: attack.t1059.004, atlas.aml.t0051,
// owasp.llm01-2026.
func TagsOf(e cowork.Event, b *Bounds) []string { return ListOf(e, "alert.tags", b) }

// ListOf returns the texts of an attribute that is a list, none for another value.
func ListOf(e cowork.Event, key string, b *Bounds) (texts []string) {
	v, ok := e.Value(key)
	if !ok || v.Type() != pcommon.ValueTypeSlice {
		return nil
	}
	for i, text := range v.Slice().All() {
		if i == MaxList {
			b.Truncated = true
			break
		}
		texts = append(texts, text.AsString())
	}
	return texts
}
