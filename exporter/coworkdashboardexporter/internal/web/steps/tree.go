package steps

import "github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"

// A node is a step at its place in the tree of steps.
type node struct {
	report.Step
	depth    int
	decision *report.Step // the permission of a call, nil if it is not known
}

// isOf reports whether the step, or the permission within it, is that of an event.
func (n *node) isOf(event string) bool {
	return n.Event == event || n.decision != nil && n.decision.Event == event
}

// arrange returns the steps of a prompt, sorted by their starts, in the order of the page:
// each below the step that caused it, and permissions within their calls.
func arrange(list []report.Step) []node {
	list, decisions := mergeDecisions(list)
	causes := map[string]int{} // the first step of a name
	for i := range list {
		if _, known := causes[list[i].ID]; !known && list[i].ID != "" {
			causes[list[i].ID] = i
		}
	}
	below := make([][]int, len(list))
	var roots []int
	for i := range list {
		if cause, known := causes[list[i].Parent]; known && cause != i {
			below[cause] = append(below[cause], i)
		} else {
			roots = append(roots, i)
		}
	}
	nodes := make([]node, 0, len(list))
	placed := make([]bool, len(list))
	var place func(i, depth int)
	place = func(i, depth int) {
		if placed[i] {
			return
		}
		placed[i] = true
		nodes = append(nodes, node{list[i], depth, decisions[list[i].ID]})
		for _, child := range below[i] {
			place(child, depth+1)
		}
	}
	for _, i := range roots {
		place(i, 0)
	}
	for i := range list { // subagents that name each other as their cause
		place(i, 0)
	}
	return nodes
}

// mergeDecisions removes the permissions of calls that ran, and returns them by the name
// of the call. A call that ran although it was rejected stays two steps.
func mergeDecisions(list []report.Step) (rest []report.Step, decisions map[string]*report.Step) {
	ran := map[string]bool{}
	for i := range list {
		if list[i].Kind == resultKind && list[i].ID != "" {
			ran[list[i].ID] = true
		}
	}
	decisions = map[string]*report.Step{}
	for i, s := range list {
		if s.Kind == decisionKind && !s.Failed && ran[s.ID] {
			decisions[s.ID] = &list[i]
		} else {
			rest = append(rest, s)
		}
	}
	return rest, decisions
}

const (
	resultKind   = "tool_result"
	decisionKind = "tool_decision"
)
