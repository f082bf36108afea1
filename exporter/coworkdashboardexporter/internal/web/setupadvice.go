package web

import (
	"slices"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
)

// A setupStatus is the input of the setup check.
type setupStatus struct {
	report.Setup
	report.State
	problems []report.Problem // of other components
	refused  []report.Refused
	now      time.Time
	client   clientSettings
}

// An advice is a problem and what to do about it.
type advice struct {
	Badge string
	What  string
	Do    string
}

// A setupCheck checks for one problem. Its function returns a description of the
// problem, "" if there is none.
type setupCheck struct {
	badge string
	check func(setupStatus) string
	do    string
}

// setupChecks are in the order in which problems should be solved.
var setupChecks = []setupCheck{
	{
		"bad", func(s setupStatus) string { return s.Problem },
		"Figures may be old or incomplete until this is solved. See the collector’s log, and check that its disk is not full and is writable.",
	},
	{
		"bad", checkNoEvents,
		"Enter the settings below in Cowork’s admin settings. Start a new session (running sessions keep their old settings) and send a prompt. Check that users’ computers can reach the endpoint below.",
	},
	{
		"bad", checkLoopback,
		"Cowork runs in a virtual machine, where localhost is the virtual machine itself. Give the collector a name that users’ computers can reach, and set collector_url to it.",
	},
	{
		"bad", checkPlainContent,
		"Put the cowork_redaction processor before this exporter, and keep redact_prompt_content and redact_response_content enabled.",
	},
	{
		"warn", checkMissingKinds,
		"Run one task that uses a tool, and one that uses a disconnected connector. Each kind should then appear here within a minute.",
	},
	{
		"warn", checkQuietKinds,
		"If people worked in this time, the export may have stopped: Cowork does not report failed exports. Start a new session and check whether its events arrive here.",
	},
	{
		"warn", func(s setupStatus) string { return checkAttribute(s, "user.account_uuid", "user.email") },
		"Remote sessions and sessions with an API key often lack the account. Count users by enduser.id or process.owner, which the desktop application can send. Keep pseudonymize enabled if names must stay hidden.",
	},
	{
		"warn", func(s setupStatus) string { return checkAttribute(s, "organization.id") },
		"Remote sessions often lack the organization. To distinguish organizations, set it as a resource attribute in Cowork’s admin settings.",
	},
	{
		"warn", func(s setupStatus) string { return checkAttribute(s, "prompt.id") },
		"Events without prompt.id belong to no prompt and are missing from Prompts. Update clients that are older than the versions listed here.",
	},
	{
		"warn", checkOtherAttributes,
		"Older clients do not send every attribute. Update them, or avoid these attributes in rules and panels.",
	},
	{
		"warn", checkUnknown,
		"A client sends text under a new name. Update the collector. If an attribute has no content, add it to known_attributes of cowork_redaction.",
	},
	{
		"warn", checkRejected,
		"See the reasons below. The cowork_event processor marks or drops such events, depending on on_invalid.",
	},
	{
		"warn", checkUnpriced,
		"The figures of cost lack these requests. Set prices of cowork_event for the models whose cost clients do not send.",
	},
	{
		"warn", checkClocks,
		"Synchronize the clocks of these computers and virtual machines. Figures and rules use the clients’ times, and traces correct only those that cannot be. The events have cowork.clock_skew_ms or cowork.time_source.",
	},
	{
		"good", checkLate,
		"Nothing to do if computers sleep or are offline. If all sessions are late, check the network, and the queues of collectors in front of this one. The events have cowork.delivery_delay_ms.",
	},
	{
		"warn", checkLost,
		"The database could not store them. Check for a full disk or a limit that is too small.",
	},
	{
		"good", checkNoContent,
		"Nothing to do: without content there is nothing to redact. Enable it in Cowork’s admin settings only if you need it.",
	},
}

// advice returns the problems, or that there are none.
func (s setupStatus) advice() []advice {
	list := s.problemAdvice()
	for _, c := range setupChecks {
		if what := c.check(s); what != "" {
			list = append(list, advice{c.badge, format.Sanitize(format.Truncate(what, format.MaxTitle)), c.do})
		}
	}
	list = append(list, s.refusedAdvice()...)
	if !slices.ContainsFunc(list, func(a advice) bool { return a.Badge != "good" }) {
		list = append(list, advice{"good", "All expected events arrive.", "Nothing to do."})
	}
	return list
}

// maxProblems is how many problems of other components are shown.
const maxProblems = 20

// problemAdvice returns the problems of other components.
func (s setupStatus) problemAdvice() (list []advice) {
	for _, p := range s.problems[:min(len(s.problems), maxProblems)] {
		what := p.What + ", since " + format.Ago(p.Since, s.now)
		if p.Count > 1 {
			what += ", " + format.Count(float64(p.Count)) + " times"
		}
		list = append(list, advice{"bad", format.Sanitize(format.Truncate(what, format.MaxTitle)) + ".", p.Do})
	}
	if n := len(s.problems) - len(list); n > 0 {
		list = append(list, advice{"bad", format.Count(float64(n)) + " more problems.", "See the collector’s log."})
	}
	return list
}

func checkNoEvents(s setupStatus) string {
	if s.Latest.IsZero() {
		return "No event has arrived yet."
	}
	return ""
}

func checkLoopback(s setupStatus) string {
	if s.client.Local && s.Latest.IsZero() {
		return "Other computers cannot reach the endpoint below."
	}
	return ""
}

func checkPlainContent(s setupStatus) string {
	if s.Content.Plain > 0 {
		return "Content arrived without redaction: " + format.CountNoun(s.Content.Plain, "{text}") + "."
	}
	return ""
}

func checkNoContent(s setupStatus) string {
	if s.Content.Absent > 0 && s.Content.Replaced+s.Content.Plain == 0 {
		return "Clients do not send content."
	}
	return ""
}

func checkMissingKinds(s setupStatus) string {
	if s.Latest.IsZero() {
		return ""
	}
	return listCoreKinds(s, "Never seen: ", func(k report.Kind) bool { return k.Events == 0 })
}

func checkQuietKinds(s setupStatus) string {
	return listCoreKinds(s, "Not seen for three days: ", func(k report.Kind) bool {
		return k.Events > 0 && s.now.Sub(k.Last) > quietAfter
	})
}

// listCoreKinds lists the core kinds that match.
func listCoreKinds(s setupStatus, prefix string, match func(report.Kind) bool) string {
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
func checkAttribute(s setupStatus, names ...string) string {
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
func checkOtherAttributes(s setupStatus) string {
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
func checkUnknown(s setupStatus) string {
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

func checkRejected(s setupStatus) string {
	n := int64(0)
	for _, c := range s.Rejected {
		n += c.Events
	}
	if n == 0 {
		return ""
	}
	return format.Count(float64(n)) + " events are incomplete."
}

func checkLost(s setupStatus) string {
	if s.Lost == 0 {
		return ""
	}
	return format.Count(float64(s.Lost)) + " events are not in the figures."
}
