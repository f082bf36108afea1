package coworkdashboardexporter

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/store"
)

// noon is the time of the tests.
var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// openCaptures returns a store with the events of all captured runs.
func openCaptures(t *testing.T) *store.Store {
	t.Helper()
	set := store.DefaultSettings()
	set.Path, set.SeatValueUSD = filepath.Join(t.TempDir(), "dashboard.db"), 100
	s, err := store.Open(t.Context(), set)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close(context.Background())) })
	files, err := filepath.Glob("../../testdata/captures/*-json/*logs.json")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		b, err := os.ReadFile(file)
		require.NoError(t, err)
		ld, err := (&plog.JSONUnmarshaler{}).UnmarshalLogs(b)
		require.NoError(t, err)
		s.Add(noon, ld)
	}
	require.NoError(t, s.Flush(t.Context()))
	return s
}

// TestPanelsNameTheirColumns checks that no query selects all columns of a relation:
// columns that the query does not name are not read.
func TestPanelsNameTheirColumns(t *testing.T) {
	for _, p := range panels {
		require.NotRegexp(t, `(?i)(select|,)\s+([a-z_]+\.)?\*`, p.Query, p.ID)
	}
}

// TestPanelsAnswer checks that each panel has the columns of its shape, by the hour and
// by the day, and with each name of a filter.
func TestPanelsAnswer(t *testing.T) {
	s := openCaptures(t)
	for _, days := range []int{1, 30} {
		for _, name := range []string{"", "nobody", "x' or 1=1 --"} {
			f := report.Filter{From: noon.AddDate(0, 0, -days), To: noon, Organization: name, User: name, Model: name}
			for _, p := range panels {
				table, err := s.Answer(t.Context(), p, f)
				require.NoError(t, err, p.ID)
				check := shapes[p.Shape]
				require.NotNil(t, check, "%s: %q is a shape", p.ID, p.Shape)
				require.NoError(t, check(table), "%s: %+v", p.ID, table)
			}
		}
	}
}

// shapes check a table for its shape, as package report documents it.
var shapes = map[report.Shape]func(report.Table) error{
	report.Figure: func(t report.Table) error {
		if len(t.Rows) != 1 {
			return fmt.Errorf("has %d rows, want 1", len(t.Rows))
		}
		return numbers(t, 0)
	},
	report.Line: func(t report.Table) error {
		if t.Columns[0].Unit != "time" || len(t.Columns) > 3 {
			return fmt.Errorf("columns %v: want a time, perhaps a name, and a number", t.Columns)
		}
		for _, row := range t.Rows {
			if _, ok := row[0].(time.Time); !ok {
				return fmt.Errorf("%v is no time", row[0])
			}
		}
		return numbers(t, len(t.Columns)-1)
	},
	report.Bar:  func(t report.Table) error { return numbers(t, 1) },
	report.Heat: func(t report.Table) error { return numbers(t, 2) },
	report.Grid: func(report.Table) error { return nil },
}

// numbers checks that a column has numbers and a unit.
func numbers(t report.Table, column int) error {
	if len(t.Columns) <= column || t.Columns[column].Unit == "" {
		return fmt.Errorf("column %d of %v has no unit", column, t.Columns)
	}
	for _, row := range t.Rows {
		switch row[column].(type) {
		case nil, int64, float64:
		default:
			return fmt.Errorf("%v is a %T, not a number", row[column], row[column])
		}
	}
	return nil
}

var lowerSnakeCase = regexp.MustCompile(`^[a-z][a-z_]*[a-z]$`)

// TestPanelsAreComplete checks that each panel has all texts and a unique id.
func TestPanelsAreComplete(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range panels {
		require.Regexp(t, lowerSnakeCase, p.ID)
		require.False(t, seen[p.ID], "%s is there twice", p.ID)
		seen[p.ID] = true
		require.NotEmpty(t, p.Section, p.ID)
		require.NotEmpty(t, p.Title, p.ID)
		require.Contains(t, p.Question, "?", p.ID)
		for _, part := range p.Ignores {
			require.Contains(t, allIgnored, part, p.ID)
		}
	}
}
