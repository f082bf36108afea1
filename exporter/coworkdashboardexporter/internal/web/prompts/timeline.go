package prompts

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/chart"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

// A Timeline is the view of a session: its prompts one after another, with the gaps
// between them.
type Timeline struct {
	ID       string
	Back     string
	Links    []Link // to its prompts, by outcome
	Facts    []Fact
	Figures  []chart.Panel
	Alerts   []Alert
	Strip    []Bar // the whole session to scale
	Lanes    int
	Height   int // of the strip
	Legend   []Key
	Ends     [2]chart.Cell
	Groups   []Group
	Cut      string
	NoPrompt string
}

// A Key is an outcome with the class of its color.
type Key struct{ Class, Text string }

// A Link is a link with its text.
type Link struct{ Text, Href string }

// An Alert is an alert during the session.
type Alert struct {
	Severity, Name, Status, Group chart.Cell
	Message                       string
	Start                         chart.Cell
}

// A Group is prompts that overlap in time, mostly one. Gap is the time without a prompt
// before it, "" if that is short.
type Group struct {
	Gap     string
	Prompts []Moment
}

// A Moment is a prompt of a timeline.
type Moment struct {
	Href     string
	ID       chart.Cell
	Start    chart.Cell
	Duration chart.Cell
	Outcomes []chart.Cell
	Details  []chart.Cell
	Bar      Bar // its duration, of the longest one
}

// A Bar is a rectangle of the width 1000.
type Bar struct {
	Class       string // of its color
	Left, Width float64
	Top         int
}

const (
	// shortGap is not worth a line.
	shortGap = time.Minute
	// maxLanes bounds the lanes of parallel prompts in the strip.
	maxLanes = 6
	// laneHeight is that of a lane in the strip.
	laneHeight = 14
)

// NewTimeline returns the view of a session.
func NewTimeline(q *query, t report.Timeline) Timeline {
	v := Timeline{ID: t.ID, Back: q.Link("/sessions", "user", t.User), Links: linksOf(q, t), Figures: sessionFigures(t), Facts: []Fact{
		{"User", chart.Text(q, t.User, "user")},
		{"Team", chart.Text(q, t.Team, "team")},
		{"Organization", chart.Text(q, t.Organization, "organization")},
		{"Started", exactTime(q, t.Start)},
	}}
	if len(t.Modes) > 0 {
		modes, _ := format.Name(format.List(t.Modes))
		v.Facts = append(v.Facts, Fact{"Permission modes", chart.Cell{Kind: "text", Text: modes}})
	}
	if !urlquery.Valid(t.User) {
		v.Back = q.Link("/sessions")
	}
	for _, a := range t.Alerts {
		v.Alerts = append(v.Alerts, newAlert(q, a))
	}
	if t.Cut > 0 {
		v.Cut = "and " + format.CountNoun(t.Cut, "{prompt}") + " more, not shown"
	}
	v.addStrip(q, t.Prompts)
	v.addGroups(q, t.Prompts)
	return v
}

// newAlert returns the view of an alert, whose name links to the prompt that caused it.
func newAlert(q *query, a report.Alert) Alert {
	v := Alert{
		Severity: chart.Text(q, a.Severity, "severity"), Name: chart.Text(q, a.Name, ""), Status: chart.Text(q, a.Status, "status"),
		Group: chart.Text(q, a.Group, ""), Message: format.Sanitize(format.Truncate(a.Message, format.MaxTitle)), Start: chart.Time(q, a.Start),
	}
	if a.Prompt != "" {
		v.Name.Href = q.Link("/prompts/" + url.PathEscape(a.Prompt))
	}
	return v
}

func exactTime(q *query, t time.Time) chart.Cell {
	return chart.Cell{Kind: "time", Text: format.ExactTime(t, q.Shown), Value: chart.Time(q, t).Value}
}

// linksOf returns links to the prompts of a session by outcome.
func linksOf(q *query, t report.Timeline) (links []Link) {
	if len(t.Prompts) == 0 || !urlquery.Valid(t.ID) {
		return nil
	}
	count := map[report.Outcome]int64{}
	for _, p := range t.Prompts {
		for _, o := range p.Outcomes(q.Now) {
			count[o]++
		}
	}
	links = append(links, Link{"All prompts of this session", linkToPrompts(q, t.Session, "")})
	for _, o := range []report.Outcome{report.OutcomeFailed, report.OutcomeRejected, report.OutcomeRefused} {
		if count[o] > 0 && t.Cut == 0 {
			links = append(links, Link{strconv.FormatInt(count[o], 10) + " " + string(o), linkToPrompts(q, t.Session, o)})
		}
	}
	if q.Has("/events") {
		links = append(links, Link{"Its latest events", q.Link("/events", "user", "", "session", t.ID)})
	}
	return links
}

// sessionFigures returns the numbers of a session.
func sessionFigures(t report.Timeline) []chart.Panel {
	list := []chart.Panel{chart.NewFigure("Cost", "", costOf(t.CostUSD, t.Unpriced), "USD")}
	if t.Unpriced > 0 {
		list[0].Notes = []string{unpricedText(t.Unpriced)}
	}
	for _, f := range []struct {
		title, unit string
		n           float64
	}{
		{"Duration", "s", t.Duration.Seconds()},
		{"Prompts", "{prompt}", float64(t.Session.Prompts)},
		{"API requests", "{request}", float64(t.Requests)},
		{"API errors", "{error}", float64(t.Errors)},
		{"Tools called", "{call}", float64(t.Tools)},
		{"Tools failed", "{failure}", float64(t.ToolFailures)},
		{"Tools rejected", "{rejection}", float64(t.ToolRejects)},
	} {
		list = append(list, chart.NewFigure(f.title, "", chart.Number(f.n, f.unit), f.unit))
	}
	return list
}

// addStrip adds the prompts to scale. Prompts that overlap are in lanes below each other.
func (v *Timeline) addStrip(q *query, list []report.Prompt) {
	if len(list) == 0 {
		v.NoPrompt = "No prompt of this session is stored. Only the latest prompts are."
		return
	}
	start, end := list[0].Start, list[0].Start
	for _, p := range list {
		if e := p.Start.Add(p.Duration); e.After(end) {
			end = e
		}
	}
	length := float64(max(end.Sub(start), time.Millisecond))
	var lanes []time.Time // the end of each
	for _, p := range list {
		lane := slices.IndexFunc(lanes, func(end time.Time) bool { return !end.After(p.Start) })
		if lane < 0 && len(lanes) < maxLanes {
			lane, lanes = len(lanes), append(lanes, time.Time{})
		} else if lane < 0 {
			lane = maxLanes - 1
		}
		if e := p.Start.Add(p.Duration); e.After(lanes[lane]) {
			lanes[lane] = e
		}
		left := chart.PerMille(float64(p.Start.Sub(start)) / length)
		width := max(chart.PerMille(float64(p.Duration)/length), 3)
		v.Strip = append(v.Strip, Bar{Class: classOf(q, p), Left: min(left, 1000-width), Width: width, Top: lane * laneHeight})
	}
	slices.SortStableFunc(v.Strip, func(a, b Bar) int { return cmp.Compare(drawn[a.Class], drawn[b.Class]) })
	v.Height, v.Lanes = len(lanes)*laneHeight, len(lanes)
	for _, o := range report.Outcomes {
		if slices.ContainsFunc(v.Strip, func(b Bar) bool { return b.Class == "o-"+string(o) }) {
			v.Legend = append(v.Legend, Key{"o-" + string(o), cmp.Or(outcomeTexts[o], string(o))})
		}
	}
	v.Ends = [2]chart.Cell{exactTime(q, start), exactTime(q, end)}
}

// drawn is the order in which outcomes are drawn, so that those that need attention are not
// hidden by others.
var drawn = map[string]int{"o-open": 1, "o-rejected": 2, "o-refused": 3, "o-failed": 4}

// addGroups adds the prompts in groups of those that overlap, with the gaps between them.
func (v *Timeline) addGroups(q *query, list []report.Prompt) {
	longest := time.Millisecond
	for _, p := range list {
		longest = max(longest, p.Duration)
	}
	var end time.Time // of the group
	for i, p := range list {
		if i == 0 || !p.Start.Before(end) {
			g := Group{}
			if gap := p.Start.Sub(end); i > 0 && gap >= shortGap {
				g.Gap = format.Number(gap.Seconds(), "s")
			}
			v.Groups = append(v.Groups, g)
		}
		g := &v.Groups[len(v.Groups)-1]
		g.Prompts = append(g.Prompts, newMoment(q, p, longest))
		if e := p.Start.Add(p.Duration); e.After(end) {
			end = e
		}
	}
}

func newMoment(q *query, p report.Prompt, longest time.Duration) Moment {
	return Moment{
		Href: q.Link("/prompts/" + url.PathEscape(p.ID)), ID: shortID(p.ID), Start: chart.Time(q, p.Start),
		Duration: chart.Number(p.Duration.Seconds(), "s"), Outcomes: outcomeCells(p.Outcomes(q.Now)),
		Details: []chart.Cell{
			costCell(p),
			{Kind: "text", Text: strings.Join(modelNames(p), ", ")},
			{Kind: "text", Text: format.CountNoun(p.Requests, "{request}")},
			{Kind: "text", Text: format.CountNoun(p.Tools, "{tool_call}")},
		},
		Bar: Bar{Class: classOf(q, p), Width: max(chart.PerMille(float64(p.Duration)/float64(longest)), 3)},
	}
}

func modelNames(p report.Prompt) (names []string) {
	for _, m := range p.Models {
		name, _ := format.Name(m)
		names = append(names, name)
	}
	return names
}

// classOf returns the class of the color of a prompt: that of its first outcome.
func classOf(q *query, p report.Prompt) string { return "o-" + string(p.Outcomes(q.Now)[0]) }
