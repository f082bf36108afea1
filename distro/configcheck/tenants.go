package configcheck

import (
	"reflect"
	"slices"
	"strings"

	"go.opentelemetry.io/collector/component"

	"github.com/cowork-otel/collector/distro/pipelines"
)

// losesSender are the types of processors that pass telemetry on without the sender that an
// authenticator has found: they merge the batches of several senders, or emit later.
var losesSender = []string{"batch", "group_by_trace", "groupbytrace", "interval", "tail_sampling"}

// checkTenants warns of telemetry of senders with a token that cowork_event does not compare
// with the organizations of the token.
func checkTenants(c *checker) {
	for where, cfg := range c.inUse() {
		id, isReceiver := strings.CutPrefix(where, "receivers"+delimiter)
		if !isReceiver || !authenticatesTenants(cfg) {
			continue
		}
		for _, p := range c.service.graph.Pipelines {
			if slices.Contains(p.Receivers, id) {
				checkSenders(c.Report, c.service.graph, p, p, 0)
			}
		}
	}
}

// authenticatesTenants reports whether a component names the authenticator cowork_tenants.
func authenticatesTenants(cfg any) (found bool) {
	visitConfig(reflect.ValueOf(cfg), nil, func(_ []string, v reflect.Value) bool {
		if v.Type() != idType {
			return true
		}
		found = found || v.Interface().(component.ID).Type().String() == "cowork_tenants"
		return false
	})
	return found
}

// checkSenders follows the telemetry of a receiver, from its pipeline first, to the first
// cowork_event.
func checkSenders(r *Report, g pipelines.Graph, first, p pipelines.Pipeline, depth int) {
	for _, id := range p.Processors {
		switch kind := pipelines.TypeOf(id); {
		case kind == "cowork_event":
			return
		case slices.Contains(losesSender, kind):
			r.addWarning(p.Where()+delimiter+"processors", "%s comes before cowork_event: it loses the token of the sender, so organizations are not compared (put it behind)", id)
			return
		}
	}
	followed := false
	for _, after := range g.Pipelines {
		joined := func(id string) bool { return pipelines.TypeOf(id) == "forward" && slices.Contains(after.Receivers, id) }
		if after.Signal() == p.Signal() && depth < len(g.Pipelines) && slices.ContainsFunc(p.Exporters, joined) {
			checkSenders(r, g, first, after, depth+1)
			followed = true
		}
	}
	if !followed {
		r.addWarning(first.Where()+delimiter+"processors", "has no cowork_event: nothing compares organizations with the token of the sender (add it)")
	}
}
