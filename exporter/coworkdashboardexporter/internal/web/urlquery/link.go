package urlquery

import (
	"net/url"
	"slices"
	"strings"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
)

// Link returns a link to a path that keeps the filter and the time range, as far as the
// target takes them. The path can have parameters, which replace those. The further
// arguments are names and values of parameters to set; an empty value removes one.
func (q *Query) Link(path string, parameters ...string) string {
	path, query, _ := strings.Cut(path, "?")
	values := url.Values{}
	target, _ := q.site.accepts(path)
	for _, name := range target.kept() {
		if v := q.values.Get(name); v != "" {
			values.Set(name, v)
		}
	}
	if values.Has("from") || values.Has("to") {
		values.Del("range")
	}
	set, _ := url.ParseQuery(query)
	for name := range set {
		values.Set(name, set.Get(name))
	}
	for pair := range slices.Chunk(parameters, 2) {
		if values.Set(pair[0], pair[1]); pair[1] == "" {
			values.Del(pair[0])
		}
	}
	if len(values) == 0 {
		return path
	}
	return path + "?" + values.Encode()
}

// PathOf returns the path of a link without its parameters.
func PathOf(link string) string {
	path, _, _ := strings.Cut(link, "?")
	return path
}

// Own returns the names and values of the parameters of the address itself, without the
// end of a page, as [Query.Link] takes them.
func (q *Query) Own() (pairs []string) {
	for _, name := range q.accepts.Own {
		if v := q.values.Get(name); v != "" && name != "after" {
			pairs = append(pairs, name, v)
		}
	}
	return pairs
}

// LinkHere returns a link to the page itself, which keeps its own parameters too.
func (q *Query) LinkHere(parameters ...string) string {
	return q.Link((&url.URL{Path: q.Path}).EscapedPath(), append(q.Own(), parameters...)...)
}

// LinkToName returns a link to the page about a name, such as /user?user=kim. It is "" if
// there is none, and on that page itself. A name in parentheses, such as (unknown), is a
// placeholder of the source.
func (q *Query) LinkToName(parameter, value string) string {
	path := "/" + parameter
	if !slices.Contains(AllNames, parameter) || !q.Has(path) || !Valid(value) || value[0] == '(' ||
		q.Path == path && q.values.Get(parameter) == value {
		return ""
	}
	return q.Link(path, parameter, value)
}

// Subject returns the parameter of the name that the page is about, "" on other pages.
func (q *Query) Subject() string {
	if name := strings.TrimPrefix(q.Path, "/"); slices.Contains(AllNames, name) {
		return name
	}
	return ""
}

// Has reports whether a path has a page.
func (q *Query) Has(path string) bool {
	_, ok := q.site.accepts(path)
	return ok
}

// Takes reports whether a path takes a parameter of links.
func (q *Query) Takes(path, parameter string) bool {
	a, _ := q.site.accepts(path)
	return slices.Contains(a.kept(), parameter)
}

// Fields returns the names that the address can be narrowed to.
func (q *Query) Fields() []Name { return NamesOf(q.accepts.Names) }

// Valid reports whether a name can be the value of a parameter.
func Valid(name string) bool {
	return name != "" && len(name) <= MaxValue && format.Sanitize(name) == name
}

// ActiveNames lists the parameters that narrow a filter.
func ActiveNames(f report.Filter) (active []string) {
	for _, n := range Names {
		if *n.Of(&f) != "" {
			active = append(active, n.Parameter)
		}
	}
	return active
}
