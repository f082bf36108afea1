package lookup

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/answer/answertest"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// databases name a new database of each engine.
var databases = map[string]func(*testing.B) string{
	"SQLite": func(b *testing.B) string {
		b.Helper()
		return filepath.Join(b.TempDir(), "page.db")
	},
	"PostgreSQL": func(b *testing.B) string {
		b.Helper()
		if server == nil {
			b.Skip("PostgreSQL is not installed (apt-get install postgresql)")
		}
		return server.Database(b)
	},
}

// BenchmarkChoices reads the choices of ten thousand users, which each page does.
func BenchmarkChoices(b *testing.B) {
	for engine, name := range databases {
		b.Run(engine, func(b *testing.B) {
			p := open(b, name(b))
			fleet := answertest.Fleet{Users: 10_000, Organizations: 20, Teams: 50, Days: 14, To: noon, Narrow: true}
			require.NoError(b, fleet.Fill(b.Context(), p.db))
			f := report.Filter{From: noon.Add(-90 * 24 * time.Hour), To: noon}
			for b.Loop() {
				c, err := p.Choices(b.Context(), f)
				require.NoError(b, err)
				require.Len(b, c.Users, maxChoices)
			}
		})
	}
}

// BenchmarkSearch searches the largest number of sessions and the default number of
// prompts, of ten thousand users.
func BenchmarkSearch(b *testing.B) {
	for engine, name := range databases {
		b.Run(engine, func(b *testing.B) {
			p := open(b, name(b))
			fillSearched(b, p.db)
			f := report.Filter{From: noon.Add(-90 * 24 * time.Hour), To: noon}
			of := func(f report.Filter, change func(*report.Filter)) report.Filter {
				change(&f)
				return f
			}
			for _, x := range []struct {
				name     string
				filter   report.Filter
				search   report.Search
				sessions bool
			}{
				{"prompts", f, report.Search{}, false},
				{"prompts by cost", f, report.Search{Sort: "cost"}, false},
				{"failed prompts of a tool", of(f, func(f *report.Filter) { f.Tool = "tool 3" }), report.Search{Outcome: report.OutcomeFailed, Sort: "duration"}, false},
				{"sessions", f, report.Search{}, true},
				{"sessions by cost", f, report.Search{Sort: "cost"}, true},
				{"sessions by user", f, report.Search{Sort: "user"}, true},
				{"sessions of a user", of(f, func(f *report.Filter) { f.User = "user 77" }), report.Search{}, true},
				{"sessions of a team", of(f, func(f *report.Filter) { f.Team = "team 7" }), report.Search{}, true},
				{"sessions with failures", f, report.Search{Outcome: report.OutcomeFailed}, true},
			} {
				b.Run(x.name, func(b *testing.B) {
					x.search.Limit, x.search.Now = 50, noon
					for b.Loop() {
						var found int64
						if x.sessions {
							list, err := p.Sessions(b.Context(), x.filter, x.search)
							require.NoError(b, err)
							found = list.Total
						} else {
							list, err := p.Prompts(b.Context(), x.filter, x.search)
							require.NoError(b, err)
							found = list.Total
						}
						require.Positive(b, found)
					}
				})
			}
			b.Run("a session", func(b *testing.B) {
				for b.Loop() {
					_, err := p.Session(b.Context(), "session 77")
					require.NoError(b, err)
				}
			})
		})
	}
}

// fillSearched inserts 200,000 sessions and 5,000 prompts with four tools each.
func fillSearched(b *testing.B, db *database.DB) {
	b.Helper()
	const users, sessions, prompts = 10_000, 200_000, 5_000
	var names, people, sessionRows, promptRows, tools [][]any
	for i := range users {
		names = append(names, []any{1000 + i, "user", fmt.Sprint("user ", i), 20261121})
		people = append(people, []any{1000 + i, 100 + i%20, 0, 0})
	}
	for i := range 20 {
		names = append(names, []any{100 + i, "team", fmt.Sprint("team ", i), 20261121}, []any{200 + i, "tool", fmt.Sprint("tool ", i), 20261121})
	}
	for i := range sessions {
		start := noon.Unix() - int64(i)*6
		sessionRows = append(sessionRows, []any{fmt.Sprint("session ", i), 1000 + i%users, 0, start, start + int64(i%7000), 50, 3, i * 37 % 1_000_003, 12, i % 5})
	}
	for i := range prompts {
		start := noon.UnixNano() - int64(i)*int64(time.Minute)
		row := []any{fmt.Sprint("prompt ", i), fmt.Sprint("session ", i/3), 1000 + i%users, 0, start, start + int64(i%600)*1e9, i * 37 % 1_000_003}
		for range 6 {
			row = append(row, 100)
		}
		promptRows = append(promptRows, append(row, 0, 4, i%3, 0, "opus", 1, 20, 0))
		for k := range 4 {
			tools = append(tools, []any{row[0], 200 + (i+k)%20, 0, 3, i % 3, 0})
		}
	}
	require.NoError(b, db.Write(b.Context(), func(ctx context.Context, tx *database.Tx) error {
		for _, x := range []struct {
			table, columns string
			rows           [][]any
		}{
			{"names", "id kind name last_day", names},
			{"people", "user_id team_id cost_center_id seen", people},
			{"sessions", "id user_id organization_id first_seen last_seen events prompts cost_micros requests tool_failures", sessionRows},
			{"prompts", "id session_id user_id organization_id start_ns end_ns cost_micros input output cache_read cache_creation requests unpriced errors tools tool_failures tool_rejections models closed steps cut", promptRows},
			{"prompt_tools", "prompt_id tool_id connector_id calls failures rejections", tools},
		} {
			if err := tx.Insert(ctx, x.table, strings.Fields(x.columns), "", x.rows); err != nil {
				return err
			}
		}
		return nil
	}))
}
