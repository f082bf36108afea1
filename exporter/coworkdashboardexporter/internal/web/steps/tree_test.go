package steps

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// outline returns the names of steps in the order of the page, indented by their depth.
func outline(list ...report.Step) (lines []string) {
	for _, n := range arrange(list) {
		lines = append(lines, strings.Repeat("  ", n.depth)+n.Name)
	}
	return lines
}

// TestArrange checks that each step is below the step that caused it, whatever their
// order.
func TestArrange(t *testing.T) {
	list := []report.Step{
		{Name: "prompt"},
		{Name: "call", Kind: resultKind, ID: "tool:1", Parent: "request:1"}, // before its request
		{Name: "request", ID: "request:1"},
		{Name: "again", ID: "request:1"}, // a repeated id
		{Name: "below the agent", ID: "request:2", Parent: "subagent:a"},
		{Name: "agent", ID: "subagent:a"},
		{Name: "inner call", Kind: resultKind, ID: "tool:2", Parent: "request:2"},
		{Name: "lost", Parent: "request:9"},
	}
	want := []string{"prompt", "request", "  call", "again", "agent", "  below the agent", "    inner call", "lost"}
	require.Equal(t, want, outline(list...))
	slices.Reverse(list[4:7])
	require.Equal(t, want, outline(list...))
}

// TestArrangeCycles checks that steps which name each other, or themselves, as their cause
// are shown once each.
func TestArrangeCycles(t *testing.T) {
	require.Equal(t, []string{"itself", "a", "  b", "    c"}, outline(
		report.Step{Name: "itself", ID: "subagent:x", Parent: "subagent:x"},
		report.Step{Name: "a", ID: "subagent:a", Parent: "subagent:c"},
		report.Step{Name: "b", ID: "subagent:b", Parent: "subagent:a"},
		report.Step{Name: "c", ID: "subagent:c", Parent: "subagent:b"},
	))
	var chain []report.Step
	for i := range 10_000 {
		chain = append(chain, report.Step{ID: fmt.Sprint(i), Parent: fmt.Sprint(i - 1)})
	}
	require.Len(t, arrange(chain), 10_000)
	require.Equal(t, 9999, arrange(chain)[9999].depth)
}

// TestMergeDecisions checks that a permission is a part of its call, unless the call did
// not run, or ran although it was rejected.
func TestMergeDecisions(t *testing.T) {
	decision := func(id, name string, failed bool) report.Step {
		return report.Step{Kind: decisionKind, ID: id, Name: name, Failed: failed}
	}
	list := []report.Step{
		decision("tool:1", "merged", false),
		{Kind: resultKind, ID: "tool:1", Name: "call"},
		decision("tool:2", "running", false), decision("tool:3", "rejected", true),
		{Kind: resultKind, ID: "tool:3", Name: "ran"},
		decision("", "without an id", false),
		{Kind: resultKind, Name: "without an id too"},
	}
	require.Equal(t, []string{"call", "running", "rejected", "ran", "without an id", "without an id too"}, outline(list...))
	require.Equal(t, "merged", arrange(list)[0].decision.Name)
	require.Nil(t, arrange(list)[3].decision)
}
