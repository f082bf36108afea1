package web

import (
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// fewOf is the share below which an attribute that should be there is worth a word.
const fewOf = 0.95

// A finding is what advice is given on.
type finding struct {
	report.Setup
	report.State
	now   time.Time
	local bool
}

// An adviceView is one thing to do.
type adviceView struct {
	Badge string
	What  string
	Do    string
}

// An advice looks for one gap: what it names is what is missing, "" where nothing is.
type advice struct {
	badge string
	gap   func(finding) string
	do    string
}

// advices are in the order of a remedy: what must work first stands first.
var advices = []advice{
	{
		"bad", func(f finding) string { return f.Problem },
		"The figures may be old or incomplete until this is solved: see the collector’s log, and whether its disk is full and may be written to.",
	},
	{
		"bad", nothingCame,
		"Enter the settings below in Cowork’s admin settings, start a new session (running ones keep their old settings), and write one prompt; check that the address below can be reached from a user’s computer.",
	},
	{
		"bad", onlyLocal,
		"Cowork runs in a virtual machine, to which localhost is itself: give the collector a name that users’ computers can reach, and set it as collector_url.",
	},
	{
		"bad", plainContent,
		"Put the cowork_redaction processor before this exporter, and leave redact_prompt_content and redact_response_content on.",
	},
	{
		"warn", missingCore,
		"Run one task that uses a tool, and one that calls a connector that is disconnected: each kind should then appear here within a minute.",
	},
	{
		"warn", quietCore,
		"If people did work in this time, export may have stopped: it fails silently, so start a new session and see whether its events arrive here.",
	},
	{
		"warn", func(f finding) string { return rare(f, "user.account_uuid", "user.email") },
		"Remote sessions and sessions with an API key often lack the account: count users by enduser.id or process.owner, which the desktop application can send, and keep pseudonymize on where names must not be seen.",
	},
	{
		"warn", func(f finding) string { return rare(f, "organization.id") },
		"Remote sessions often lack the organization: set it as a resource attribute in Cowork’s admin settings if you need to tell organizations apart.",
	},
	{
		"warn", func(f finding) string { return rare(f, "prompt.id") },
		"Events without prompt.id belong to no prompt and are missing from Prompts: update clients that are older than those listed here.",
	},
	{
		"warn", otherGaps,
		"Older clients do not send every attribute: update them, or leave out of panels and rules what these attributes feed.",
	},
	{
		"warn", func(f finding) string { return countOf("events found incomplete", f.Rejected) },
		"See the reasons below; cowork_event marks or drops such events, as on_invalid says.",
	},
	{
		"warn", lost,
		"The store could not take them: look for a full disk, or a limit that is too small.",
	},
	{
		"good", contentAbsent,
		"Nothing needs to be done: without content there is nothing to redact. Turn it on in Cowork’s admin settings only if you need it.",
	},
}

// advise returns what is worth doing, and says so where there is nothing.
func advise(f finding) []adviceView {
	var out []adviceView
	for _, a := range advices {
		if what := a.gap(f); what != "" {
			out = append(out, adviceView{a.badge, clean(cut(what, maxTitle)), a.do})
		}
	}
	if !slices.ContainsFunc(out, func(a adviceView) bool { return a.Badge != "good" }) {
		out = append(out, adviceView{"good", "All that should arrive arrives.", "Nothing needs to be done."})
	}
	return out
}

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
