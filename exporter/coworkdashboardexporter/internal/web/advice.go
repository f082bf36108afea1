package web

import (
	"slices"
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
