package urlquery

import (
	"maps"
	"net/url"
	"slices"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
)

// Path returns the path of the page that was requested.
func (q Query) Path() string { return q.path }

// Link returns a link to a path that keeps the filter and the time range. The further
// arguments are names and values of parameters to set; an empty value removes one.
func (q Query) Link(path string, parameters ...string) string {
	values := url.Values{}
	maps.Copy(values, q.values)
	for i := 0; i+1 < len(parameters); i += 2 {
		if values.Set(parameters[i], parameters[i+1]); parameters[i+1] == "" {
			values.Del(parameters[i])
		}
	}
	if len(values) == 0 {
		return path
	}
	return path + "?" + values.Encode()
}

// LinkToName returns a link that narrows the page to a name. From a page without a
// filter it leads to the overview.
func (q Query) LinkToName(parameter, value string) string {
	path := q.path
	if path != "/" && path != "/prompts" {
		path = "/"
	}
	return q.Link(path, parameter, value, "section", q.Section)
}

// LinkToRange returns a link to the same page for a named range.
func (q Query) LinkToRange(name string) string {
	return q.Link(q.path, "range", name, "from", "", "to", "", "section", q.Section)
}

// LinkWithoutNames returns a link to the same page that is not narrowed to a name, ""
// if it is not narrowed now.
func (q Query) LinkWithoutNames() string {
	if len(q.ActiveFilters()) == 0 {
		return ""
	}
	return q.Link(q.path, "organization", "", "user", "", "model", "")
}

// CanNarrow reports whether the page can be narrowed to a value of a parameter. A name
// in parentheses, such as (unknown), is a placeholder of the source.
func (q Query) CanNarrow(parameter, value string) bool {
	return slices.Contains(filterParameters, parameter) && value != "" && value[0] != '(' &&
		len(value) <= MaxValue && format.Sanitize(value) == value && q.values.Get(parameter) != value
}

// ActiveFilters lists the parameters that narrow the page now.
func (q Query) ActiveFilters() []string {
	var active []string
	for _, name := range filterParameters {
		if q.values.Get(name) != "" {
			active = append(active, name)
		}
	}
	return active
}
