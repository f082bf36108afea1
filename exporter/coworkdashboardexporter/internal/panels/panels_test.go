package panels_test

import (
	"fmt"
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/answer"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/panels"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/internal/postgrestest"
)

// noon is the time of the tests.
var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// server is the PostgreSQL server of all tests, nil where it is not installed.
var server *postgrestest.Server

func TestMain(m *testing.M) {
	if postgrestest.Installed() != "" {
		var err error
		if server, err = postgrestest.NewServer(); err != nil {
			panic(err)
		}
		defer server.Close()
	}
	m.Run()
}

// eachEngine runs a test with an empty database of each engine.
func eachEngine(t *testing.T, test func(*testing.T, *database.DB)) {
	t.Helper()
	t.Run("SQLite", func(t *testing.T) { test(t, openDatabase(t, "")) })
	t.Run("PostgreSQL", func(t *testing.T) {
		if server == nil {
			t.Skip("PostgreSQL is not installed (apt-get install postgresql)")
		}
		test(t, openDatabase(t, server.Database(t)))
	})
}

func openDatabase(t *testing.T, name string) *database.DB {
	t.Helper()
	db, err := database.Open(t.Context(), database.Settings{Name: name})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	return db
}

func sourceOf(db *database.DB, zone *time.Location) *answer.Source {
	return answer.New(db, answer.Settings{
		Zone: zone, SeatValueUSD: 100, Hours: 14 * 24 * time.Hour, Now: func() time.Time { return noon },
		State: func() report.State { return report.State{} },
	})
}

// TestPanelsAnswer checks that each panel has an answer of its shape, by the hour and by
// the day, with each name of a filter, and without data.
func TestPanelsAnswer(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *database.DB) {
		t.Helper()
		s := sourceOf(db, time.UTC)
		for _, days := range []int{1, 30} {
			for _, f := range []report.Filter{{}, {Organization: "x' or 1=1 --"}, {User: "nobody"}, {Model: "none"}, {Organization: "(unknown)", User: "(other)"}} {
				f.From, f.To = noon.AddDate(0, 0, -days), noon
				for _, p := range panels.All {
					if !s.Supports(p, f) {
						continue
					}
					table, err := s.Answer(t.Context(), p, f, 0)
					require.NoError(t, err, p.ID)
					require.NoError(t, checkShape(p, table), "%s: %+v", p.ID, table)
				}
			}
		}
	})
}

// checkShape checks a table for the shape of its panel, as package report documents it.
func checkShape(p report.Panel, t report.Table) error {
	shape, known := shapes[p.Shape]
	if !known {
		return fmt.Errorf("%q is no shape", p.Shape)
	}
	for i, kind := range shape {
		if !slices.Contains(kind, t.Columns[i].Type) {
			return fmt.Errorf("column %d has type %d", i, t.Columns[i].Type)
		}
	}
	if p.Shape == report.Figure && len(t.Rows) != 1 {
		return fmt.Errorf("a figure has %d rows", len(t.Rows))
	}
	for _, row := range t.Rows {
		if len(row) != len(t.Columns) {
			return fmt.Errorf("row %v has %d columns", row, len(row))
		}
		for i, cell := range row {
			if !hasType(cell, t.Columns[i].Type) {
				return fmt.Errorf("%v in column %d is a %T", cell, i, cell)
			}
		}
	}
	return nil
}

// shapes are the types of the first columns of each shape.
var shapes = map[report.Shape][][]report.Type{
	report.Figure: {{report.Number}},
	report.Line:   {{report.Time}, {report.Name, report.Number}},
	report.Bar:    {{report.Name}, {report.Number}},
	report.Heat:   {{report.Name}, {report.Name}, {report.Number}},
	report.Grid:   {{report.Name}},
}

func hasType(cell any, want report.Type) bool {
	switch cell.(type) {
	case nil:
		return true
	case string:
		return want == report.Name
	case int64, float64:
		return want == report.Number
	case time.Time:
		return want == report.Time
	}
	return false
}

var lowerSnakeCase = regexp.MustCompile(`^[a-z][a-z_]*[a-z]$`)

// TestPanelsAreComplete checks that each panel has all texts, a unique id, and columns
// with units.
func TestPanelsAreComplete(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range panels.All {
		require.Regexp(t, lowerSnakeCase, p.ID)
		require.False(t, seen[p.ID], "%s is there twice", p.ID)
		seen[p.ID] = true
		require.NotEmpty(t, p.Section, p.ID)
		require.NotEmpty(t, p.Title, p.ID)
		require.Contains(t, p.Question, "?", p.ID)
		names := map[string]bool{}
		for _, c := range p.Columns {
			require.NotEmpty(t, c.Name, p.ID)
			require.False(t, names[c.Name], "%s: column %s is there twice", p.ID, c.Name)
			names[c.Name] = true
			require.Equal(t, c.Type == report.Number, c.Unit != "", "%s: column %s", p.ID, c.Name)
		}
	}
}

// TestSubjectPages checks that the panels of a page about a name can be limited to it:
// others would never be shown.
func TestSubjectPages(t *testing.T) {
	s := sourceOf(openDatabase(t, ""), time.UTC)
	filters := map[string]report.Filter{
		"organization": {Organization: "x"}, "team": {Team: "x"}, "user": {User: "x"}, "model": {Model: "x"}, "tool": {Tool: "x"}, "connector": {Connector: "x"},
	}
	for _, page := range panels.Pages {
		if page.Subject == "" {
			continue
		}
		f, ok := filters[page.Subject]
		require.True(t, ok, page.Path)
		delete(filters, page.Subject)
		require.NotEmpty(t, page.Panels, page.Path)
		for _, p := range page.Panels {
			require.True(t, s.Supports(p, f), "%s: %s", page.Path, p.ID)
		}
	}
	require.Empty(t, filters, "names without a page")
}
