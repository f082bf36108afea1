package configcheck

import "slices"

// orders are types of processors that work only in one order, with what happens in the
// other one.
var orders = []struct{ first, second, otherwise string }{
	{"cowork_event", "cowork_roster", "it renames the names and teams that cowork_roster has written"},
	{"cowork_roster", "cowork_redaction", "it finds no e-mail address, since they are replaced"},
}

// checkOrder warns of processors in an order in which they do not work.
func checkOrder(r *Report, pipelines []pipeline) {
	for _, p := range pipelines {
		for _, order := range orders {
			second := slices.IndexFunc(p.processors, func(id string) bool { return typeOf(id) == order.second })
			if second >= 0 && slices.ContainsFunc(p.processors[second:], func(id string) bool { return typeOf(id) == order.first }) {
				r.addWarning(p.where+delimiter+"processors", "%s comes after %s: %s (put it in front)", order.first, order.second, order.otherwise)
			}
		}
	}
}
