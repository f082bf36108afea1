// Package setup holds the setup check: which events arrive, what is wrong, what to do
// about it ([Check.Advice]), what to enter in Cowork's admin settings ([Client]), and what
// is stored. [NewView] is its page, [Check.JSON] the same for programs.
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
	Redacted  bool // by the configuration, before records reach the page
	Now       time.Time
}

// A Retention bounds the figures and prompts of the database.
type Retention struct {
	Hours, Days time.Duration // age of hourly and of daily figures
	Prompts     int           // number of prompts with their steps
}

// An Advice is a problem and what to do about it. Its badge is bad, warn or good.
type Advice struct {
	Badge string `json:"level"`
	What  string `json:"what"`
	Do    string `json:"do"`
}

// The limits of the setup check.
const (
	quietAfter  = 72 * time.Hour // without events of a core kind
	lowShare    = 0.95           // of the events that have an expected attribute
	maxListed   = 5              // names in the description of a problem
	maxProblems = 20             // of other components
)

// Advice returns the problems, or that there are none.
func (s Check) Advice() []Advice {
	list := s.problemAdvice()
	if s.Latest.IsZero() { // refused requests can be the reason
		list = append(list, s.refusedAdvice()...)
	}
	list = append(list, s.eventAdvice()...)
	if !s.Latest.IsZero() {
		list = append(list, s.refusedAdvice()...)
	}
	list = slices.DeleteFunc(list, func(a Advice) bool { return a.What == "" })
	if !slices.ContainsFunc(list, func(a Advice) bool { return a.Badge != "good" }) {
		list = append(list, Advice{"good", "All expected events arrive.", "Nothing to do."})
	}
	for i := range list {
		list[i].What = format.Sanitize(format.Truncate(list[i].What, format.MaxTitle))
	}
	return list
}

// problemAdvice returns the problems of other components.
func (s Check) problemAdvice() (list []Advice) {
	for _, p := range s.Problems[:min(len(s.Problems), maxProblems)] {
		what := p.What + ", since " + format.Ago(p.Since, s.Now)
		if p.Count > 1 {
			what += ", " + format.Count(float64(p.Count)) + " times"
		}
		list = append(list, Advice{"bad", what + ".", p.Do})
	}
	if n := len(s.Problems) - len(list); n > 0 {
		list = append(list, Advice{"bad", format.Count(float64(n)) + " more problems.", "See the collector’s log."})
	}
	return list
}

// eventAdvice returns what to do about the events that arrive and their attributes, in the
// order in which problems should be solved. An advice without a problem has no text.
func (s Check) eventAdvice() []Advice {
	none := s.Latest.IsZero()
	unknown, _ := namesOf(s.Unknown)
	_, incomplete := namesOf(s.Rejected)
	list := []Advice{
		{
			"bad", s.Problem,
			"Figures may be old or incomplete until this is solved. See the collector’s log, and check that its disk is not full and is writable.",
		},
		{
			"bad", textIf(none, "No event has arrived yet."),
			"Enter the settings below in Cowork’s admin settings. Start a new session (running sessions keep their old settings) and send a prompt. Check that users’ computers can reach the endpoint below.",
		},
		s.reachAdvice(),
		s.contentAdvice(),
	}
	return append(append(list, s.kindAdvice()...), []Advice{
		{
			"warn", s.missingAttribute("user.account_uuid", "user.email"),
			"Remote sessions and sessions with an API key often lack the account. Count users by enduser.id or process.owner, which the desktop application can send. If names must stay hidden, let cowork_redaction make pseudonyms of them.",
		},
		{
			"warn", s.missingAttribute("organization.id"),
			"Remote sessions often lack the organization. To distinguish organizations, set it as a resource attribute: otlpResourceAttributes in device management, or OTEL_RESOURCE_ATTRIBUTES.",
		},
		{
			"warn", s.missingAttribute("prompt.id"),
			"Events without prompt.id belong to no prompt and are missing from Prompts. Update clients that are older than the versions listed here.",
		},
		{
			"warn", listed("Often missing: ", s.otherAttributes()),
			"Older clients do not send every attribute. Update them, or avoid these attributes in rules and panels.",
		},
		{
			"warn", listed("Texts of unknown attributes were replaced: ", unknown),
			"A client sends text under a new name. Update the collector. If an attribute has no content, add it to known_attributes of cowork_redaction.",
		},
		{
			"warn", textIf(incomplete > 0, format.Count(float64(incomplete))+" events are incomplete."),
			"See the reasons below. The cowork_event processor marks or drops such events, depending on on_invalid.",
		},
		{
			"warn", s.unpricedRequests(),
			"The figures of cost lack these requests. Set prices of cowork_event for the models whose cost clients do not send.",
		},
		{
			"warn", listed("Clocks of clients are wrong: ", s.wrongClocks()),
			"Synchronize the clocks of these computers and virtual machines. Figures and rules use the clients’ times, and traces correct only those that cannot be. The events have cowork.clock_skew_ms or cowork.time_source.",
		},
		{
			"good", textIf(s.Clocks.Late > 0, "Events arrived more than a minute late: "+format.CountNoun(s.Clocks.Late, "{session}")+"."),
			"Nothing to do if computers sleep or are offline. If all sessions are late, check the network, and the queues of collectors in front of this one. The events have cowork.delivery_delay_ms.",
		},
		{
			"warn", textIf(s.Lost > 0, format.Count(float64(s.Lost))+" events are not in the figures."),
			"The database could not store them. Check for a full disk or a limit that is too small.",
		},
		{
			"good", textIf(s.Content.Absent > 0 && s.Content.Replaced+s.Content.Plain == 0, "Clients do not send content."),
			"Nothing to do: without content there is nothing to redact. Enable it in Cowork’s admin settings only if you need it.",
		},
	}...)
}

func textIf(found bool, text string) string {
	if !found {
		return ""
	}
	return text
}

// listed returns a sentence with a bounded list of names, "" if there are none.
func listed(prefix string, names []string) string {
	if n := len(names) - maxListed; n > 0 {
		names = append(names[:maxListed:maxListed], format.Count(float64(n))+" more")
	}
	return textIf(len(names) > 0, prefix+format.List(names)+".")
}

// namesOf returns the names of counts, and the sum of their events.
func namesOf(counts []report.Count) (names []string, events int64) {
	for _, c := range counts {
		events += c.Events
		if c.Name != "" {
			names = append(names, c.Name)
		}
	}
	return names, events
}

// coreKinds returns the names of the core kinds that match.
func (s Check) coreKinds(match func(report.Kind) bool) (names []string) {
	for _, k := range s.Kinds {
		if k.Core && match(k) {
			names = append(names, k.Name)
		}
	}
	return names
}

// missingAttribute describes the first of some attributes that is often missing from core
// events, "" if there is none.
func (s Check) missingAttribute(names ...string) string {
	for _, name := range names {
		have, all := 0.0, 0.0
		for _, k := range s.Kinds {
			i := slices.IndexFunc(k.Attributes, func(s report.Share) bool { return s.Name == name })
			if k.Core && i >= 0 {
				have += k.Attributes[i].Share * float64(k.Events)
				all += float64(k.Events)
			}
		}
		if all >= fewEvents && have/all < lowShare {
			return "Only " + format.Percent(have/all) + " of core events have " + name + "."
		}
	}
	return ""
}

// checkedAttributes have advice of their own.
var checkedAttributes = []string{"user.account_uuid", "user.email", "organization.id", "prompt.id"}

// otherAttributes returns the other attributes that are often missing.
func (s Check) otherAttributes() (gaps []string) {
	for _, k := range s.Kinds {
		for _, a := range k.Attributes {
			if k.Core && k.Events >= fewEvents && a.Share < lowShare && !slices.Contains(checkedAttributes, a.Name) {
				gaps = append(gaps, a.Name+" of "+k.Name+" ("+format.Percent(a.Share)+")")
			}
		}
	}
	return gaps
}

// unpricedRequests describes the requests without a known cost, with up to three models.
func (s Check) unpricedRequests() string {
	names, n := namesOf(s.Unpriced)
	text := "Cost is unknown: " + format.CountNoun(n, "{request}")
	if len(names) > 0 {
		text += ", of " + format.List(names[:min(len(names), 3)])
	}
	return textIf(n > 0, text+".")
}

// wrongClocks returns the numbers of sessions with wrong clocks.
func (s Check) wrongClocks() (parts []string) {
	for _, c := range []struct {
		n    int64
		what string
	}{{s.Clocks.Ahead, "fast"}, {s.Clocks.Behind, "slow"}, {s.Clocks.Missing, "without times"}} {
		if c.n > 0 {
			parts = append(parts, format.CountNoun(c.n, "{session}")+" "+c.what)
		}
	}
	return parts
}
