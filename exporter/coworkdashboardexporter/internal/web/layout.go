package web

import (
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/chart"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

// A layout holds the header and the footer of a page.
type layout struct {
	Site    string
	Title   string
	Nav     []navItem
	Version int64      // of the figures
	Refresh int64      // the interval of polling in milliseconds, 0 for never
	Latest  chart.Cell // the time of the newest event
	Clock   string     // the time at which the page was rendered
	Problem string
	Lost    string
	Filter  *filterForm
}

// A navItem is a link of the navigation.
type navItem struct {
	Name    string
	Href    string
	Current bool
}

// navigation lists the main pages.
var navigation = []struct{ name, path string }{{"Overview", "/"}, {"Prompts", "/prompts"}, {"Setup", "/setup"}}

// newLayout returns the layout of a page. A path in the navigation marks its link.
func newLayout(set Settings, state report.State, req *chart.Request, title, path string) layout {
	l := baseLayout(set, req.Query, title, path)
	l.Version = state.Version
	l.Problem = format.Sanitize(format.Truncate(state.Problem, format.MaxTitle))
	l.Latest = req.Time(state.Latest)
	if state.Lost > 0 {
		l.Lost = format.CountNoun(state.Lost, "{event}")
	}
	l.Refresh = set.Refresh.Milliseconds()
	return l
}

// newErrorLayout returns the layout of an error page, which does not query the source
// and does not refresh.
func newErrorLayout(set Settings, title string) layout {
	return baseLayout(set, urlquery.Query{}, title, "")
}

func baseLayout(set Settings, q urlquery.Query, title, path string) layout {
	l := layout{Site: format.Sanitize(set.Title), Title: title, Clock: format.ExactTime(set.Now(), set.Zone)}
	for _, n := range navigation {
		l.Nav = append(l.Nav, navItem{n.name, q.Link(n.path), n.path == path})
	}
	return l
}
