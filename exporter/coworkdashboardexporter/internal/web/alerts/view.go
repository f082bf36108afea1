// Package alerts holds the page of alerts: what fires, why it matters, what to do, the
// prompts behind it and its history, and the silences of an Alertmanager.
package alerts

import (
	"net/url"
	"slices"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/chart"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/steps"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

// Shown is how many alerts the page lists.
const Shown = 100

// maxText bounds the characters of a message that are shown.
const maxText = 1000

// An Input is what the page is made of.
type Input struct {
	Alerts []report.Alert
	Cut    int // further alerts
	Err    error
	// Silences is nil without an Alertmanager.
	Silences *SilenceInput
	Token    string
}

// A View is the page of alerts.
type View struct {
	Trouble  string
	Firing   []Alert
	Resolved []Alert
	Cut      string
	// Counts are the numbers of firing alerts by severity, the worst first.
	Counts   []Count
	Silences *SilenceList
}

// A Count is the number of firing alerts with a severity.
type Count struct {
	Badge, Severity, Text string
}

// An Alert is one alert.
type Alert struct {
	ID                                 string // of its element
	Name, Message, Why, Advice, Detail string
	Badge, Severity                    string
	Status, StatusBadge                string
	Start, End                         chart.Cell
	Names                              []Name // that the alert is about
	Techniques                         string // such as ATT&CK T1059.004
	Links                              []Link // to the prompts behind it
	History                            []Change
	Silenced                           bool
	Silence                            string // the address of the form, "" if it cannot be silenced
}

// A Name is a name with the word for what it is.
type Name struct {
	Kind string
	Cell chart.Cell
}

// A Link is a link with its text.
type Link struct{ Text, Href string }

// A Change is a notification of an alert.
type Change struct {
	At            chart.Cell
	Status, Badge string
	Message       string
	Prompt        string // the address of its prompt, "" for none
}

// severities are the severities with their colors, the worst first.
var severities = []struct{ name, badge string }{{"critical", "bad"}, {"warning", "warn"}, {"info", ""}}

func badgeOf(severity string) string {
	for _, s := range severities {
		if s.name == severity {
			return s.badge
		}
	}
	return ""
}

var statusBadges = map[string]string{"firing": "bad", "resolved": "good"}

// NewView returns the page.
func NewView(q *urlquery.Query, in *Input) View {
	v := View{}
	if in.Err != nil {
		v.Trouble = chart.Trouble(in.Err)
	}
	v.Silences = newSilenceList(q, in)
	for i := range in.Alerts {
		a := newAlert(q, &in.Alerts[i])
		if in.Silences != nil && in.Alerts[i].Status == "firing" {
			a.Silenced = len(in.Silences.State.By[in.Alerts[i].Fingerprint]) > 0
			if !in.Silences.ReadOnly {
				a.Silence = q.Link("/alerts/silence", "alert", in.Alerts[i].Fingerprint)
			}
		}
		if in.Alerts[i].Status == "firing" {
			v.Firing = append(v.Firing, a)
		} else {
			v.Resolved = append(v.Resolved, a)
		}
	}
	for _, s := range severities {
		n := int64(0)
		for _, a := range v.Firing {
			if a.Severity == s.name {
				n++
			}
		}
		if n > 0 {
			v.Counts = append(v.Counts, Count{s.badge, s.name, format.Count(float64(n))})
		}
	}
	if in.Cut > 0 {
		v.Cut = format.CountNoun(int64(in.Cut), "{alert}")
	}
	return v
}

func text(s string) string { return format.Sanitize(format.Truncate(s, maxText)) }

func newAlert(q *urlquery.Query, a *report.Alert) Alert {
	name, _ := format.Name(a.Name)
	view := Alert{
		ID: "a-" + format.Slug(a.Fingerprint), Name: name, Message: text(a.Message), Why: text(a.Why), Advice: text(a.Advice), Detail: text(a.Measured),
		Badge: badgeOf(a.Severity), Severity: text(a.Severity), Status: text(a.Status), StatusBadge: statusBadges[a.Status],
		Start: chart.Time(q, a.Start), End: chart.Time(q, a.End), Techniques: techniquesOf(a.Tags),
	}
	for _, n := range [...]struct{ kind, name string }{{"User", a.User}, {"Model", a.Model}, {"Tool", a.Tool}, {"Connector", a.Connector}} {
		if n.name != "" {
			view.Names = append(view.Names, Name{n.kind, chart.Text(q, n.name, n.kind)})
		}
	}
	if len(view.Names) == 0 && a.Group != "" {
		view.Names = []Name{{"About", chart.Text(q, a.Group, "")}}
	}
	view.Links = linksOf(q, a)
	for _, c := range a.Changes {
		view.History = append(view.History, Change{
			At: chart.Time(q, c.At), Status: text(c.Status), Badge: statusBadges[c.Status], Message: text(c.Message), Prompt: promptHref(q, c.Prompt, c.Event),
		})
	}
	return view
}

// linksOf returns the links to the prompt and the session of an alert, or to the prompts
// of its names from an hour before it began to fire.
func linksOf(q *urlquery.Query, a *report.Alert) (links []Link) {
	if href := promptHref(q, a.Prompt, a.Event); href != "" && a.Event != "" {
		links = append(links, Link{"The step that caused it", href})
	} else if href != "" {
		links = append(links, Link{"The prompt that caused it", href})
	}
	if a.Session != "" && q.Has("/session") {
		links = append(links, Link{"The session", q.Link("/session", "session", a.Session)})
	}
	if a.Prompt != "" || a.Start.IsZero() || a.User+a.Model+a.Tool+a.Connector == "" {
		return links
	}
	end := a.End
	if end.IsZero() {
		end = q.Now
	}
	parameters := []string{"range", "", "from", timeOf(a.Start.Add(-time.Hour)), "to", timeOf(end)}
	for _, n := range [...][2]string{{"user", a.User}, {"model", a.Model}, {"tool", a.Tool}, {"connector", a.Connector}} {
		if urlquery.Valid(n[1]) {
			parameters = append(parameters, n[0], n[1])
		}
	}
	return append(links, Link{"Prompts of that time", q.Link("/prompts", parameters...)})
}

func timeOf(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// promptHref returns the address of a prompt, at the step of an event if there is one.
func promptHref(q *urlquery.Query, id, event string) string {
	if id == "" || !urlquery.Valid(id) {
		return ""
	}
	href := q.Link("/prompts/"+url.PathEscape(id), steps.EventParameter, event)
	if event != "" {
		href += "#" + steps.MarkedID
	}
	return href
}

// newest sorts silences, those that end last first.
func newest(list []report.Silence) []report.Silence {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b report.Silence) int { return b.End.Compare(a.End) })
	return list
}
