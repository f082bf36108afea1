package overview

import (
	"cmp"
	"slices"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/chart"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

// The alerts that are read and that are shown.
const (
	maxAlerts   = 50
	shownAlerts = 5
)

// Alerts are the alerts that fire, the most severe first.
type Alerts struct {
	Trouble string
	Rows    []Alert
	More    string
	Href    string
}

// An Alert is a rule that fires, for a group.
type Alert struct {
	Badge    string
	Severity string
	Name     chart.Cell
	Detail   chart.Cell
	Since    chart.Cell
}

// severities are the severities of alerts, the worst first.
var severities = []string{"critical", "warning", "info"}

// newAlerts reads the columns name, severity, detail and time of the panel of alerts.
func newAlerts(q *urlquery.Query, in *Input) Alerts {
	table, trouble := in.answer(alertsFiring)
	a := Alerts{Trouble: trouble, Href: q.Link("/alerts")}
	rows := slices.Clone(table.Rows)
	rank := func(row []any) int {
		severity, _ := row[1].(string)
		if at := slices.Index(severities, severity); at >= 0 {
			return at
		}
		return len(severities)
	}
	slices.SortStableFunc(rows, func(a, b []any) int { return cmp.Compare(rank(a), rank(b)) })
	for _, row := range rows[:min(len(rows), shownAlerts)] {
		name, _ := row[0].(string)
		severity, _ := row[1].(string)
		detail, _ := row[2].(string)
		since, _ := row[3].(time.Time)
		a.Rows = append(a.Rows, Alert{
			Badge: badges[severity], Severity: format.Sanitize(format.Truncate(severity, format.MaxShown)),
			Name: chart.Text(q, name, ""), Detail: chart.Text(q, detail, ""), Since: chart.Time(q, since),
		})
	}
	if more := len(rows) + table.Cut - len(a.Rows); more > 0 {
		a.More = format.Count(float64(more)) + " more"
	}
	return a
}

// Health is the result of the setup check in one line.
type Health struct {
	Badge string // good, warn or bad
	Word  string
	Text  string
	More  string
	Href  string
}

// words are the words for the levels of the setup check.
var words = map[string]string{"good": "good", "warn": "check", "bad": "problem"}

// newHealth returns the worst problem that the setup check found, and the number of others.
func newHealth(q *urlquery.Query, in *Input) Health {
	h := Health{Href: q.Link("/setup")}
	if in.SetupErr != nil {
		h.Badge, h.Word, h.Text = "bad", words["bad"], chart.Trouble(in.SetupErr)
		return h
	}
	advice := in.Setup.Advice()
	worst := advice[0]
	problems := 0
	for _, one := range advice {
		if one.Badge == "good" {
			continue
		}
		problems++
		if one.Badge == "bad" && worst.Badge != "bad" || worst.Badge == "good" {
			worst = one
		}
	}
	h.Badge, h.Word, h.Text = worst.Badge, words[worst.Badge], worst.What
	if problems > 1 {
		h.More = format.Count(float64(problems-1)) + " more"
	}
	return h
}
