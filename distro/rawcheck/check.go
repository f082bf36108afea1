package rawcheck

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cowork-otel/collector/distro/pipelines"
)

// A Problem is telemetry without redaction, at the pipeline where it enters.
type Problem struct {
	// Where is the key of a pipeline, such as service::pipelines::logs.
	Where string

	// Text is what happens, and in parentheses what would be right.
	Text string
}

func (p Problem) String() string { return p.Where + ": " + p.Text }

// Check reports which components receive telemetry without redaction, by the pipeline where
// it enters.
func Check(g pipelines.Graph) (problems []Problem) {
	found := leaks(g)
	for _, p := range g.Pipelines {
		for _, group := range groupsOf(g, p, found) {
			problems = append(problems, Problem{group.where, fmt.Sprintf("without redaction, telemetry of %s reaches %s", strings.Join(group.receivers, " and "), group.reached)})
		}
	}
	return problems
}

// A group has the receivers of a pipeline whose telemetry reaches the same components.
type group struct {
	where, reached string
	receivers      []string
}

func groupsOf(g pipelines.Graph, p pipelines.Pipeline, found []leak) (groups []group) {
	add := func(receiver, where, reached string) {
		i := slices.IndexFunc(groups, func(other group) bool { return other.where == where && other.reached == reached })
		if i < 0 {
			i, groups = len(groups), append(groups, group{where: where, reached: reached})
		}
		groups[i].receivers = append(groups[i].receivers, "receivers::"+receiver)
	}
	redactsLate := slices.ContainsFunc(p.Processors, func(id string) bool { return redacts(g, id) })
	for _, receiver := range p.Receivers {
		var early, others []leak
		for _, l := range found {
			switch {
			case l.entry.ID != p.ID || l.receiver != receiver:
			case l.at.ID == p.ID && redactsLate:
				early = append(early, l)
			default:
				others = append(others, l)
			}
		}
		if len(early) > 0 {
			add(receiver, p.Where()+"::processors", describe(g, early)+" (put cowork_redaction in front)")
		}
		if len(others) > 0 {
			add(receiver, p.Where(), fmt.Sprintf("%s (%s)", describe(g, others), remedy(g, p, others)))
		}
	}
	return groups
}

// IsBehind reports whether all telemetry of clients that an exporter receives passes
// redaction in this collector.
func IsBehind(g pipelines.Graph, exporter string) bool {
	return !slices.ContainsFunc(leaks(g), func(l leak) bool { return l.section == "exporters" && l.id == exporter })
}

// maxNamed bounds the components that a problem lists.
const maxNamed = 8

// describe lists the components of leaks, with what they do, by the ways on which they are
// reached.
func describe(g pipelines.Graph, list []leak) string {
	var parts, together []string
	for i, l := range list {
		if i == maxNamed && len(list) > maxNamed+1 {
			parts = append(parts, fmt.Sprintf("and %d more", len(list)-maxNamed))
			break
		}
		name := l.section + "::" + l.id
		if how := keeps(g, l); how != "" {
			name += " (" + how + ")"
		}
		together = append(together, name)
		if i+1 < len(list) && i+1 != maxNamed && slices.Equal(list[i+1].way, l.way) {
			continue
		}
		part := strings.Join(together, ", ")
		if len(l.way) > 0 {
			part += " by " + strings.Join(l.way, ", ")
		}
		parts, together = append(parts, part), nil
	}
	return strings.Join(parts, "; ")
}

// keeps returns where a component writes what it receives, or "".
func keeps(g pipelines.Graph, l leak) string {
	cfg := g.Config(l.section, l.id)
	switch kind := pipelines.TypeOf(l.id); {
	case l.section == "exporters" && kind == "debug" && fmt.Sprint(cfg["verbosity"]) == "detailed":
		return "prints it"
	case l.section == "exporters" && kind == "cowork_dashboard":
		return "shows it"
	}
	if storage := storageOf(cfg); storage != "" {
		return "keeps it on disk in " + storage
	}
	return ""
}

// remedy returns what would redact the telemetry of a pipeline.
func remedy(g pipelines.Graph, p pipelines.Pipeline, list []leak) string {
	all := slices.Clone(p.Processors)
	for _, l := range list {
		all = append(all, l.at.Processors...)
	}
	if i := slices.IndexFunc(all, func(id string) bool { return pipelines.TypeOf(id) == "cowork_redaction" && isOff(g, id) }); i >= 0 {
		return fmt.Sprintf("set processors::%s::enabled: true", all[i])
	}
	missing := "cowork_event and cowork_redaction"
	if slices.ContainsFunc(all, func(id string) bool { return pipelines.TypeOf(id) == "cowork_event" }) {
		missing = "cowork_redaction"
	}
	if last := list[0].at.ID; last != p.ID && len(list) == 1 {
		return fmt.Sprintf("add %s to the processors of %s or %s", missing, p.ID, last)
	}
	return fmt.Sprintf("add %s to the processors", missing)
}
