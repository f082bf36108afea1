package urlquery

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

// The limits of an address.
const (
	MaxLength = 4096 // of the query, in bytes
	MaxValue  = 256  // of a value, in bytes
	maxSpan   = 400 * 24 * time.Hour
)

// A Limit bounds the parameter limit.
type Limit struct{ Default, Max int }

// The limits of a list of prompts and of the answer to a panel.
var (
	PromptLimit = Limit{50, 500}
	RowLimit    = Limit{10_000, 100_000}
)

// DateTimeLocal is the layout of a datetime-local input of HTML.
const DateTimeLocal = "2006-01-02T15:04"

// timeLayouts are the accepted layouts of a time.
var timeLayouts = []string{time.DateOnly, DateTimeLocal, "2006-01-02T15:04:05", time.RFC3339Nano}

// A Query is the parsed query of an address.
type Query struct {
	report.Filter
	// Range is the name of a [Range], "" if from and to are set.
	Range   string
	Section string
	Before  time.Time
	Limit   int

	path   string
	values url.Values // the parameters that links keep
}

// keptParameters are kept by the links from page to page.
var keptParameters = []string{"range", "from", "to", "organization", "user", "model"}

// filterParameters are the parameters that narrow the page to a name.
var filterParameters = []string{"organization", "user", "model"}

// Parse parses the query of an address. The error lists everything that is wrong.
func Parse(u *url.URL, now time.Time, zone *time.Location, limit Limit) (Query, error) {
	if len(u.RawQuery) > MaxLength {
		return Query{}, fmt.Errorf("query: longer than %d bytes", MaxLength)
	}
	values, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return Query{}, errors.New("query: not well encoded")
	}
	p := parser{values: values, zone: zone}
	q := Query{
		path: u.Path,
		Filter: report.Filter{
			Zone: zone, Organization: p.value("organization"), User: p.value("user"), Model: p.value("model"),
		},
		Section: p.value("section"),
		Before:  p.timeValue("before"),
		Limit:   p.limit("limit", limit),
		values:  url.Values{},
	}
	p.parseTimes(&q, now)
	for _, name := range keptParameters {
		if v := values.Get(name); v != "" && (name != "range" || q.Range != "") {
			q.values.Set(name, v)
		}
	}
	return q, errors.Join(p.errs...)
}

// A parser reads parameters and collects what is wrong with them.
type parser struct {
	values url.Values
	zone   *time.Location
	errs   []error
}

func (p *parser) reject(name, format string, args ...any) {
	p.errs = append(p.errs, fmt.Errorf(name+": "+format, args...))
}

func (p *parser) value(name string) string {
	v := p.values.Get(name)
	switch {
	case len(v) > MaxValue:
		p.reject(name, "longer than %d bytes", MaxValue)
	case !utf8.ValidString(v):
		p.reject(name, "not UTF-8")
	case slices.ContainsFunc([]rune(v), unicode.IsControl):
		p.reject(name, "has control characters")
	default:
		return v
	}
	return ""
}

func (p *parser) limit(name string, bounds Limit) int {
	v := p.value(name)
	if v == "" {
		return bounds.Default
	}
	n := 0
	if _, err := fmt.Sscanf(v, "%d", &n); err != nil || n < 1 || n > bounds.Max || fmt.Sprint(n) != v {
		p.reject(name, "must be a number from 1 to %d", bounds.Max)
		return bounds.Default
	}
	return n
}

func (p *parser) timeValue(name string) time.Time {
	v := p.value(name)
	if v == "" {
		return time.Time{}
	}
	for _, layout := range timeLayouts {
		t, err := time.ParseInLocation(layout, v, p.zone)
		if err != nil || t.Year() < 2000 || t.Year() >= 2200 {
			continue
		}
		if layout == time.DateOnly { // a day that begins after midnight would be the day before
			return report.StartOfDay(t.Add(12*time.Hour), 0)
		}
		return t
	}
	p.reject(name, "must be a day (2006-01-02) or a time (2006-01-02T15:04, 2006-01-02T15:04:05Z) after 2000")
	return time.Time{}
}

// parseTimes sets the time range. From and to override range, since the form sends all
// three. A day as the end includes that day.
func (p *parser) parseTimes(q *Query, now time.Time) {
	from, to := p.timeValue("from"), p.timeValue("to")
	if len(p.values.Get("to")) == len(time.DateOnly) && !to.IsZero() {
		to = report.StartOfDay(to.In(p.zone), 1)
	}
	if from.IsZero() && to.IsZero() {
		p.parseRange(q, now)
		return
	}
	if to.IsZero() {
		to = now
	}
	if from.IsZero() {
		from = report.StartOfDay(to.Add(-1).In(p.zone), -29)
	}
	if !from.Before(to) {
		p.reject("from", "must be before to")
	} else if to.Sub(from) > maxSpan+25*time.Hour {
		p.reject("from", "must be at most 400 days before to")
	}
	q.From, q.To = from, to
}

func (p *parser) parseRange(q *Query, now time.Time) {
	name := p.value("range")
	if name == "" {
		name = defaultRange
	}
	i := slices.IndexFunc(Ranges, func(r Range) bool { return r.Name == name })
	if i < 0 {
		p.reject("range", "must be one of 24h, 7d, 30d, 90d")
		return
	}
	q.Range, q.From, q.To = name, Ranges[i].start(now, p.zone), now
}
