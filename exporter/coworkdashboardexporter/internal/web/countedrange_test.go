package web_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web"
)

// A dailySource answers by complete days.
type dailySource struct{ *fakeSource }

func (s dailySource) Answer(ctx context.Context, p report.Panel, f report.Filter, limit int) (report.Table, error) {
	t, err := s.fakeSource.Answer(ctx, p, f, limit)
	day := func(at time.Time) time.Time {
		y, m, d := at.Date()
		return time.Date(y, m, d, 0, 0, 0, 0, at.Location())
	}
	t.From, t.To = day(f.From.In(f.Zone)), day(f.To.In(f.Zone).Add(-1)).AddDate(0, 0, 1)
	return t, err
}

// TestCountedRange checks that the page shows the time range of the figures if it exceeds
// the requested one.
func TestCountedRange(t *testing.T) {
	h := web.New(pagesOf(panels), dailySource{newFakeSource()}, settings(t))
	check := func(query, want string) {
		t.Helper()
		got := textOf(parse(t, get(t, h, "/?"+query)))
		if want == "" {
			require.NotContains(t, got, "complete hours")
			return
		}
		require.Contains(t, got, want)
	}
	check("from=2026-11-02T08:00&to=2026-11-02T09:00", "2 Nov 08:00 to 2 Nov 2026 09:00 · figures cover complete hours or days: 2 Nov 00:00 to 3 Nov 2026 00:00 ·")
	check("from=2026-11-02&to=2026-11-03", "")
	check("from=2026-11-02", "") // until now
	check("range=24h", "")
	check("", "")
	var answer struct{ Counted struct{ From, To time.Time } }
	decode(t, get(t, h, "/api/panels/cost.json?from=2026-11-02T08:00&to=2026-11-02T09:00"), &answer)
	require.Equal(t, 24*time.Hour, answer.Counted.To.Sub(answer.Counted.From))
}
