package web_test

import (
	"context"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/webtest"
)

// A slow source takes its time, and remembers how many asked it at once.
type slow struct {
	*webtest.Team
	takes     time.Duration
	now, most atomic.Int64
}

func (s *slow) Answer(ctx context.Context, _ report.Panel, _ report.Filter) (report.Table, error) {
	n := s.now.Add(1)
	defer s.now.Add(-1)
	for {
		most := s.most.Load()
		if n <= most || s.most.CompareAndSwap(most, n) {
			break
		}
	}
	select {
	case <-time.After(s.takes):
		return report.Table{Columns: columns("N", ""), Rows: [][]any{{1.0}}}, nil
	case <-ctx.Done():
		return report.Table{}, ctx.Err()
	}
}

// TestAskingIsBounded has many readers at once: the source answers a few at a time.
func TestAskingIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		src := &slow{Team: webtest.New(), takes: 10 * time.Millisecond}
		h := web.New(webtest.Panels(), src, settings(t))
		var wg sync.WaitGroup
		for range 20 {
			wg.Go(func() {
				if w := get(t, h, "/?section=overview"); w.Code != http.StatusOK {
					t.Error(w.Code)
				}
			})
		}
		wg.Wait()
		require.Equal(t, int64(4), src.most.Load())
	})
}

// TestSlowAnswers is for a source that takes longer than a page may: what has come is
// shown, what has not says so, and a program is told to come again.
func TestSlowAnswers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		set := settings(t)
		set.Timeout = time.Second
		h := web.New(webtest.Panels(), &slow{Team: webtest.New(), takes: time.Minute}, set)
		w := get(t, h, "/?section=cost")
		require.Equal(t, http.StatusOK, w.Code)
		require.Contains(t, text(byID(parse(t, w), "p-cost_by_user")), "This took too long to answer.")
		w = get(t, h, "/api/panels/cost.json")
		require.Equal(t, http.StatusServiceUnavailable, w.Code)
		require.Equal(t, "5", w.Header().Get("Retry-After"))
	})
}
