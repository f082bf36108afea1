package web

import (
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// The gaps that advice is given on, in its order.

func nothingCame(f finding) string {
	if f.Latest.IsZero() {
		return "No event has arrived yet."
	}
	return ""
}

func onlyLocal(f finding) string {
	if f.local && f.Latest.IsZero() {
		return "The address below is one that only this computer knows."
	}
	return ""
}

func plainContent(f finding) string {
	if f.Content.Plain > 0 {
		return "Content came through as it was written: " + count(float64(f.Content.Plain)) + " " + braced("{text}", float64(f.Content.Plain)) + "."
	}
	return ""
}

func contentAbsent(f finding) string {
	if f.Content.Absent > 0 && f.Content.Replaced+f.Content.Plain == 0 {
		return "Clients do not send content."
	}
	return ""
}

func missingCore(f finding) string {
	if f.Latest.IsZero() {
		return ""
	}
	return kindsThat(f, "Never seen: ", func(k report.Kind) bool { return k.Events == 0 })
}

func quietCore(f finding) string {
	return kindsThat(f, "Not seen for three days: ", func(k report.Kind) bool {
		return k.Events > 0 && f.now.Sub(k.Last) > quiet
	})
}

// kindsThat names the core kinds that something is true of.
func kindsThat(f finding, before string, is func(report.Kind) bool) string {
	var names []string
	for _, k := range f.Kinds {
		if k.Core && is(k) {
			names = append(names, k.Name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return before + joined(names) + "."
}

// told apart from other gaps, since there is more to say of them.
var ownAdvice = []string{"user.account_uuid", "user.email", "organization.id", "prompt.id"}

// rare says of how many core events one of some attributes is part, where it is few.
func rare(f finding, names ...string) string {
	for _, name := range names {
		have, all := 0.0, 0.0
		for _, k := range f.Kinds {
			i := slices.IndexFunc(k.Attributes, func(s report.Share) bool { return s.Name == name })
			if k.Core && i >= 0 {
				have += k.Attributes[i].Share * float64(k.Events)
				all += float64(k.Events)
			}
		}
		if all > 0 && have/all < fewOf {
			return "Only " + share(have/all) + " of core events carry " + name + "."
		}
	}
	return ""
}

func otherGaps(f finding) string {
	var gaps []string
	for _, k := range f.Kinds {
		for _, s := range k.Attributes {
			if k.Core && k.Events > 0 && s.Share < fewOf && !slices.Contains(ownAdvice, s.Name) {
				gaps = append(gaps, s.Name+" of "+k.Name+" ("+share(s.Share)+")")
			}
		}
	}
	if len(gaps) == 0 {
		return ""
	}
	if n := len(gaps) - 5; n > 0 {
		gaps = append(gaps[:5], count(float64(n))+" more")
	}
	return "Often missing: " + joined(gaps) + "."
}

func countOf(what string, list []report.Count) string {
	n := int64(0)
	for _, c := range list {
		n += c.Events
	}
	if n == 0 {
		return ""
	}
	return count(float64(n)) + " " + what + "."
}

func lost(f finding) string {
	if f.Lost == 0 {
		return ""
	}
	return count(float64(f.Lost)) + " events are not in the figures."
}

// isLocal reports whether an address leads to the computer that asks it.
func isLocal(endpoint string) bool {
	u, err := url.Parse(endpoint)
	if err != nil {
		return false
	}
	name := strings.ToLower(u.Hostname())
	ip, err := netip.ParseAddr(name)
	return name == "localhost" || strings.HasSuffix(name, ".localhost") || err == nil && (ip.IsLoopback() || ip.IsUnspecified())
}

// joined is names for a sentence.
func joined(list []string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:len(list)-1], ", ") + " and " + list[len(list)-1]
}
