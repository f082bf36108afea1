package problem

import (
	"fmt"
	"io/fs"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestDegraded checks which components are degraded, and the texts of their problems.
func TestDegraded(t *testing.T) {
	noon := time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)
	full := fmt.Errorf("exporter: %w", &fs.PathError{Op: "write", Path: "x", Err: syscall.ENOSPC})
	require.True(t, ReportWrite("b", "x", full, noon))
	require.False(t, ReportWrite("b", "x", full, noon))
	require.True(t, ReportWrite("b", "y", fs.ErrPermission, noon))
	Degrade("a", "database", noon)
	require.Equal(t, []string{"a", "b"}, Degraded(noon))
	list := List()
	require.Len(t, list, 2)
	require.Equal(t, "cannot be written: no space left on its disk", list[0].Text)
	require.Equal(t, "cannot be written", list[1].Text)
	require.True(t, SolveWrite("b", "x"))
	require.False(t, SolveWrite("b", "x"))
	require.Equal(t, []string{"a", "b"}, Degraded(noon))
	require.Empty(t, Degraded(noon.Add(degradedFor)), "without another attempt")
	SolveAll("b")
	Recover("a", "database")
	require.Empty(t, Degraded(noon))
	for i := range maxProblems + 1 {
		Degrade("c", fmt.Sprint(i), noon)
	}
	require.Len(t, degraded, maxProblems)
	SolveAll("c")
}
