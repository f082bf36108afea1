package web

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/chart"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/prompts"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

const (
	// refresh is how often an open page polls for new figures.
	refresh = 5 * time.Second
	// maxChoices bounds the names that a field of the form suggests.
	maxChoices = 1000
)

// A layout holds the header and the footer of a page.
type layout struct {
	Title   string
	Nav     []navItem
	Version int64      // of the figures
	StateAt string     // the address of the state, which has the current version
	Refresh int64      // the interval of polling in milliseconds, 0 for never
	Latest  chart.Cell // the time of the newest event
	Clock   string     // the time at which the page was rendered
	Problem string
	Lost    string
	Filter  *filterForm
	Theme   string
	Options []option
}

// An option is a choice of how pages look, as links to the same page.
type option struct {
	Name  string
	Links []navItem
	// Browser is the link to the time zone of the browser, which a script completes.
	Browser string
}

// A navItem is a link of the navigation.
type navItem struct {
	Name    string
	Href    string
	Current bool
}

// newLayout returns the layout of a page. Call it before the queries of the page, so that
// its version is not newer than their answers and the page polls for the difference.
func (s *server) newLayout(q *urlquery.Query, title, path string) layout {
	state := s.src.State()
	l := s.baseLayout(q, title, path)
	l.Version = state.Version
	l.Problem = format.Sanitize(format.Truncate(state.Problem, format.MaxTitle))
	l.Latest = chart.Time(q, state.Latest)
	if state.Lost > 0 {
		l.Lost = format.CountNoun(state.Lost, "{event}")
	}
	l.StateAt, l.Refresh = "/api/state", refresh.Milliseconds()
	return l
}

// baseLayout returns the layout of an error page, which does not query the source and does
// not refresh. A path in the navigation marks its link.
func (s *server) baseLayout(q *urlquery.Query, title, path string) layout {
	l := layout{Title: title, Clock: format.ExactTime(s.set.Now(), q.Shown), Theme: q.Theme, Options: options(q)}
	for _, to := range navigation {
		if q.Has(to.Href) {
			l.Nav = append(l.Nav, navItem{to.Name, q.Link(to.Href, q.Subject(), ""), to.Href == path})
		}
	}
	return l
}

// options returns the choices of a page's time zone and theme, none for an error page.
func options(q *urlquery.Query) []option {
	if q.Path == "" {
		return nil
	}
	own, shown := format.ZoneName(q.Zone, q.Now), format.ZoneName(q.Shown, q.Now)
	zones := option{Name: "Times", Browser: q.LinkHere("tz", "UTC"), Links: []navItem{{own, q.LinkHere("tz", ""), shown == own}}}
	if own != "UTC" {
		zones.Links = append(zones.Links, navItem{"UTC", q.LinkHere("tz", "UTC"), shown == "UTC"})
	}
	if shown != own && shown != "UTC" {
		zones.Links = append(zones.Links, navItem{shown, q.LinkHere(), true})
	}
	theme := option{Name: "Theme", Links: []navItem{{"System", q.LinkHere("theme", ""), q.Theme == ""}}}
	for _, name := range urlquery.Themes {
		theme.Links = append(theme.Links, navItem{strings.ToUpper(name[:1]) + name[1:], q.LinkHere("theme", name), q.Theme == name})
	}
	return []option{zones, theme}
}

// navigation are the links to pages, in their order. Those that do not exist are left out.
var navigation = []navItem{
	{Name: "Overview", Href: "/"},
	{Name: "Cost", Href: "/cost"},
	{Name: "People", Href: "/people"},
	{Name: "Tools", Href: "/tools"},
	{Name: "API", Href: "/api-requests"},
	{Name: "Security", Href: "/security"},
	{Name: "Alerts", Href: "/alerts"},
	{Name: "Prompts", Href: "/prompts"},
	{Name: "Sessions", Href: "/sessions"},
	{Name: "Events", Href: "/events"},
	{Name: "Setup", Href: "/setup"},
}

// A filterForm is the form with the time range and the names of a page.
type filterForm struct {
	Action string
	Ranges []navItem
	Range  string
	From   string // for datetime-local inputs, "" for a named range
	To     string
	Fields []filterField
	Shown  string // the time range in words
	// Counted is the time range of the figures, "" if it is the requested one.
	Counted string
	Zone    string
	Days    string // the time zone of days if it differs
	Compare []choice
	Kept    []choice // hidden fields
	Clear   string   // the link that removes the names, "" if none is set
	Search  *prompts.Form
}

// A choice is a value with its text.
type choice struct {
	Value, Text string
	Chosen      bool
}

// A filterField is the field of one parameter.
type filterField struct {
	urlquery.Name
	Value    string
	Required bool // the page is about this name
	Options  []string
}

// newFilterForm returns the form of a page, which needs the subject unless it is "". If the
// source fails, its fields suggest no names.
func (s *server) newFilterForm(ctx context.Context, q *urlquery.Query, subject string) *filterForm {
	form := &filterForm{Action: q.Path, Zone: format.ZoneName(q.Shown, q.Now)}
	if days := format.ZoneName(q.Zone, q.Now); days != form.Zone {
		form.Days = days
	}
	form.Compare, form.Kept = comparisons(q), keptOptions(q)
	for _, r := range urlquery.Ranges {
		link := q.LinkHere("range", r.Name, "from", "", "to", "")
		form.Ranges = append(form.Ranges, navItem{r.Label, link, q.Range != nil && r.Name == q.Range.Name})
	}
	if q.Range != nil {
		form.Range, form.Shown = q.Range.Name, q.Range.Title
	} else {
		form.From, form.To = q.From.In(q.Shown).Format(urlquery.DateTimeLocal), q.To.In(q.Shown).Format(urlquery.DateTimeLocal)
		form.Shown = format.TimeRange(q.From, q.To, q.Shown)
	}
	choices, _ := query(ctx, s, "choices", func(ctx context.Context) (report.Choices, error) { return s.src.Choices(ctx, q.Filter) })
	var unset []string
	for _, name := range q.Fields() {
		field := filterField{Name: name, Value: *name.Of(&q.Filter), Required: name.Parameter == subject}
		if field.Value != "" && !field.Required {
			unset = append(unset, name.Parameter, "")
		}
		names := *choicesOf[name.Parameter](&choices)
		for _, name := range names[:min(len(names), maxChoices)] {
			if urlquery.Valid(name) {
				field.Options = append(field.Options, name)
			}
		}
		form.Fields = append(form.Fields, field)
	}
	if len(unset) > 0 {
		form.Clear = q.Link(q.Path, unset...)
	}
	return form
}

// comparisons returns the choices of the parameter compare, none for a page without it.
func comparisons(q *urlquery.Query) (list []choice) {
	if !q.Takes(q.Path, "compare") {
		return nil
	}
	for _, c := range urlquery.Comparisons {
		list = append(list, choice{c.Name, c.Label, q.Value("compare") == c.Name})
	}
	if c := q.Compared; c != nil && !slices.ContainsFunc(list, func(one choice) bool { return one.Chosen }) {
		list = append(list, choice{c.Name, c.Label, true})
	}
	return list
}

// keptOptions returns the options of the address, which the form keeps.
func keptOptions(q *urlquery.Query) (list []choice) {
	for _, name := range []string{"tz", "theme"} {
		if value := q.Value(name); value != "" {
			list = append(list, choice{Value: value, Text: name})
		}
	}
	return list
}

// choicesOf are the choices of each name.
var choicesOf = map[string]func(*report.Choices) *[]string{
	"organization": func(c *report.Choices) *[]string { return &c.Organizations },
	"team":         func(c *report.Choices) *[]string { return &c.Teams },
	"user":         func(c *report.Choices) *[]string { return &c.Users },
	"model":        func(c *report.Choices) *[]string { return &c.Models },
	"tool":         func(c *report.Choices) *[]string { return &c.Tools },
	"connector":    func(c *report.Choices) *[]string { return &c.Connectors },
}
