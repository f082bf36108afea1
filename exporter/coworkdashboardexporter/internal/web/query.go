package web

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// What an address may hold.
const (
	maxQuery = 4096
	maxValue = 256
	maxSpan  = 400 * 24 * time.Hour
)

// A span is a time that has a name, up to now.
type span struct {
	Name  string
	Label string
	Long  string
	from  func(now time.Time, zone *time.Location) time.Time
}

// spans are the times to choose from. All but a day begin at a midnight: what a day
// costs can then be compared with another.
var spans = []span{
	{"24h", "24 h", "Last 24 hours", func(now time.Time, _ *time.Location) time.Time {
		return now.Add(-24 * time.Hour).Truncate(time.Hour)
	}},
	{"7d", "7 days", "Last 7 days", daysBack(7)},
	{"30d", "30 days", "Last 30 days", daysBack(30)},
	{"90d", "90 days", "Last 90 days", daysBack(90)},
}

const defaultSpan = "30d"

func daysBack(n int) func(time.Time, *time.Location) time.Time {
	return func(now time.Time, zone *time.Location) time.Time {
		return midnight(now, zone).AddDate(0, 0, 1-n)
	}
}

// A query is what an address asks for.
type query struct {
	report.Filter
	// Range is the name of a span, "" where from and to are given.
	Range   string
	Section string
	Before  time.Time
	Limit   int

	path   string
	values url.Values // those that stay when a link leads on
}

// kept are the parts of an address that go with a reader from page to page.
var kept = []string{"range", "from", "to", "organization", "user", "model"}

// narrowing are the parts of an address that are names in tables too.
var narrowing = []string{"organization", "user", "model"}

// readQuery reads an address, or says all that is wrong with it.
func readQuery(u *url.URL, now time.Time, zone *time.Location) (query, error) {
	if len(u.RawQuery) > maxQuery {
		return query{}, fmt.Errorf("query: longer than %d bytes", maxQuery)
	}
	in, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return query{}, errors.New("query: not well encoded")
	}
	r := reader{in: in}
	q := query{
		path: u.Path,
		Filter: report.Filter{
			Zone: zone, Organization: r.text("organization"), User: r.text("user"), Model: r.text("model"),
		},
		Section: r.text("section"),
		Before:  r.time("before", zone),
		Limit:   r.limit("limit", 50, 500),
		values:  url.Values{},
	}
	r.span(&q, now, zone)
	for _, name := range kept {
		if v := in.Get(name); v != "" && (name != "range" || q.Range != "") {
			q.values.Set(name, v)
		}
	}
	return q, errors.Join(r.errs...)
}

// A reader takes values from a query and remembers what was wrong with them.
type reader struct {
	in   url.Values
	errs []error
}

func (r *reader) bad(name, format string, args ...any) {
	r.errs = append(r.errs, fmt.Errorf(name+": "+format, args...))
}

func (r *reader) text(name string) string {
	v := r.in.Get(name)
	switch {
	case len(v) > maxValue:
		r.bad(name, "longer than %d bytes", maxValue)
	case !utf8.ValidString(v):
		r.bad(name, "not UTF-8")
	case slices.ContainsFunc([]rune(v), unicode.IsControl):
		r.bad(name, "has control characters")
	default:
		return v
	}
	return ""
}

func (r *reader) limit(name string, usual, most int) int {
	v := r.text(name)
	if v == "" {
		return usual
	}
	n := 0
	if _, err := fmt.Sscanf(v, "%d", &n); err != nil || n < 1 || n > most || fmt.Sprint(n) != v {
		r.bad(name, "must be a number from 1 to %d", most)
		return usual
	}
	return n
}

// timeLayouts are the ways in which a time can be given, a day first.
var timeLayouts = []string{time.DateOnly, "2006-01-02T15:04", "2006-01-02T15:04:05", time.RFC3339Nano}

func (r *reader) time(name string, zone *time.Location) time.Time {
	v := r.text(name)
	if v == "" {
		return time.Time{}
	}
	for _, layout := range timeLayouts {
		if t, err := time.ParseInLocation(layout, v, zone); err == nil && t.Year() >= 2000 && t.Year() < 2200 {
			return t
		}
	}
	r.bad(name, "must be a day (2006-01-02) or a time (2006-01-02T15:04, 2006-01-02T15:04:05Z) after 2000")
	return time.Time{}
}

// span reads a time from and to, which wins over a range: a form sends both. A day as
// its end is meant whole.
func (r *reader) span(q *query, now time.Time, zone *time.Location) {
	from, to := r.time("from", zone), r.time("to", zone)
	if len(r.in.Get("to")) == len(time.DateOnly) && !to.IsZero() {
		to = to.AddDate(0, 0, 1)
	}
	if from.IsZero() && to.IsZero() {
		r.named(q, r.text("range"), now, zone)
		return
	}
	if to.IsZero() {
		to = now
	}
	if from.IsZero() {
		from = midnight(to.Add(-1), zone).AddDate(0, 0, -29)
	}
	if !from.Before(to) {
		r.bad("from", "must be before to")
	} else if to.Sub(from) > maxSpan+25*time.Hour {
		r.bad("from", "must be at most 400 days before to")
	}
	q.From, q.To = from, to
}

func (r *reader) named(q *query, name string, now time.Time, zone *time.Location) {
	if name == "" {
		name = defaultSpan
	}
	i := slices.IndexFunc(spans, func(s span) bool { return s.Name == name })
	if i < 0 {
		r.bad("range", "must be one of 24h, 7d, 30d, 90d")
		return
	}
	q.Range, q.From, q.To = name, spans[i].from(now, zone), now
}
