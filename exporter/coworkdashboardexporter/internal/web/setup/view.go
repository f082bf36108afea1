package setup

import (
	"slices"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/chart"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
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
	Servers chart.Panel
	Names   []SettingNames
	Events  string   // the page of events, "" if there is none
	Size    string   // of the database, "" if it is not known
	Kept    []string // by the database
	Stored  chart.Panel
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

// shownVersions is how many versions of the client a row has.
const shownVersions = 4

// NewView returns the view of a check, or of the error of its query.
func NewView(q *urlquery.Query, s Check, err error) View {
	view := View{Client: s.Client, Servers: serverTable(q, s.Client.Servers), Names: settingNames}
	if q.Has("/events") {
		view.Events = q.Link("/events")
	}
	if err != nil {
		view.Trouble = chart.Trouble(err)
		return view
	}
	view.Advice, view.Content, view.Tables = s.Advice(), contentFigures(s.Content), eventTables(q, s)
	view.Kept, view.Stored = keptLines(s.Retention, s.Kinds), storedTable(q, s.Storage.Tables)
	if s.Storage.Engine != "" {
		view.Size = s.Storage.Engine + ", " + format.Number(float64(s.Storage.Bytes), "By")
	}
	for _, k := range s.Kinds {
		row := newKindRow(q, k)
		if k.Core && k.Events == 0 && !s.expects(k) {
			row.State, row.Badge = "none yet", "plain"
		}
		view.Kinds = append(view.Kinds, row)
	}
	view.Core = len(s.coreKinds(func(k report.Kind) bool { return k.Events > 0 || s.expects(k) }))
	view.Seen = len(s.coreKinds(func(k report.Kind) bool { return k.Events > 0 }))
	return view
}

func newKindRow(q *urlquery.Query, k report.Kind) KindRow {
	name, _ := format.Name(k.Name)
	row := KindRow{
		Name: name, Core: k.Core, State: "arriving", Badge: "good", Versions: versionCells(q, k.Versions),
		Events: chart.Number(float64(k.Events), "{event}"), Last: chart.Time(q, k.Last), Ago: format.Ago(k.Last, q.Now),
	}
	switch {
	case k.Events == 0:
		row.State, row.Badge = "never seen", "bad"
	case q.Now.Sub(k.Last) > quietAfter:
		row.State, row.Badge = "quiet", "warn"
	}
	for _, s := range k.Attributes {
		name, _ := format.Name(s.Name)
		share := AttributeShare{Name: name, Share: chart.Number(s.Share, "1"), Width: chart.PerMille(s.Share) / 10, Low: s.Share < lowShare}
		if share.Low && k.Events > 0 {
			row.Gaps++
		}
		row.Shares = append(row.Shares, share)
	}
	return row
}

func versionCells(q *urlquery.Query, versions []report.Version) (cells []chart.Cell) {
	for _, v := range versions[:min(len(versions), shownVersions)] {
		c := chart.Text(q, v.Name, "")
		c.Title = format.Count(float64(v.Events)) + " events, last " + format.Ago(v.Last, q.Now)
		cells = append(cells, c)
	}
	if n := len(versions) - len(cells); n > 0 {
		cells = append(cells, chart.Cell{Kind: "text", Text: format.Count(float64(n)) + " more"})
	}
	return cells
}

func contentFigures(c report.Content) (panels []chart.Panel) {
	for _, f := range []struct {
		title, question, unit string
		n                     int64
	}{
		{"Without content", "Content attributes that the client did not send", "{event}", c.Absent},
		{"Content replaced", "Texts that redaction replaced by a marker", "{text}", c.Replaced},
		{"Content in plain", "Texts that arrived without redaction", "{text}", c.Plain},
		{"Findings", "Markers of personal data and secrets, in any attribute", "{marker}", c.Findings},
	} {
		panels = append(panels, chart.NewFigure(f.title, f.question, chart.Number(float64(f.n), f.unit), f.unit))
	}
	return panels
}

// eventTables returns the tables of incomplete events, senders, unknown attributes and
// refused requests.
func eventTables(q *urlquery.Query, s Check) (panels []chart.Panel) {
	for _, c := range []struct {
		id, title, empty, column string
		counts                   []report.Count
	}{
		{"rejected", "Incomplete events", "None: all events are complete.", "Reason", s.Rejected},
		{"services", "Services", "None yet.", "service.name", s.Services},
		{"unknown", "Unknown attributes", "None: all texts have known attributes.", "Attribute with replaced texts", s.Unknown},
	} {
		t := report.Table{Columns: []report.Column{{Name: c.column}, {Name: "Events", Type: report.Number, Unit: "{event}"}}}
		for _, n := range c.counts {
			t.Rows = append(t.Rows, []any{n.Name, n.Events})
		}
		panels = append(panels, chart.NewTable(q, c.id, c.title, c.empty, t))
	}
	refused := report.Table{Columns: []report.Column{
		{Name: "Receiver and status"}, {Name: "Reason"}, {Name: "Requests", Type: report.Number, Unit: "{request}"}, {Name: "Last", Type: report.Time},
	}}
	for _, r := range s.Refused {
		refused.Rows = append(refused.Rows, []any{r.Receiver + " " + r.Transport + " " + r.Status, refusalOf(r.Status).reason, r.Count, r.Last})
	}
	return append(panels, chart.NewTable(q, "refused", "Refused requests", "None since the collector started.", refused))
}

// storedTable returns the table of the largest tables of the database.
func storedTable(q *urlquery.Query, list []report.StoredTable) chart.Panel {
	t := report.Table{Columns: []report.Column{
		{Name: "Table"}, {Name: "Rows", Type: report.Number, Unit: "{row}"}, {Name: "Size", Type: report.Number, Unit: "By"}, {Name: "Oldest entry"},
	}}
	for _, s := range list {
		size := any(s.Bytes)
		if s.Bytes == 0 {
			size = nil // not known
		}
		t.Rows = append(t.Rows, []any{s.Name, s.Rows, size, s.Oldest})
	}
	return chart.NewTable(q, "tables", "Tables of the database", "Not known.", t)
}

const day = 24 * time.Hour

// keptLines describes what the database keeps, and how many days of prompts that is at the
// rate of this collector.
func keptLines(r Retention, kinds []report.Kind) []string {
	if r.Days == 0 {
		return nil
	}
	prompts := "Prompts with their steps: the newest " + format.Count(float64(r.Prompts)) + "."
	if i := slices.IndexFunc(kinds, func(k report.Kind) bool { return k.Name == "user_prompt" }); i >= 0 {
		k := kinds[i]
		if age := k.Last.Sub(k.First); k.Events > 0 && age >= day {
			perDay := float64(k.Events) / age.Hours() * day.Hours()
			days := min(float64(r.Prompts)/perDay, r.Days.Hours()/day.Hours())
			prompts += " At " + format.Count(perDay) + " a day, these are " + format.Number(days*day.Seconds(), "s") + "."
		}
	}
	return []string{
		"Hourly figures: " + format.Number(r.Hours.Seconds(), "s") + ".",
		"Daily figures and alerts: " + format.Number(r.Days.Seconds(), "s") + ".",
		prompts,
	}
}
