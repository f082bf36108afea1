package events

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"net/url"
	"strconv"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/chart"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

// A View is the view of the page.
type View struct {
	Off    bool // no records are kept
	Fields []Field
	Rows   []Row
	State  string
	// Filtered is set if the page shows the events of a filter.
	Filtered bool
	// The links, "" where there is nothing to do.
	Clear, More, Pause, Resume, JSON string
	Newer                            string // the number of newer events of a paused page
	Unredacted                       bool
	Limit                            string
	Setup                            string
}

// A Field is an input of the filter.
type Field struct {
	Name, Label, Value, Hint string
	Options                  []string
}

// A Row is one event.
type Row struct {
	ID      string
	Arrived chart.Cell
	Kind    chart.Cell
	User    chart.Cell
	Prompt  chart.Cell
	Session chart.Cell
	Summary []report.Detail
	JSON    string
	Hidden  string // the number of texts that are not shown
	Cut     bool
}

// NewView returns the view of a page of events.
func NewView(q *urlquery.Query, f report.EventFilter, page report.EventPage) View {
	link := linker{q}
	view := View{
		Off: page.Most == 0, Unredacted: page.Unredacted, Fields: fieldsOf(q, page), Setup: q.Link("/setup"),
		State: stateOf(q, page), JSON: link.to("/api/events.json", "limit", "", "until", q.Value("until")),
	}
	if q.Limit != PageAccepts.Limit.Default {
		view.Limit = strconv.Itoa(q.Limit)
	}
	for _, field := range view.Fields {
		view.Filtered = view.Filtered || field.Value != ""
	}
	if view.Filtered {
		view.Clear = q.Link("/events", "user", "", "limit", view.Limit, "until", q.Value("until"))
	}
	if page.Matching > len(page.Events) && q.Limit < PageAccepts.Limit.Max {
		view.More = link.to("/events", "limit", strconv.Itoa(PageAccepts.Limit.Max), "until", q.Value("until"))
	}
	if f.Until > 0 {
		view.Resume, view.Newer = link.to("/events"), format.CountNoun(int64(page.Newer), "{event}")
	} else if page.Last > 0 {
		view.Pause = link.to("/events", "until", strconv.FormatInt(page.Last, 10))
	}
	for _, e := range page.Events {
		view.Rows = append(view.Rows, newRow(link, e))
	}
	return view
}

// stateOf describes what is shown.
func stateOf(q *urlquery.Query, page report.EventPage) string {
	if page.Kept == 0 {
		return ""
	}
	text := fmt.Sprintf("%s, the newest first. ", format.CountNoun(int64(len(page.Events)), "{event}"))
	if page.Matching > len(page.Events) {
		text = fmt.Sprintf("The latest %s of %s. ", format.Count(float64(len(page.Events))), format.CountNoun(int64(page.Matching), "{event}"))
	}
	return text + fmt.Sprintf("In memory: %s since %s.", format.CountNoun(int64(page.Kept), "{event}"), format.Clock(page.Oldest, q.Shown))
}

// fieldsOf returns the inputs of the filter.
func fieldsOf(q *urlquery.Query, page report.EventPage) []Field {
	fields := []Field{
		{"kind", "Kind", q.Value("kind"), "All kinds", nil},
		{"user", "User", q.Filter.User, "All users", nil},
		{"session", "Session", q.Value("session"), "All sessions", nil},
		{"prompt", "Prompt", q.Value("prompt"), "All prompts", nil},
		{"attribute", "Attribute (key=value or key~part)", q.Value("attribute"), "error~timeout", nil},
	}
	for _, kind := range page.Kinds {
		if urlquery.Valid(kind) {
			fields[0].Options = append(fields[0].Options, kind)
		}
	}
	return fields
}

// A linker builds links that keep the filter of the page.
type linker struct{ *urlquery.Query }

func (l linker) to(path string, parameters ...string) string {
	var all []string
	for _, name := range []string{"kind", "session", "prompt", "attribute"} {
		all = append(all, name, l.Value(name))
	}
	if l.Limit != PageAccepts.Limit.Default {
		all = append(all, "limit", strconv.Itoa(l.Limit))
	}
	return l.Link(path, append(all, parameters...)...)
}

// badges are the colors of kinds.
var badges = map[string]string{
	"alert": "warn", "api_error": "bad", "api_refusal": "bad", "api_retries_exhausted": "bad", "internal_error": "bad",
}

func newRow(link linker, e report.Event) Row {
	row := Row{
		ID: strconv.FormatInt(e.Sequence, 10), User: chart.Text(link.Query, e.User, "user"), Summary: summaryOf(e), JSON: pretty(e.Record), Cut: e.Cut,
		Arrived: chart.Cell{
			Kind: "time", Text: format.Clock(e.Arrived, link.Shown), Title: format.ExactTime(e.Arrived, link.Shown),
			Value: e.Arrived.UTC().Format(time.RFC3339Nano), Amount: math.NaN(),
		},
		Kind: nameCell(e.Kind, "no name", func() string { return link.to("/events", "kind", e.Kind, "until", link.Value("until")) }),
		Prompt: nameCell(e.Prompt, "", func() string {
			return link.Link("/prompts/" + url.PathEscape(e.Prompt))
		}),
		Session: nameCell(e.Session, "", func() string {
			if link.Has("/session") {
				return link.Link("/session", "session", e.Session)
			}
			return link.to("/events", "session", e.Session)
		}),
	}
	row.Kind.Badge = badges[e.Kind]
	for _, d := range e.Attributes {
		if d.Name == "success" && d.Value == "false" || d.Name == "decision" && d.Value == "reject" {
			row.Kind.Badge = "bad"
		}
	}
	if e.Hidden > 0 {
		row.Hidden = format.CountNoun(int64(e.Hidden), "{text}")
	}
	return row
}

// nameCell returns the cell of a name or an id with a link.
func nameCell(name, missing string, href func() string) chart.Cell {
	if name == "" {
		return chart.Cell{Kind: "none", Text: missing, Amount: math.NaN()}
	}
	c := chart.Cell{Kind: "text", Amount: math.NaN()}
	c.Text, c.Title = format.Name(name)
	if urlquery.Valid(name) {
		c.Href = href()
	}
	return c
}

// pretty returns a record as JSON in lines.
func pretty(record []byte) string {
	var b bytes.Buffer
	if json.Indent(&b, []byte(format.Sanitize(string(record))), "", "  ") != nil {
		return format.Sanitize(string(record))
	}
	return b.String()
}
