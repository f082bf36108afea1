package web

import (
	"maps"
	"net/url"
	"slices"
)

// link is an address on this page's server, with what a reader asked for.
func (q query) link(path string, more ...string) string {
	values := url.Values{}
	maps.Copy(values, q.values)
	for i := 0; i+1 < len(more); i += 2 {
		if values.Set(more[i], more[i+1]); more[i+1] == "" {
			values.Del(more[i])
		}
	}
	if len(values) == 0 {
		return path
	}
	return path + "?" + values.Encode()
}

// with is the same page with one more part of the filter, or another.
func (q query) with(name, value string) string {
	path := q.path
	if path != "/" && path != "/prompts" {
		path = "/"
	}
	return q.link(path, name, value, "section", q.Section)
}

// spanned is the same page for another span.
func (q query) spanned(name string) string {
	return q.link(q.path, "range", name, "from", "", "to", "", "section", q.Section)
}

// canNarrow reports whether a name in a column can be asked for in an address. One in
// brackets is the source's own word for those without a name.
func (q query) canNarrow(column, value string) bool {
	return slices.Contains(narrowing, column) && value != "" && value[0] != '(' && len(value) <= maxValue && clean(value) == value &&
		q.values.Get(column) != value
}

// set lists the parts of the filter that are set.
func (q query) set() []string {
	var set []string
	for _, name := range narrowing {
		if q.values.Get(name) != "" {
			set = append(set, name)
		}
	}
	return set
}
