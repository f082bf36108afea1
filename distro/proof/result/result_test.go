package result

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestReplace(t *testing.T) {
	page := Replace("", "load", "## Load\n")
	page = Replace(page, "leaks", "## Leaks\n")
	require.Equal(t, head+"\n<!-- load -->\n## Load\n<!-- end of load -->\n\n<!-- leaks -->\n## Leaks\n<!-- end of leaks -->\n", page)
	require.Equal(t, head+"\n<!-- load -->\n## Load again\n<!-- end of load -->\n\n<!-- leaks -->\n## Leaks\n<!-- end of leaks -->\n", Replace(page, "load", "## Load again\n"))
}

func TestMarkdown(t *testing.T) {
	s := Section{Title: "Load", Intro: "Speed.", Columns: []string{"stage", "events"}}
	s.AddRow("bare|x", 12)
	require.Contains(t, s.Markdown("go run"), "| stage | events |\n|---|---|\n| bare\\|x | 12 |\n\nNo problem was found that is not known.\n")
	s.Pending = []string{"cut"}
	s.Problems = []string{"lost\n2"}
	require.Contains(t, s.Markdown("go run"), "Known faults:\n\n- cut\n\nProblems:\n\n- lost 2\n")
}
