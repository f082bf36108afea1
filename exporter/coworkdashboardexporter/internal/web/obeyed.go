package web

import (
	"errors"
	"slices"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
)

// A panel whose data lacks a name of the filter would show figures of others too. The page
// hides it, and the API rejects the request.

// filterNames are the names that a filter can have.
var filterNames = []struct {
	name  string
	value func(*report.Filter) *string
}{
	{"organization", func(f *report.Filter) *string { return &f.Organization }},
	{"user", func(f *report.Filter) *string { return &f.User }},
	{"model", func(f *report.Filter) *string { return &f.Model }},
}

// obeyedNames returns the names that a panel can be limited to.
func obeyedNames(src report.Source, p report.Panel) (names []string) {
	for _, n := range filterNames {
		var f report.Filter
		*n.value(&f) = "x"
		if src.Obeys(p, f) {
			names = append(names, n.name)
		}
	}
	return names
}

// missingNames returns the names of a filter that the data of a panel lacks, none if the
// panel obeys the filter. If it obeys each name but not all together, it lacks all.
func missingNames(src report.Source, p report.Panel, f report.Filter) []string {
	if src.Obeys(p, f) {
		return nil
	}
	var active []string
	for _, n := range filterNames {
		if *n.value(&f) != "" {
			active = append(active, n.name)
		}
	}
	obeyed := obeyedNames(src, p)
	missing := slices.DeleteFunc(slices.Clone(active), func(name string) bool { return slices.Contains(obeyed, name) })
	if len(missing) == 0 {
		return active
	}
	return missing
}

// obeyedPanels returns the panels that obey a filter, and a sentence on the others, "" if
// there are none.
func obeyedPanels(src report.Source, panels []report.Panel, f report.Filter) (obeyed []report.Panel, hidden string) {
	var reasons []string
	count := map[string]int64{}
	for _, p := range panels {
		missing := missingNames(src, p, f)
		if len(missing) == 0 {
			obeyed = append(obeyed, p)
			continue
		}
		reason := format.List(missing)
		if count[reason]++; count[reason] == 1 {
			reasons = append(reasons, reason)
		}
	}
	for i, reason := range reasons {
		verb := " have no data by "
		if count[reason] == 1 {
			verb = " has no data by "
		}
		reasons[i] = format.CountNoun(count[reason], "{panel}") + verb + reason
	}
	if len(reasons) > 0 {
		hidden = "Not shown: " + format.List(reasons) + "."
	}
	return obeyed, hidden
}

// checkObeys rejects a filter that a panel does not obey.
func checkObeys(src report.Source, p report.Panel, f report.Filter) error {
	if missing := missingNames(src, p, f); len(missing) > 0 {
		names := format.List(missing)
		return badRequest{errors.New(names + ": this panel has no data by " + names + " (leave it out)")}
	}
	return nil
}
