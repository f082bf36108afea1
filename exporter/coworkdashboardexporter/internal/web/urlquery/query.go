// Package urlquery parses the query of an address and builds links that keep it.
//
// The address is the only state of a page. A [Site] has the parameters that each address
// takes: others are refused, and a link keeps those that its target takes.
package urlquery

import (
	"errors"
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
)

const (
	// MaxValue bounds the length of a value, in bytes.
	MaxValue = 256
	// maxOwn bounds that of a parameter of the address itself, such as the end of a page.
	maxOwn = 1024
	// maxSpan bounds the time range. A day can have an hour more than others.
	maxSpan = 400*24*time.Hour + 25*time.Hour
)

// A Limit bounds the parameter limit.
type Limit struct{ Default, Max int }

// The limits of a list of prompts and of the answer to a panel.
var (
	PromptLimit = Limit{50, 500}
	RowLimit    = Limit{10_000, 100_000}
)

// A Range is a named time range that ends now.
type Range struct {
	Name  string // in an address
	Label string // on a button
	Title string // in a sentence
	days  int    // including today, 0 for 24 hours
}

// Ranges are the named ranges. Ranges of several days start with a day, so that they
// hold complete days.
var Ranges = []Range{
	{"24h", "24 h", "Last 24 hours", 0},
	{"7d", "7 days", "Last 7 days", 7},
	{"30d", "30 days", "Last 30 days", 30},
	{"90d", "90 days", "Last 90 days", 90},
}

const defaultRange = "30d"

// DateTimeLocal is the layout of a datetime-local input of HTML.
const DateTimeLocal = "2006-01-02T15:04"

// timeLayouts are the accepted layouts of a time.
var timeLayouts = []string{time.DateOnly, DateTimeLocal, "2006-01-02T15:04:05", time.RFC3339Nano}

// A Query is the parsed query of an address.
type Query struct {
	report.Filter
	Now   time.Time
	Path  string // of the page
	Range *Range // nil if from and to are set
	Limit int
	// Shown is the time zone in which times are shown. Days are those of Zone.
	Shown *time.Location
	Theme string // light, dark, or "" for that of the system
	// Compared is the parameter compare, nil if it is not set.
	Compared *Comparison

	accepts Accepts
	site    Site
	values  url.Values // of parameters that are set
}

// Parse parses the query of an address that accepts some parameters. The error lists
// everything that is wrong.
func (s Site) Parse(u *url.URL, now time.Time, zone *time.Location, accepts Accepts) (*Query, error) {
	values, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return nil, errors.New("query: not well encoded")
	}
	maps.DeleteFunc(values, func(_ string, list []string) bool { return len(list) == 1 && list[0] == "" })
	p := parser{values: values, zone: zone, shown: zone}
	p.refuseUnknown(accepts.parameters())
	q := &Query{Filter: report.Filter{Zone: zone}, Now: now, Path: u.Path, accepts: accepts, site: s, values: values}
	for _, n := range Names {
		*n.Of(&q.Filter) = p.value(n.Parameter)
	}
	for _, name := range accepts.Own {
		p.text(name, maxOwn)
	}
	q.Limit = p.limit("limit", accepts.Limit)
	p.parseOptions(q)
	p.parseTimes(q)
	p.parseComparison(q)
	return q, errors.Join(p.errs...)
}

// Value returns the value of a parameter, "" if it is not set.
func (q *Query) Value(parameter string) string { return q.values.Get(parameter) }

// A parser reads parameters and collects what is wrong with them.
type parser struct {
	values url.Values
	zone   *time.Location // of days
	shown  *time.Location // of times
	errs   []error
}

func (p *parser) reject(name, reason string, args ...any) {
	p.errs = append(p.errs, fmt.Errorf(name+": "+reason, args...))
}

// plainName matches the names of parameters that an error repeats.
var plainName = regexp.MustCompile(`^[a-z_]{1,30}$`)

// refuseUnknown rejects parameters that the address does not take, and those with several
// values.
func (p *parser) refuseUnknown(known []string) {
	for _, name := range slices.Sorted(maps.Keys(p.values)) {
		shown := "query"
		if plainName.MatchString(name) { // the response repeats nothing else of the address
			shown = name
		}
		switch {
		case len(known) == 0:
			p.errs = append(p.errs, fmt.Errorf("%s: unknown parameter (this address takes none)", shown))
			delete(p.values, name)
		case !slices.Contains(known, name):
			p.errs = append(p.errs, fmt.Errorf("%s: unknown parameter (this address takes %s)", shown, format.List(known)))
			delete(p.values, name)
		case len(p.values[name]) > 1:
			p.reject(name, "given more than once (once is enough)")
		}
	}
}

func (p *parser) value(name string) string { return p.text(name, MaxValue) }

// text returns the value of a parameter of a largest length.
func (p *parser) text(name string, most int) string {
	v := p.values.Get(name)
	switch {
	case len(v) > most:
		p.reject(name, "longer than %d bytes", most)
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
	n, _ := strconv.Atoi(v)
	if n < 1 || n > bounds.Max || strconv.Itoa(n) != v {
		p.reject(name, "must be a number from 1 to %d", bounds.Max)
	}
	return n
}

func (p *parser) timeValue(name string) time.Time {
	v := p.value(name)
	if v == "" {
		return time.Time{}
	}
	for _, layout := range timeLayouts {
		zone := p.shown
		if layout == time.DateOnly {
			zone = p.zone
		}
		t, err := time.ParseInLocation(layout, v, zone)
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
func (p *parser) parseTimes(q *Query) {
	q.From, q.To = p.timeValue("from"), p.timeValue("to")
	if q.From.IsZero() && q.To.IsZero() {
		p.parseRange(q)
		return
	}
	if q.To.IsZero() {
		q.To = q.Now
	} else if len(p.values.Get("to")) == len(time.DateOnly) {
		q.To = report.StartOfDay(q.To.In(p.zone), 1)
	}
	if q.From.IsZero() {
		q.From = report.StartOfDay(q.To.Add(-1).In(p.zone), -29)
	}
	if !q.From.Before(q.To) {
		p.reject("from", "must be before to")
	} else if q.To.Sub(q.From) > maxSpan {
		p.reject("from", "must be at most 400 days before to")
	}
}

func (p *parser) parseRange(q *Query) {
	name := p.value("range")
	if name == "" {
		name = defaultRange
	}
	i := slices.IndexFunc(Ranges, func(r Range) bool { return r.Name == name })
	if i < 0 {
		p.reject("range", "must be one of 24h, 7d, 30d, 90d")
		return
	}
	q.Range, q.To = &Ranges[i], q.Now
	if q.From = q.Now.Add(-24 * time.Hour).Truncate(time.Hour); q.Range.days > 0 {
		q.From = report.StartOfDay(q.Now.In(p.zone), 1-q.Range.days)
	}
}
