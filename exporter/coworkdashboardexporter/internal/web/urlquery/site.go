package urlquery

import (
	"slices"
	"strings"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// A Name is a parameter that narrows a page to a name. It is the path of the page about
// one name as well: /user?user=kim.
type Name struct {
	Parameter string
	Label     string
	Of        func(*report.Filter) *string
}

// Names are the parameters that narrow a page, in the order of its form.
var Names = []Name{
	{"organization", "Organization", func(f *report.Filter) *string { return &f.Organization }},
	{"team", "Team", func(f *report.Filter) *string { return &f.Team }},
	{"user", "User", func(f *report.Filter) *string { return &f.User }},
	{"model", "Model", func(f *report.Filter) *string { return &f.Model }},
	{"tool", "Tool", func(f *report.Filter) *string { return &f.Tool }},
	{"connector", "Connector", func(f *report.Filter) *string { return &f.Connector }},
}

// NamesOf returns the names with some parameters, in their order.
func NamesOf(parameters []string) []Name {
	return slices.DeleteFunc(slices.Clone(Names), func(n Name) bool { return !slices.Contains(parameters, n.Parameter) })
}

// The parameters of names that pages take: those of every page, and those of pages about
// tools as well.
var (
	CommonNames = []string{"organization", "team", "user", "model"}
	AllNames    = []string{"organization", "team", "user", "model", "tool", "connector"}
)

// Accepts are the parameters that an address takes.
type Accepts struct {
	// Times is set for range, from and to.
	Times bool
	// Names are the parameters of names.
	Names []string
	// Compare is set for the parameter compare.
	Compare bool
	// Options is set for pages, which take the parameters of how they look.
	Options bool
	// Limit, if it has a maximum, is for the parameter limit.
	Limit Limit
	// Own are parameters of the address itself. Their values are read with [Query.Value],
	// and links do not keep them.
	Own []string
}

// kept returns the parameters that links to the address keep.
func (a Accepts) kept() (list []string) {
	if a.Times {
		list = append(list, "range", "from", "to")
	}
	if a.Compare {
		list = append(list, "compare")
	}
	list = append(list, a.Names...)
	if a.Options {
		list = append(list, optionParameters...)
	}
	return list
}

// parameters returns all parameters of the address.
func (a Accepts) parameters() []string {
	list := a.kept()
	if a.Limit.Max > 0 {
		list = append(list, "limit")
	}
	return append(list, a.Own...)
}

// A Site has the parameters of each address, by its pattern: /prompts, or /prompts/{id}.
type Site map[string]Accepts

// accepts returns the parameters of a path, false if there is no such address.
func (s Site) accepts(path string) (Accepts, bool) {
	if path == "/" {
		path = "/{$}"
	}
	if a, ok := s[path]; ok {
		return a, true
	}
	folder := path[:strings.LastIndexByte(path, '/')+1]
	for pattern, a := range s {
		if rest, ok := strings.CutPrefix(pattern, folder); ok && strings.HasPrefix(rest, "{") && rest != "{$}" {
			return a, true
		}
	}
	return Accepts{}, false
}

// Query returns the query of an address without parameters.
func (s Site) Query() *Query { return &Query{site: s, Shown: time.UTC} }
