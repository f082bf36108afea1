package configcheck

import (
	"slices"

	"github.com/cowork-otel/collector/distro/pipelines"
)

// orders are types of processors that work only in one order, with what happens in the
// other one.
var orders = []struct{ first, second, otherwise string }{
	{"cowork_event", "cowork_roster", "it renames the names and teams that cowork_roster has written"},
	{"cowork_event", "cowork_redaction", "it renames the marks that cowork_redaction has written"},
	{"cowork_event", "cowork_correlation", "events are not normalized yet"},
	{"cowork_roster", "cowork_redaction", "it finds no e-mail address, since they are replaced"},
	{"cowork_event", "cowork_egress", "it renames the verdicts that cowork_egress has written"},
	{"cowork_roster", "cowork_egress", "it adds the teams whose lists cowork_egress looks up"},
	{"cowork_egress", "cowork_redaction", "it does not see hosts that are replaced, such as addresses"},
	{"cowork_redaction", "cowork_schema", "it does not know the attributes of the format"},
	{"cowork_correlation", "cowork_schema", "it finds no attributes where mode is replace"},
}

// checkOrder warns of processors in an order in which they do not work.
func checkOrder(c *checker) {
	for _, p := range c.service.graph.Pipelines {
		for _, order := range orders {
			second := slices.IndexFunc(p.Processors, func(id string) bool { return pipelines.TypeOf(id) == order.second })
			if second >= 0 && slices.ContainsFunc(p.Processors[second:], func(id string) bool { return pipelines.TypeOf(id) == order.first }) {
				c.addWarning(p.Where()+delimiter+"processors", "%s comes after %s: %s (put it in front)", order.first, order.second, order.otherwise)
			}
		}
	}
}
