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
func newOverview(q *urlquery.Query, page layout, panels []chart.Panel, hidden string) overview {
	view := overview{layout: page, NoEvents: page.Latest.Kind != "time", Setup: q.Link("/setup"), Hidden: hidden}
	if q.Section != "" {
		view.All = q.Link("/")
	}
	for _, p := range panels {
		view.addPanel(q, p)
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
func (v *overview) addPanel(q *urlquery.Query, p chart.Panel) {
	i := slices.IndexFunc(v.Sections, func(s section) bool { return s.Name == p.Section })
	if i < 0 {
		i = len(v.Sections)
		s := section{Name: p.Section, Slug: format.Slug(p.Section)}
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

// A panel whose data lacks a name of the filter would show figures of others too. The page
// hides it, and the API rejects the request.

// obeyedNames returns the names that a panel can be limited to.
func obeyedNames(src report.Source, p report.Panel) []string {
	names := []string{}
	for _, n := range urlquery.Names {
		var f report.Filter
		*n.Of(&f) = "x"
		if src.Obeys(p, f) {
			names = append(names, n.Parameter)
		}
	}
	return names
}

// missingNames returns the names of a filter that the data of a panel lacks, none if the
// panel obeys the filter. If it obeys each name but not all together, it lacks all.
func missingNames(src report.Source, p report.Panel, f report.Filter) []string {
	if src.Obeys(p, f) {
		return nil
	}
	obeyed := obeyedNames(src, p)
	missing := slices.DeleteFunc(urlquery.ActiveNames(f), func(name string) bool { return slices.Contains(obeyed, name) })
	if len(missing) == 0 {
		return urlquery.ActiveNames(f)
	}
	return missing
}

// obeyedPanels returns the panels that obey a filter, and a sentence on the others, "" if
// there are none.
func obeyedPanels(src report.Source, panels []report.Panel, f report.Filter) (obeyed []report.Panel, hidden string) {
	var reasons []string
	count := map[string]int64{}
	for _, p := range panels {
		missing := missingNames(src, p, f)
		if len(missing) == 0 {
			obeyed = append(obeyed, p)
			continue
		}
		reason := format.List(missing)
		if count[reason]++; count[reason] == 1 {
			reasons = append(reasons, reason)
		}
	}
	if len(reasons) == 0 {
		return obeyed, ""
	}
	for i, reason := range reasons {
		verb := " have no data by "
		if count[reason] == 1 {
			verb = " has no data by "
		}
		reasons[i] = format.CountNoun(count[reason], "{panel}") + verb + reason
	}
	return obeyed, "Not shown: " + format.List(reasons) + "."
}
