package setup

import (
	"slices"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
)

// This file checks which events arrive, and with which attributes.

func checkNoEvents(s Check) string {
	if s.Latest.IsZero() {
		return "No event has arrived yet."
	}
	return ""
}

func checkLoopback(s Check) string {
	if s.Client.Local && s.Latest.IsZero() {
		return "Other computers cannot reach the endpoint below."
	}
	return ""
}

func checkPlainContent(s Check) string {
	if s.Content.Plain > 0 {
		return "Content arrived without redaction: " + format.CountNoun(s.Content.Plain, "{text}") + "."
	}
	return ""
}

func checkNoContent(s Check) string {
	if s.Content.Absent > 0 && s.Content.Replaced+s.Content.Plain == 0 {
		return "Clients do not send content."
	}
	return ""
}

func checkMissingKinds(s Check) string {
	if s.Latest.IsZero() {
		return ""
	}
	return listCoreKinds(s, "Never seen: ", func(k report.Kind) bool { return k.Events == 0 })
}

func checkQuietKinds(s Check) string {
	return listCoreKinds(s, "Not seen for three days: ", func(k report.Kind) bool {
		return k.Events > 0 && s.Now.Sub(k.Last) > quietAfter
	})
}

// listCoreKinds lists the core kinds that match.
func listCoreKinds(s Check, prefix string, match func(report.Kind) bool) string {
	var names []string
	for _, k := range s.Kinds {
		if k.Core && match(k) {
			names = append(names, k.Name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return prefix + format.List(names) + "."
}

// checkAttribute reports the first of some attributes that is often missing from core
// events.
func checkAttribute(s Check, names ...string) string {
	for _, name := range names {
		have, all := 0.0, 0.0
		for _, k := range s.Kinds {
			i := slices.IndexFunc(k.Attributes, func(s report.Share) bool { return s.Name == name })
			if k.Core && i >= 0 {
				have += k.Attributes[i].Share * float64(k.Events)
				all += float64(k.Events)
			}
		}
		if all > 0 && have/all < lowShare {
			return "Only " + format.Percent(have/all) + " of core events have " + name + "."
		}
	}
	return ""
}

// checkedAttributes have advice of their own.
var checkedAttributes = []string{"user.account_uuid", "user.email", "organization.id", "prompt.id"}

// checkOtherAttributes lists up to five other attributes that are often missing.
func checkOtherAttributes(s Check) string {
	var gaps []string
	for _, k := range s.Kinds {
		for _, a := range k.Attributes {
			if k.Core && k.Events > 0 && a.Share < lowShare && !slices.Contains(checkedAttributes, a.Name) {
				gaps = append(gaps, a.Name+" of "+k.Name+" ("+format.Percent(a.Share)+")")
			}
		}
	}
	if len(gaps) == 0 {
		return ""
	}
	if n := len(gaps) - 5; n > 0 {
		gaps = append(gaps[:5], format.Count(float64(n))+" more")
	}
	return "Often missing: " + format.List(gaps) + "."
}

// checkUnknown lists up to five unknown attributes.
func checkUnknown(s Check) string {
	var names []string
	for _, c := range s.Unknown {
		names = append(names, c.Name)
	}
	if len(names) == 0 {
		return ""
	}
	if n := len(names) - 5; n > 0 {
		names = append(names[:5], format.Count(float64(n))+" more")
	}
	return "Texts of unknown attributes were replaced: " + format.List(names) + "."
}

func checkRejected(s Check) string {
	n := int64(0)
	for _, c := range s.Rejected {
		n += c.Events
	}
	if n == 0 {
		return ""
	}
	return format.Count(float64(n)) + " events are incomplete."
}

func checkLost(s Check) string {
	if s.Lost == 0 {
		return ""
	}
	return format.Count(float64(s.Lost)) + " events are not in the figures."
}
