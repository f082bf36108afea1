package setup

import (
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/chart"
)

// tables returns the tables of incomplete events, senders, unknown attributes and refused
// requests.
func tables(req *chart.Request, s Check) []chart.Panel {
	refused := report.Table{Columns: []report.Column{
		{Name: "Receiver and status"}, {Name: "Reason"}, {Name: "Requests", Type: report.Number, Unit: "{request}"}, {Name: "Last", Type: report.Time},
	}}
	for _, r := range s.Refused {
		refused.Rows = append(refused.Rows, []any{r.Receiver + " " + r.Transport + " " + r.Status, refusalOf(r.Status).reason, r.Count, r.Last})
	}
	return []chart.Panel{
		countTable(req, "rejected", "Incomplete events", "None: all events are complete.", "Reason", s.Rejected),
		countTable(req, "services", "Services", "None yet.", "service.name", s.Services),
		countTable(req, "unknown", "Unknown attributes", "None: all texts have known attributes.", "Attribute with replaced texts", s.Unknown),
		chart.NewTable(req, "refused", "Refused requests", "None since the collector started.", refused),
	}
}

// countTable returns a table of names with the numbers of their events.
func countTable(req *chart.Request, id, title, empty, column string, counts []report.Count) chart.Panel {
	t := report.Table{Columns: []report.Column{{Name: column}, {Name: "Events", Type: report.Number, Unit: "{event}"}}}
	for _, c := range counts {
		t.Rows = append(t.Rows, []any{c.Name, c.Events})
	}
	return chart.NewTable(req, id, title, empty, t)
}

// storedTable returns the table of the largest tables of the database.
func storedTable(req *chart.Request, list []report.StoredTable) chart.Panel {
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
	return chart.NewTable(req, "tables", "Tables of the database", "Not known.", t)
}
