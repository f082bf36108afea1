package lifecycle

import (
	"fmt"
	"slices"
)

// pagesBehindRedaction returns the exporters of the page in a configuration, and whether
// all records that reach them pass redaction in this collector.
func pagesBehindRedaction(all map[string]any) map[string]bool {
	service, _ := all["service"].(map[string]any)
	raw, _ := service["pipelines"].(map[string]any)
	f := flow{}
	f.connectors, _ = all["connectors"].(map[string]any)
	f.processors, _ = all["processors"].(map[string]any)
	for _, p := range raw {
		if p, ok := p.(map[string]any); ok {
			f.pipelines = append(f.pipelines, pipeline{namesOf(p["receivers"]), namesOf(p["processors"]), namesOf(p["exporters"])})
		}
	}
	redacted := map[string]bool{}
	for _, p := range f.pipelines {
		for _, exporter := range p.exporters {
			if isOfType(exporter, "cowork_dashboard") {
				redacted[exporter] = f.isRedacted(exporter, nil)
			}
		}
	}
	return redacted
}

// A flow has the pipelines of a configuration.
type flow struct {
	pipelines              []pipeline
	connectors, processors map[string]any
}

type pipeline struct{ receivers, processors, exporters []string }

// isRedacted reports whether all pipelines into a component redact, or receive only from
// connectors into which all pipelines do. Seen are the components that led here.
func (f flow) isRedacted(component string, seen []string) bool {
	if slices.Contains(seen, component) {
		return false
	}
	seen = append(slices.Clip(seen), component)
	into := 0
	for _, p := range f.pipelines {
		if !slices.Contains(p.exporters, component) {
			continue
		}
		into++
		fromRedacted := func(receiver string) bool {
			_, derived := f.connectors[receiver]
			return derived && f.isRedacted(receiver, seen)
		}
		if !slices.ContainsFunc(p.processors, f.redacts) && slices.ContainsFunc(p.receivers, func(r string) bool { return !fromRedacted(r) }) {
			return false
		}
	}
	return into > 0
}

// redacts reports whether a processor redacts.
func (f flow) redacts(name string) bool {
	cfg, _ := f.processors[name].(map[string]any)
	enabled, set := cfg["enabled"]
	return isOfType(name, "cowork_redaction") && (!set || fmt.Sprint(enabled) == "true")
}

// namesOf returns the names of a list in a configuration.
func namesOf(list any) (names []string) {
	values, _ := list.([]any)
	for _, v := range values {
		if name, ok := v.(string); ok {
			names = append(names, name)
		}
	}
	return names
}
