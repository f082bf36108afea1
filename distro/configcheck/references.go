package configcheck

import (
	"maps"
	"slices"

	"github.com/cowork-otel/collector/distro/pipelines"
)

// A role is a place of a pipeline.
type role struct {
	key, noun string
	sections  []string // where its components are declared
	ids       func(pipelines.Pipeline) []string
}

var roles = []role{
	{"receivers", "receiver", []string{"receivers", "connectors"}, func(p pipelines.Pipeline) []string { return p.Receivers }},
	{"processors", "processor", []string{"processors"}, func(p pipelines.Pipeline) []string { return p.Processors }},
	{"exporters", "exporter", []string{"exporters", "connectors"}, func(p pipelines.Pipeline) []string { return p.Exporters }},
}

// References are the names of components in a service.
type references struct {
	*checker
	declared map[string][]string // names by section
	broken   map[string]bool     // sections that are reported already
}

// checkReferences reports components of pipelines that are not declared, connectors with
// one end, and extensions of the service that are not declared.
func checkReferences(c *checker, raw map[string]any) {
	r := references{c, map[string][]string{}, map[string]bool{}}
	for _, section := range topLevel[:5] {
		m, ok := raw[section].(map[string]any)
		r.broken[section] = !ok && raw[section] != nil
		r.declared[section] = slices.Sorted(maps.Keys(m))
	}
	r.checkPipelines()
	for _, id := range c.service.extensions {
		if !r.broken["extensions"] && !slices.Contains(r.declared["extensions"], id) {
			r.addError("service::extensions", "extension %q is not declared%s", id, suggest(id, r.declared["extensions"]))
		}
	}
	for _, id := range r.declared["connectors"] {
		r.checkConnector(id)
	}
}

func (r references) checkPipelines() {
	for _, p := range r.service.graph.Pipelines {
		for _, role := range roles {
			var known []string
			for _, section := range role.sections {
				known = append(known, r.declared[section]...)
			}
			if slices.ContainsFunc(role.sections, func(section string) bool { return r.broken[section] }) {
				continue
			}
			for _, id := range role.ids(p) {
				if !slices.Contains(known, id) {
					r.addError(p.Where()+delimiter+role.key, "%s %q is not declared%s", role.noun, id, suggest(id, known))
				}
			}
		}
	}
}

// checkConnector reports a connector with one end, and one that shares its name.
func (r references) checkConnector(id string) {
	where := "connectors" + delimiter + id
	for _, section := range []string{"receivers", "exporters"} {
		if slices.Contains(r.declared[section], id) {
			r.addError(where, "%s have the same name (rename one, for example to %s/2)", section, id)
		}
	}
	from := slices.IndexFunc(r.service.graph.Pipelines, func(p pipelines.Pipeline) bool { return slices.Contains(p.Exporters, id) })
	to := slices.IndexFunc(r.service.graph.Pipelines, func(p pipelines.Pipeline) bool { return slices.Contains(p.Receivers, id) })
	switch {
	case from >= 0 && to < 0:
		r.addError(where, "is an exporter of %s, and no pipeline receives from it (add it to the receivers of one)", r.service.graph.Pipelines[from].Where())
	case from < 0 && to >= 0:
		r.addError(where, "is a receiver of %s, and no pipeline exports to it (add it to the exporters of one)", r.service.graph.Pipelines[to].Where())
	}
}
