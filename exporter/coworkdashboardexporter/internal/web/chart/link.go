package chart

import (
	"slices"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

// linkToPage returns the link to the page that explains a figure, "" on that page itself.
func linkToPage(q *urlquery.Query, href string) string {
	path := urlquery.PathOf(href)
	if href == "" || path == q.Path || !q.Has(path) {
		return ""
	}
	return q.Link(href)
}

// linkRow links the numbers of a row to the lists that explain them, such as failed calls
// to the prompts that have them. The names of the row are parameters. A row of a
// placeholder such as (unknown) has no such list.
func linkRow(q *urlquery.Query, cells []Cell, columns []report.Column, row []any) {
	var names []string
	for i, c := range columns {
		name, _ := row[i].(string)
		parameter := format.Slug(c.Name)
		switch {
		case c.Type != report.Name || !slices.Contains(urlquery.AllNames, parameter) || name == "":
		case !urlquery.Valid(name) || name[0] == '(':
			return
		default:
			names = append(names, parameter, name)
		}
	}
	for i, c := range columns {
		if c.Href != "" && cells[i].Kind == "number" && cells[i].Amount != 0 && q.Has(urlquery.PathOf(c.Href)) {
			cells[i].Href = q.Link(c.Href, names...)
		}
	}
}

// linkToTimes returns the link to the page narrowed to a part of its time range, such as
// an hour or a day. The page of this very part leads to its prompts.
func linkToTimes(q *urlquery.Query, path string, from, to time.Time, parameters ...string) string {
	if !from.Before(to) {
		return ""
	}
	if path == q.Path && from.Equal(q.From) && !to.Before(q.To) {
		path = "/prompts"
	}
	if !q.Has(path) {
		return ""
	}
	first, last := from.UTC().Format(time.RFC3339), to.UTC().Format(time.RFC3339)
	if start := report.StartOfDay(from.In(q.Zone), 0); start.Equal(from) && report.StartOfDay(start, 1).Equal(to) {
		first = start.Format(time.DateOnly)
		last = first
	}
	return q.Link(path, append([]string{"range", "", "from", first, "to", last}, parameters...)...)
}

// linkToDay returns the link to a page narrowed to a day, such as 2026-11-30.
func linkToDay(q *urlquery.Query, path, day string, parameters ...string) string {
	at, err := time.ParseInLocation(time.DateOnly, day, q.Zone)
	if err != nil {
		return ""
	}
	start := report.StartOfDay(at.Add(12*time.Hour), 0)
	return linkToTimes(q, path, start, report.StartOfDay(start, 1), parameters...)
}

// linkToHour returns the link to the prompts of an hour on the latest of its weekdays in the
// time range.
func linkToHour(q *urlquery.Query, weekday, hour string) string {
	at, err := time.Parse("15", hour)
	if err != nil {
		return ""
	}
	day := report.StartOfDay(q.To.Add(-1).In(q.Zone), 0)
	for range 8 { // the hour of today can be in the future
		if day.Weekday().String() == weekday {
			start := time.Date(day.Year(), day.Month(), day.Day(), at.Hour(), 0, 0, 0, q.Zone)
			if start.Before(q.To) {
				return linkToTimes(q, "/prompts", start, start.Add(time.Hour))
			}
		}
		day = report.StartOfDay(day, -1)
	}
	return ""
}
