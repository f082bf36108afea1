package problem

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestProblems(t *testing.T) {
	noon := time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)
	require.True(t, Report(Problem{Component: "a", Subject: "x", Text: "refused", Since: noon}))
	require.False(t, Report(Problem{Component: "a", Subject: "x", Text: "refused", Since: noon.Add(time.Hour)}))
	require.True(t, Report(Problem{Component: "a", Subject: "x", Text: "timeout", Since: noon.Add(time.Hour)}))
	require.True(t, Report(Problem{Component: "b", Subject: "x", Text: "refused", Since: noon.Add(-time.Hour)}))
	list := List()
	require.Equal(t, []Problem{
		{Component: "b", Subject: "x", Text: "refused", Since: noon.Add(-time.Hour), Count: 1},
		{Component: "a", Subject: "x", Text: "timeout", Since: noon, Count: 3},
	}, list)
	require.True(t, Solve("a", "x"))
	require.False(t, Solve("a", "x"))
	SolveAll("b")
	list = List()
	require.Empty(t, list)
}

// TestBound checks that problems beyond the bound are counted.
func TestBound(t *testing.T) {
	defer SolveAll("a")
	dropped = Problem{}
	for i := range maxProblems + 2 {
		require.Equal(t, i < maxProblems, Report(Problem{Component: "a", Subject: fmt.Sprint(i)}))
	}
	list := List()
	require.Len(t, list, maxProblems+1)
	require.EqualValues(t, 2, list[maxProblems].Count)
	dropped = Problem{}
}
