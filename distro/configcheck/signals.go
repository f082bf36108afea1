package configcheck

import (
	"slices"
	"strings"

	"go.opentelemetry.io/collector/component"

	"github.com/cowork-otel/collector/distro/pipelines"
)

// A signalFactory is a factory of receivers, processors or exporters.
type signalFactory interface {
	LogsStability() component.StabilityLevel
	MetricsStability() component.StabilityLevel
	TracesStability() component.StabilityLevel
}

// checkSignals reports components in pipelines of a signal that they do not have.
func checkSignals(c *checker) {
	sections := c.sections()
	for _, p := range c.service.graph.Pipelines {
		for _, role := range roles {
			section := sections[slices.IndexFunc(sections, func(s section) bool { return s.name == role.key })]
			for _, id := range role.ids(p) {
				var typ component.ID
				if c.service.graph.IsConnector(id) || typ.UnmarshalText([]byte(id)) != nil {
					continue
				}
				f, ok := section.factory(typ.Type()).(signalFactory)
				if !ok {
					continue // reported as unknown
				}
				if has := signalsOf(f); len(has) > 0 && signals[p.Signal()] != nil && !slices.Contains(has, p.Signal()) {
					c.addError(p.Where()+delimiter+role.key, "%s has no %s (it has %s)", pipelines.TypeOf(id), p.Signal(), strings.Join(has, ", "))
				}
			}
		}
	}
}

// signals are the stabilities of a factory by signal.
var signals = map[string]func(signalFactory) component.StabilityLevel{
	"logs":    signalFactory.LogsStability,
	"metrics": signalFactory.MetricsStability,
	"traces":  signalFactory.TracesStability,
}

func signalsOf(f signalFactory) (names []string) {
	for _, name := range []string{"logs", "metrics", "traces"} {
		if signals[name](f) != component.StabilityLevelUndefined {
			names = append(names, name)
		}
	}
	return names
}
