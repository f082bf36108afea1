package web_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/webtest"
)

// A whole source knows whole days only.
type whole struct{ *webtest.Team }

func (s whole) Answer(ctx context.Context, p report.Panel, f report.Filter) (report.Table, error) {
	t, err := s.Team.Answer(ctx, p, f)
	day := func(at time.Time) time.Time {
		y, m, d := at.Date()
		return time.Date(y, m, d, 0, 0, 0, 0, at.Location())
	}
	t.From, t.To = day(f.From.In(f.Zone)), day(f.To.In(f.Zone).Add(-1)).AddDate(0, 0, 1)
	return t, err
}

// TestWhatWasCounted checks that the page says so where its figures are of more than
// the time that stands above them, and nowhere else.
func TestWhatWasCounted(t *testing.T) {
	h := web.New(webtest.Panels(), whole{webtest.New()}, settings(t))
	check := func(query, want string) {
		t.Helper()
		got := text(parse(t, get(t, h, "/?"+query)))
		if want == "" {
			require.NotContains(t, got, "whole hours")
			return
		}
		require.Contains(t, got, want)
	}
	check("from=2026-11-02T08:00&to=2026-11-02T09:00", "2 Nov 08:00 to 2 Nov 2026 09:00 · figures are of whole hours or days: 2 Nov 00:00 to 3 Nov 2026 00:00 ·")
	check("from=2026-11-02&to=2026-11-03", "")
	check("from=2026-11-02", "") // until now
	check("range=24h", "")
	check("", "")
	var answer struct{ Counted struct{ From, To time.Time } }
	decode(t, get(t, h, "/api/panels/cost.json?from=2026-11-02T08:00&to=2026-11-02T09:00"), &answer)
	require.Equal(t, 24*time.Hour, answer.Counted.To.Sub(answer.Counted.From))
}
