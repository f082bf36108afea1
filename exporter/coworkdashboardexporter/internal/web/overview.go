package web

import (
	"cmp"
	"slices"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/chart"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

// An overview is the page of panels.
type overview struct {
	layout
	// NoEvents is set before the first event: the page then links to the setup check.
	NoEvents bool
	Setup    string
	Sections []section
	All      string // the link from one section to all
	Hidden   string // which panels do not obey the filter, "" if all do
}

// A section is a heading with its panels, the figures first.
type section struct {
	Name    string
	Slug    string
	Only    string // the link to this section alone, "" if it is alone
	Figures []chart.Panel
	Panels  []chart.Panel
}

// newOverview returns the page of drawn panels.
func newOverview(q *urlquery.Query, page layout, panels []report.Panel, drawn []chart.Panel, hidden string) overview {
	view := overview{layout: page, NoEvents: page.Latest.Kind != "time", Setup: q.Link("/setup"), Hidden: hidden}
	if q.Section != "" {
		view.All = q.Link("/")
	}
	for i, p := range drawn {
		view.addPanel(q, panels[i].Section, p)
		view.Filter.Counted = cmp.Or(view.Filter.Counted, p.Counted)
	}
	for i := range view.Sections {
		fillLastRow(view.Sections[i].Panels)
	}
	return view
}

// panelsOfSection returns the panels of the section with a slug, all panels for "".
func panelsOfSection(panels []report.Panel, slug string) []report.Panel {
	return slices.DeleteFunc(slices.Clone(panels), func(p report.Panel) bool { return slug != "" && format.Slug(p.Section) != slug })
}

// addPanel adds a panel to its section. Sections have the order of their first panels.
func (v *overview) addPanel(q *urlquery.Query, name string, p chart.Panel) {
	i := slices.IndexFunc(v.Sections, func(s section) bool { return s.Name == name })
	if i < 0 {
		i = len(v.Sections)
		s := section{Name: name, Slug: format.Slug(name)}
		if q.Section == "" {
			s.Only = q.Link("/", "section", s.Slug)
		}
		v.Sections = append(v.Sections, s)
	}
	if s := &v.Sections[i]; p.Shape == report.Figure {
		s.Figures = append(s.Figures, p)
	} else {
		s.Panels = append(s.Panels, p)
	}
}

// fillLastRow widens one panel if the number of narrow ones is odd, preferably a line
// chart, so that the grid of two columns has no gap.
func fillLastRow(panels []chart.Panel) {
	narrow, best := 0, -1
	for i, p := range panels {
		if p.Wide {
			continue
		}
		if narrow++; best < 0 || panels[best].Line == nil {
			best = i
		}
	}
	if narrow%2 == 1 {
		panels[best].Wide = true
	}
}
