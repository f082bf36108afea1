package urlquery

import (
	"maps"
	"net/url"
	"slices"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
)

// Link returns a link to a path that keeps the filter and the time range. The further
// arguments are names and values of parameters to set; an empty value removes one.
func (q *Query) Link(path string, parameters ...string) string {
	values := url.Values{}
	maps.Copy(values, q.kept)
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

// LinkToName returns a link that narrows the page to a value of a parameter, "" if that is
// not possible. From a page without a filter it leads to the overview. A name in
// parentheses, such as (unknown), is a placeholder of the source.
func (q *Query) LinkToName(parameter, value string) string {
	if !slices.ContainsFunc(Names, func(n Name) bool { return n.Parameter == parameter }) ||
		!Valid(value) || value[0] == '(' || q.kept.Get(parameter) == value {
		return ""
	}
	path := q.Path
	if path != "/prompts" {
		path = "/"
	}
	return q.Link(path, parameter, value, "section", q.Section)
}

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
