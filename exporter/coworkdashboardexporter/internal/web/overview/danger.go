package overview

import (
	"cmp"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/chart"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

// Danger is what is dangerous in the last seven days, the worst first.
type Danger struct {
	Trouble string
	Items   []Item
	Href    string
}

// An Item is one kind of danger with its severity and the names that it concerns.
type Item struct {
	Badge    string // bad, warn, or "" for information
	Severity string // critical, warning or info
	Text     string
	Names    []Named
	More     string // how many names are not shown
}

// A Named is a name, with a number in brackets or "".
type Named struct {
	chart.Cell
	Number string
}

// maxNames is how many names an item has.
const maxNames = 3

// A source is a panel that shows one kind of danger, one row for each name and the largest
// number first.
type source struct {
	panel    string
	severity string
	// text describes a number of names. Its noun is a UCUM annotation.
	noun, text string
	column     string // the heading of the column of names
	counted    bool   // whether the number follows each name
}

// sources are the kinds of danger, the worst first.
var sources = []source{
	{"bypassed_permissions", "critical", "{user}", "let Cowork act without confirmation", "User", false},
	{"hosts_disabled", "critical", "{host}", "reached, although disabled", "Host", true},
	{"unofficial_in_use", "warning", "{plugin}", "from elsewhere", "Plugin", false},
	{"secrets_by_user", "warning", "{user}", "had secrets redacted", "User", true},
	{"connectors_new", "warning", "{connector}", "new this week", "Connector", false},
	{"hosts_unlisted", "info", "{host}", "reached, on no list", "Host", true},
	{"redactions", "info", "{kind}", "of data redacted", "Pattern", true},
}

// badges are the colors of severities.
var badges = map[string]string{"critical": "bad", "warning": "warn"}

func dangerParts() (parts []Part) {
	for _, s := range sources {
		parts = append(parts, Part{s.panel, lastWeek, maxNames})
	}
	return parts
}

func newDanger(q *urlquery.Query, in *Input) Danger {
	d := Danger{Href: linkSince(q, "/security", lastWeek(in.Now), in.Now)}
	for _, s := range sources {
		table, trouble := in.answer(s.panel)
		d.Trouble = cmp.Or(d.Trouble, trouble)
		if len(table.Rows) > 0 {
			d.Items = append(d.Items, newItem(q, &s, table))
		}
	}
	return d
}

func newItem(q *urlquery.Query, s *source, t report.Table) Item {
	n := int64(len(t.Rows) + t.Cut)
	item := Item{Badge: badges[s.severity], Severity: s.severity, Text: format.CountNoun(n, s.noun) + " " + s.text}
	for _, row := range t.Rows[:min(len(t.Rows), maxNames)] {
		name, _ := row[0].(string)
		one := Named{Cell: chart.Text(q, name, s.column)}
		if n, ok := row[1].(int64); ok && s.counted {
			one.Number = " (" + format.Count(float64(n)) + ")"
		}
		item.Names = append(item.Names, one)
	}
	if more := n - int64(len(item.Names)); more > 0 {
		item.More = format.Count(float64(more)) + " more"
	}
	return item
}
