package lookup

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/eventtest"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// ids returns the ids of prompts within a filter and a search.
func (p *page) ids(t *testing.T, f report.Filter, s report.Search) []string {
	t.Helper()
	f.From, f.To = lastDay.From, lastDay.To
	s.Now, s.Limit = noon, max(s.Limit, 1)
	found, err := p.Prompts(t.Context(), f, s)
	require.NoError(t, err)
	ids := []string{}
	for _, p := range found.Rows {
		ids = append(ids, p.ID)
	}
	return ids
}

// TestPromptsWithinAFilter checks the filter's names.
func TestPromptsWithinAFilter(t *testing.T) {
	onBoth(t, func(t *testing.T, p *page) {
		t.Helper()
		for i := range 6 {
			p.add(t, event("api_request", 1000*i, map[string]any{
				"prompt.id": fmt.Sprintf("p%d", i), "model": []string{"opus", "opus-mini"}[i%2],
				"user.account_uuid": []string{"ada", "bob", "cy"}[i%3], "organization.id": "acme", "cost_usd": 1,
			}))
		}
		check := func(f report.Filter, want ...string) {
			t.Helper()
			require.Equal(t, want, p.ids(t, f, report.Search{Limit: 10}))
		}
		check(report.Filter{}, "p5", "p4", "p3", "p2", "p1", "p0")
		check(report.Filter{Model: "opus"}, "p4", "p2", "p0")
		check(report.Filter{User: "ada"}, "p3", "p0")
		check(report.Filter{User: "ada", Organization: "acme", Model: "opus-mini"}, "p3")
		check(report.Filter{Organization: "unknown to us"}, []string{}...)
		check(report.Filter{Model: "opus%"}, []string{}...)
	})
}

// TestPages reads a list by pages of two in both directions of each order: each prompt is
// on exactly one, although more prompts arrive meanwhile.
func TestPages(t *testing.T) {
	onBoth(t, func(t *testing.T, p *page) {
		t.Helper()
		var all []eventtest.Event
		for i := range 7 {
			all = append(all, event("api_request", 10*i, map[string]any{
				"prompt.id": fmt.Sprintf("p%d", i), "session.id": fmt.Sprint("s", i%2), "model": []string{"ä", "B", "a"}[i%3],
				"user.account_uuid": []string{"ada", "Bob"}[i%2], "cost_usd": i / 3, "input_tokens": i % 2,
			}))
		}
		p.add(t, all...)
		for _, key := range report.PromptSorts {
			for _, ascending := range []bool{false, true} {
				whole := p.ids(t, report.Filter{}, report.Search{Sort: key, Ascending: ascending, Limit: 100})
				var seen []string
				s := report.Search{Sort: key, Ascending: ascending, Limit: 2}
				for {
					found, err := p.Prompts(t.Context(), lastDay, s)
					require.NoError(t, err)
					require.Equal(t, int64(7), found.Total)
					for _, prompt := range found.Rows {
						seen = append(seen, prompt.ID)
					}
					if s.After = found.After; s.After == "" {
						break
					}
				}
				require.Equal(t, whole, seen, "%s %v", key, ascending)
				require.Len(t, seen, 7)
			}
		}
		for _, after := range []string{"x", "!", "WyJ4IiwicDEiXQ", "W10", "bnVsbA"} {
			_, err := p.Prompts(t.Context(), lastDay, report.Search{After: after, Limit: 1})
			require.ErrorIs(t, err, report.ErrAfter, after)
		}
	})
}

// TestPromptLimit checks a page of the largest size in memory of a page, and that there is
// another.
func TestPromptLimit(t *testing.T) {
	p := open(t, "")
	var all []eventtest.Event
	for i := range 501 {
		all = append(all, event("user_prompt", i, map[string]any{"prompt.id": fmt.Sprintf("p%d", i)}))
	}
	p.add(t, all...)
	found, err := p.Prompts(t.Context(), lastDay, report.Search{Limit: 500})
	require.NoError(t, err)
	require.Equal(t, 500, len(found.Rows)) //nolint:testifylint // quiet about five hundred prompts
	require.Equal(t, int64(501), found.Total)
	require.NotEmpty(t, found.After)
}

// TestOrders checks that each key of an order has an expression.
func TestOrders(t *testing.T) {
	require.Len(t, promptList.orders, len(report.PromptSorts))
	for _, key := range report.PromptSorts {
		require.Contains(t, promptList.orders, key)
	}
	require.Len(t, sessionList.orders, len(report.SessionSorts))
	for _, key := range report.SessionSorts {
		require.Contains(t, sessionList.orders, key)
	}
}
