package setup

import (
	"strconv"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/chart"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
)

// A View is the view of the setup check.
type View struct {
	Trouble string
	Seen    int // of the core kinds
	Core    int
	Advice  []Advice
	Kinds   []KindRow
	Content []chart.Panel
	Tables  []chart.Panel
	Client  Client
	Storage Storage
}

// A KindRow is one kind of event: whether it arrives, from which client versions, and
// with which attributes.
type KindRow struct {
	Name     string
	Core     bool
	State    string
	Badge    string
	Events   chart.Cell
	Last     chart.Cell
	Ago      string
	Versions []chart.Cell
	Shares   []AttributeShare
	Gaps     int // attributes that are often missing
}

// An AttributeShare is the share of a kind's events that have an attribute.
type AttributeShare struct {
	Name  string
	Share chart.Cell
	Width float64
	Low   bool
}

// The limits of the setup check.
const (
	quietAfter    = 72 * time.Hour // without events of a core kind
	lowShare      = 0.95           // of the events that have an expected attribute
	shownVersions = 4              // of the client, in each row
)

// NewView returns the view of a check, or of the error of its query.
func NewView(req *chart.Request, s Check, err error) View {
	if err != nil {
		return View{Trouble: chart.Trouble(err), Client: s.Client}
	}
	view := View{
		Advice: s.Advice(), Content: contentFigures(s.Content), Client: s.Client,
		Tables: tables(req, s), Storage: newStorage(req, s.Storage, keptLines(s.Retention, s.Kinds)),
	}
	for _, k := range s.Kinds {
		view.Kinds = append(view.Kinds, newKindRow(req, k))
		if k.Core {
			view.Core++
			if k.Events > 0 {
				view.Seen++
			}
		}
	}
	return view
}

func newKindRow(req *chart.Request, k report.Kind) KindRow {
	name, _ := format.Name(k.Name)
	row := KindRow{
		Name: name, Core: k.Core, State: "arriving", Badge: "good", Versions: versionCells(req, k.Versions),
		Events: chart.Integer(k.Events, "{event}"), Last: req.Time(k.Last), Ago: format.Ago(k.Last, req.Now),
	}
	switch {
	case k.Events == 0:
		row.State, row.Badge = "never seen", "bad"
	case req.Now.Sub(k.Last) > quietAfter:
		row.State, row.Badge = "quiet", "warn"
	}
	for _, s := range k.Attributes {
		share := newAttributeShare(s)
		if share.Low && k.Events > 0 {
			row.Gaps++
		}
		row.Shares = append(row.Shares, share)
	}
	return row
}

func versionCells(req *chart.Request, versions []report.Version) []chart.Cell {
	var cells []chart.Cell
	for _, v := range versions[:min(len(versions), shownVersions)] {
		c := req.Text(v.Name, "")
		c.Title = format.Count(float64(v.Events)) + " events, last " + format.Ago(v.Last, req.Now)
		cells = append(cells, c)
	}
	if n := len(versions) - len(cells); n > 0 {
		cells = append(cells, chart.Cell{Kind: "text", Text: format.Count(float64(n)) + " more"})
	}
	return cells
}

func newAttributeShare(s report.Share) AttributeShare {
	name, _ := format.Name(s.Name)
	return AttributeShare{
		Name:  name,
		Share: chart.Number(s.Share, strconv.FormatFloat(s.Share, 'g', 4, 64), "1"),
		Width: chart.PerMille(s.Share) / 10,
		Low:   s.Share < lowShare,
	}
}

func contentFigures(c report.Content) []chart.Panel {
	var panels []chart.Panel
	for _, f := range []struct {
		title, question, unit string
		n                     int64
	}{
		{"Without content", "Content attributes that the client did not send", "{event}", c.Absent},
		{"Content replaced", "Texts that redaction replaced by a marker", "{text}", c.Replaced},
		{"Content in plain", "Texts that arrived without redaction", "{text}", c.Plain},
		{"Findings", "Markers of personal data and secrets, in any attribute", "{marker}", c.Findings},
	} {
		panel := chart.NewFigure(f.title, chart.Integer(f.n, f.unit), f.unit)
		panel.Question = f.question
		panels = append(panels, panel)
	}
	return panels
}
