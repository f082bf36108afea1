package setup

import (
	"slices"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
)

// A Check is the input of the setup check.
type Check struct {
	report.Setup
	report.State
	Problems  []report.Problem // of other components
	Refused   []report.Refused // the latest first
	Retention Retention
	Client    Client
	Now       time.Time
}

// An Advice is a problem and what to do about it. Its badge is bad, warn or good.
type Advice struct {
	Badge string `json:"level"`
	What  string `json:"what"`
	Do    string `json:"do"`
}

// A check looks for one problem. Its function returns a description of the
// problem, "" if there is none.
type check struct {
	badge string
	find  func(Check) string
	do    string
}

// checks are in the order in which problems should be solved.
var checks = []check{
	{
		"bad", func(s Check) string { return s.Problem },
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
		"warn", func(s Check) string { return checkAttribute(s, "user.account_uuid", "user.email") },
		"Remote sessions and sessions with an API key often lack the account. Count users by enduser.id or process.owner, which the desktop application can send. Keep pseudonymize enabled if names must stay hidden.",
	},
	{
		"warn", func(s Check) string { return checkAttribute(s, "organization.id") },
		"Remote sessions often lack the organization. To distinguish organizations, set it as a resource attribute in Cowork’s admin settings.",
	},
	{
		"warn", func(s Check) string { return checkAttribute(s, "prompt.id") },
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

// Advice returns the problems, or that there are none.
func (s Check) Advice() []Advice {
	list := s.problemAdvice()
	for _, c := range checks {
		if what := c.find(s); what != "" {
			list = append(list, Advice{c.badge, format.Sanitize(format.Truncate(what, format.MaxTitle)), c.do})
		}
	}
	list = append(list, s.refusedAdvice()...)
	if !slices.ContainsFunc(list, func(a Advice) bool { return a.Badge != "good" }) {
		list = append(list, Advice{"good", "All expected events arrive.", "Nothing to do."})
	}
	return list
}

// maxProblems is how many problems of other components are shown.
const maxProblems = 20

// problemAdvice returns the problems of other components.
func (s Check) problemAdvice() (list []Advice) {
	for _, p := range s.Problems[:min(len(s.Problems), maxProblems)] {
		what := p.What + ", since " + format.Ago(p.Since, s.Now)
		if p.Count > 1 {
			what += ", " + format.Count(float64(p.Count)) + " times"
		}
		list = append(list, Advice{"bad", format.Sanitize(format.Truncate(what, format.MaxTitle)) + ".", p.Do})
	}
	if n := len(s.Problems) - len(list); n > 0 {
		list = append(list, Advice{"bad", format.Count(float64(n)) + " more problems.", "See the collector’s log."})
	}
	return list
}
