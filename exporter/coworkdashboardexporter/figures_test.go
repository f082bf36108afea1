package coworkdashboardexporter

import (
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/eventtest"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/panels"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

var tokenKeys = []string{"input_tokens", "output_tokens", "cache_read_tokens", "cache_creation_tokens"}

// input returns the input tokens, including those of the cache.
func input(l ledger) int64 {
	return l.sum("input_tokens", "cache_read_tokens", "cache_creation_tokens")
}

// A figure is a row of a table without its first columns, which are names.
type figure func(ledger) []any

// grouped returns a row for each group by an attribute.
func grouped(l ledger, key string, f figure) (rows [][]any) {
	for name, group := range l.by(key) {
		if row := f(group); row != nil {
			rows = append(rows, append([]any{name}, row...))
		}
	}
	return rows
}

// paired returns a row for each group by two attributes. Events without the second one
// are in a row named missing.
func paired(l ledger, a, b, missing string) (rows [][]any) {
	for name, group := range l.by(a) {
		n := int64(len(group))
		for other, part := range group.by(b) {
			rows = append(rows, []any{name, other, int64(len(part))})
			n -= int64(len(part))
		}
		if n > 0 {
			rows = append(rows, []any{name, missing, n})
		}
	}
	return rows
}

func money(l ledger) float64 { return float64(l.sum("cost_usd_micros")) / 1e6 }

// typed returns the prompts that people typed.
func typed(l ledger) ledger { return l.of("user_prompt", "cowork.prompt.origin", "user") }

func count(l ledger) int64 { return int64(len(l)) }

// failures returns the failures of connectors, as internal/metric counts them.
func failures(l ledger) ledger {
	failed := slices.Concat(l.of("tool_result", "success", "false"), l.of("mcp_server_connection", "status", "failed"))
	var of ledger
	for _, e := range failed {
		if str(e, "connector") != "" {
			why := str(e, "error_type")
			if e.Kind == "mcp_server_connection" {
				why = str(e, "error_code")
			}
			attrs := maps.Clone(e.Attrs)
			attrs["why"] = why
			of = append(of, eventtest.Event{Kind: e.Kind, At: e.At, Attrs: attrs})
		}
	}
	return of
}

// expected are the expected tables of the panels. Columns that they lack are not
// compared: other tests check times, durations and shares of these.
var expected = map[string]func(ledger) [][]any{
	"cost":   func(l ledger) [][]any { return [][]any{{money(l)}} },
	"tokens": func(l ledger) [][]any { return [][]any{{l.of("api_request").sum(tokenKeys...)}} },
	"cost_per_request": func(l ledger) [][]any {
		if n := count(l.of("api_request")); n > 0 {
			return [][]any{{money(l) / float64(n)}}
		}
		return [][]any{{nil}}
	},
	"prompts":      func(l ledger) [][]any { return [][]any{{count(typed(l))}} },
	"tasks":        func(l ledger) [][]any { return [][]any{{count(l.of("user_prompt")) - count(typed(l))}} },
	"active_users": func(l ledger) [][]any { return [][]any{{l.distinct("user.account_uuid")}} },
	"error_rate": func(l ledger) [][]any {
		failed := count(l.of("api_error"))
		return [][]any{{ratio(failed, failed+count(l.of("api_request")))}}
	},
	"cache_hit_ratio": func(l ledger) [][]any { return [][]any{{ratio(l.sum("cache_read_tokens"), input(l))}} },
	"cost_by_user": func(l ledger) [][]any {
		return grouped(slices.Concat(l.of("api_request"), l.of("api_error"), l.of("api_refusal")), "user.account_uuid", func(l ledger) []any {
			return []any{money(l), count(l.of("api_request")), l.sum(tokenKeys...)}
		})
	},
	"cost_by_organization": func(l ledger) [][]any {
		return grouped(slices.Concat(l.of("api_request"), l.of("api_error"), l.of("api_refusal")), "organization.id", func(l ledger) []any {
			return []any{money(l), l.distinct("user.account_uuid"), count(l.of("api_request"))}
		})
	},
	"cost_by_model": func(l ledger) [][]any {
		return grouped(l, "model", func(l ledger) []any {
			return []any{money(l), l.distinct("user.account_uuid"), count(l.of("api_request"))}
		})
	},
	"cost_by_source": func(l ledger) [][]any {
		return grouped(l, "query_source", func(l ledger) []any { return []any{money(l), count(l)} })
	},
	"tokens_by_user_day": func(l ledger) (rows [][]any) {
		l = slices.Concat(l.of("api_request"), l.of("api_error"), l.of("api_refusal"))
		for user, of := range l.by("user.account_uuid") {
			for date, day := range of.by("date") {
				rows = append(rows, []any{user, date, day.sum(tokenKeys...)})
			}
		}
		return rows
	},
	"busiest_users": func(l ledger) [][]any {
		return grouped(l, "user.account_uuid", func(l ledger) []any { return []any{count(typed(l)), count(l.of("user_prompt")) - count(typed(l))} })
	},
	"prompts_by_hour": func(l ledger) (rows [][]any) {
		counts := map[[2]string]int64{}
		for _, e := range typed(l) {
			counts[[2]string{e.At.Weekday().String(), e.At.Format("15")}]++
		}
		for at, n := range counts {
			rows = append(rows, []any{at[0], at[1], n})
		}
		return rows
	},
	"prompts_by_origin": func(l ledger) [][]any {
		return grouped(l.of("user_prompt"), "cowork.prompt.origin", func(l ledger) []any { return []any{count(l)} })
	},
	"tools": func(l ledger) [][]any {
		return grouped(l.of("tool_result"), "tool", func(l ledger) []any {
			return []any{count(l), 1 - float64(count(l.of("", "success", "false")))/float64(count(l))}
		})
	},
	"connector_error_rate": func(l ledger) [][]any {
		return grouped(l.of("tool_result"), "connector", func(l ledger) []any {
			failed := count(l.of("", "success", "false"))
			return []any{ratio(failed, count(l)), failed, count(l)}
		})
	},
	"connector_errors": func(l ledger) [][]any { return paired(failures(l), "connector", "why", "") },
	"connections": func(l ledger) [][]any {
		return grouped(l.of("mcp_server_connection"), "connector", func(l ledger) []any {
			return []any{some(l.of("", "status", "connected")), some(l.of("", "status", "failed"))}
		})
	},
	"rejections": func(l ledger) [][]any {
		return grouped(l.of("tool_decision"), "tool", func(l ledger) []any {
			rejected := count(l.of("", "decision", "reject"))
			if rejected == 0 {
				return nil
			}
			return []any{ratio(rejected, count(l)), rejected, count(l)}
		})
	},
	"modes": func(l ledger) [][]any {
		return grouped(l, "permission_mode", func(l ledger) []any { return []any{count(l)} })
	},
	"api_performance": func(l ledger) [][]any {
		return grouped(l, "model", func(l ledger) []any {
			n, failed := count(l.of("api_request")), count(l.of("api_error"))
			return []any{n, failed, ratio(failed, n+failed), count(l.of("api_refusal"))}
		})
	},
	"cache": func(l ledger) [][]any {
		return grouped(l, "model", func(l ledger) []any {
			if input(l) == 0 {
				return nil
			}
			return []any{ratio(l.sum("cache_read_tokens"), input(l)), l.sum("cache_read_tokens"), l.sum("cache_creation_tokens"), l.sum("input_tokens")}
		})
	},
	"skills": func(l ledger) [][]any {
		return grouped(l.of("skill_activated"), "skill.name", func(l ledger) []any { return []any{count(l)} })
	},
	"agents": func(l ledger) [][]any {
		return grouped(l.of("subagent_completed"), "agent_type", func(l ledger) []any { return []any{count(l)} })
	},
	"versions": func(l ledger) [][]any {
		if len(l) == 0 {
			return nil
		}
		return [][]any{{"2.1.329", count(l.of("api_request")), count(l)}}
	},
}

// some returns nil for 0.
func some(l ledger) any {
	if len(l) == 0 {
		return nil
	}
	return count(l)
}

// TestFiguresMatchEvents compares the figures of each panel with the events, by the hour
// and by the day and with filters. Every event is sent twice.
func TestFiguresMatchEvents(t *testing.T) {
	tested := slices.DeleteFunc(slices.Clone(panels.All), func(p report.Panel) bool { return expected[p.ID] == nil })
	require.Len(t, tested, len(expected), "a panel that is expected is gone")
	// Copies of an empty database open faster than a new one, whose tables must be created.
	empty := filepath.Join(t.TempDir(), "empty.db")
	created, err := openStore(t.Context(), empty)
	require.NoError(t, err)
	require.NoError(t, created.close(t.Context()))
	content, err := os.ReadFile(empty)
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "page.db")
	rapid.Check(t, func(rt *rapid.T) {
		days := rapid.SampledFrom([]int{2, 20}).Draw(rt, "days")
		l := drawLedger(rt, days)
		require.NoError(rt, os.WriteFile(path, content, 0o600))
		s, err := openStore(t.Context(), path)
		require.NoError(rt, err)
		defer func() { require.NoError(rt, s.close(t.Context())) }()
		require.NoError(rt, s.add(t.Context(), eventtest.Logs(l[:len(l)/2]...)))
		require.NoError(rt, s.add(t.Context(), eventtest.Logs(l...)))
		f := report.Filter{From: noon.AddDate(0, 0, -days).Truncate(24 * 3600e9), To: noon, Zone: time.UTC}
		f.Organization = rapid.SampledFrom([]string{"", "acme"}).Draw(rt, "organization")
		f.User = rapid.SampledFrom([]string{"", "ada"}).Draw(rt, "user")
		f.Model = rapid.SampledFrom([]string{"", "", "opus"}).Draw(rt, "model")
		for range 6 {
			compare(t, rt, s, l, rapid.SampledFrom(tested).Draw(rt, "panel"), f)
		}
	})
}

// compare compares a panel with the events, unless the page hides it under the filter.
func compare(t *testing.T, rt *rapid.T, s report.Source, l ledger, p report.Panel, f report.Filter) {
	t.Helper()
	if !s.Supports(p, f) {
		return
	}
	want := sorted(expected[p.ID](l.within(f)))
	table, err := s.Answer(t.Context(), p, f, 0)
	require.NoError(rt, err, p.ID)
	if p.Shape == report.Heat {
		table.Rows = slices.DeleteFunc(table.Rows, func(row []any) bool { return row[2] == int64(0) })
		want = slices.DeleteFunc(want, func(row []any) bool { return row[2] == int64(0) })
	}
	require.Len(rt, table.Rows, len(want), "%s: %v, want %v", p.ID, table.Rows, want)
	got := sorted(table.Rows)
	for i, row := range want {
		for j, cell := range row {
			if x, ok := cell.(float64); ok {
				y, _ := got[i][j].(float64)
				require.InDelta(rt, x, y, math.Abs(x)*1e-9+1e-12, "%s: %v, want %v", p.ID, got, want)
				continue
			}
			require.Equal(rt, cell, got[i][j], "%s: %v, want %v", p.ID, got, want)
		}
	}
}
