package web

import (
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/chart"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
)

// A setupView is the page of the setup check.
type setupView struct {
	layout
	Trouble  string
	Seen     int // of the core kinds
	Core     int
	Advice   []advice
	Kinds    []kindRow
	Content  []chart.Panel
	Rejected []countRow
	Services []countRow
	Unknown  []countRow
	Refused  []refusedRow
	Client   clientSettings
	Kept     []string
}

// A kindRow is one kind of event: whether it arrives, from which client versions, and
// with which attributes.
type kindRow struct {
	Name     string
	Core     bool
	State    string
	Badge    string
	Events   chart.Cell
	Last     chart.Cell
	Ago      string
	Versions []chart.Cell
	Shares   []attributeShare
	Gaps     int // attributes that are often missing
}

// An attributeShare is the share of a kind's events that have an attribute.
type attributeShare struct {
	Name  string
	Share chart.Cell
	Width float64
	Low   bool
}

// A countRow is a name with the number of its events.
type countRow struct {
	Name   chart.Cell
	Events chart.Cell
}

// The limits of the setup check.
const (
	quietAfter    = 72 * time.Hour // without events of a core kind
	lowShare      = 0.95           // of the events that have an expected attribute
	shownVersions = 4              // of the client, in each row
	maxCounts     = 500            // rows of a table
)

func newSetupView(req *chart.Request, setup report.Setup, status setupStatus) setupView {
	view := setupView{
		Advice: status.advice(), Content: contentFigures(setup.Content), Client: status.client,
		Rejected: countRows(req, setup.Rejected), Services: countRows(req, setup.Services), Unknown: countRows(req, setup.Unknown),
		Refused: refusedRows(req, status.refused),
	}
	for _, k := range setup.Kinds {
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

func newKindRow(req *chart.Request, k report.Kind) kindRow {
	name, _ := format.Name(k.Name)
	row := kindRow{
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

func newAttributeShare(s report.Share) attributeShare {
	name, _ := format.Name(s.Name)
	return attributeShare{
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
		panels = append(panels, chart.Panel{
			ID: format.Slug(f.title), Title: f.title, Question: f.question, Shape: report.Figure,
			Figure: chart.NewFigure(chart.Integer(f.n, f.unit), f.unit),
		})
	}
	return panels
}

func countRows(req *chart.Request, counts []report.Count) []countRow {
	var rows []countRow
	for _, c := range counts[:min(len(counts), maxCounts)] {
		rows = append(rows, countRow{req.Text(c.Name, ""), chart.Integer(c.Events, "{event}")})
	}
	return rows
}

// clientSettings are the settings to enter in Cowork's admin settings.
type clientSettings struct {
	Endpoint string
	Local    bool // the endpoint is a loopback address
	Protocol string
	Headers  []string
}

// newClientSettings returns the configured endpoint, by default the host of a request.
func newClientSettings(set Settings, r *http.Request) clientSettings {
	c := clientSettings{Endpoint: set.CollectorURL, Protocol: "http/protobuf", Headers: set.Headers}
	if c.Endpoint == "" {
		name := format.Sanitize(format.Truncate(hostname(r.Host), format.MaxShown))
		if strings.Contains(name, ":") {
			name = "[" + name + "]"
		}
		c.Endpoint = "http://" + name + ":4318"
	}
	c.Local = isLoopback(c.Endpoint)
	return c
}

// isLoopback reports whether a URL leads to the computer of its user.
func isLoopback(endpoint string) bool {
	u, err := url.Parse(endpoint)
	if err != nil {
		return false
	}
	name := strings.ToLower(u.Hostname())
	ip, err := netip.ParseAddr(name)
	return name == "localhost" || strings.HasSuffix(name, ".localhost") || err == nil && (ip.IsLoopback() || ip.IsUnspecified())
}
