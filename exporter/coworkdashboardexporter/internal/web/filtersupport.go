package web

import (
	"slices"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

// A panel whose data lacks a name of the filter would show figures of others too. The page
// hides it, and the API rejects the request.

// supportedNames returns the names that a panel can be limited to.
func supportedNames(src report.Source, p report.Panel) []string {
	names := []string{}
	for _, n := range urlquery.Names {
		var f report.Filter
		*n.Of(&f) = "x"
		if src.Supports(p, f) {
			names = append(names, n.Parameter)
		}
	}
	return names
}

// missingNames returns the names of a filter that the data of a panel lacks, none if the
// panel supports the filter. If it supports each name but not all together, it lacks all.
func missingNames(src report.Source, p report.Panel, f report.Filter) []string {
	if src.Supports(p, f) {
		return nil
	}
	supported := supportedNames(src, p)
	missing := slices.DeleteFunc(urlquery.ActiveNames(f), func(name string) bool { return slices.Contains(supported, name) })
	if len(missing) == 0 {
		return urlquery.ActiveNames(f)
	}
	return missing
}

// supportedPanels returns the panels that support a filter, and a sentence on the others, "" if
// there are none.
func supportedPanels(src report.Source, panels []report.Panel, f report.Filter) (supported []report.Panel, hidden string) {
	var reasons []string
	count := map[string]int64{}
	for _, p := range panels {
		missing := missingNames(src, p, f)
		if len(missing) == 0 {
			supported = append(supported, p)
			continue
		}
		reason := format.List(missing)
		if count[reason]++; count[reason] == 1 {
			reasons = append(reasons, reason)
		}
	}
	if len(reasons) == 0 {
		return supported, ""
	}
	for i, reason := range reasons {
		verb := " have no data by "
		if count[reason] == 1 {
			verb = " has no data by "
		}
		reasons[i] = format.CountNoun(count[reason], "{panel}") + verb + reason
	}
	return supported, "Not shown: " + format.List(reasons) + "."
}
