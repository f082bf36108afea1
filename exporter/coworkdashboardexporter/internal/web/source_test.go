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
)

// A slowSource delays each answer and records how many queries run at once.
type slowSource struct {
	*fakeSource
	delay     time.Duration
	now, most atomic.Int64
}

func (s *slowSource) Answer(ctx context.Context, _ report.Panel, _ report.Filter, _ int) (report.Table, error) {
	n := s.now.Add(1)
	defer s.now.Add(-1)
	for {
		most := s.most.Load()
		if n <= most || s.most.CompareAndSwap(most, n) {
			break
		}
	}
	select {
	case <-time.After(s.delay):
		return report.Table{Columns: columns("N", ""), Rows: [][]any{{1.0}}}, nil
	case <-ctx.Done():
		return report.Table{}, ctx.Err()
	}
}

// TestConcurrentQueriesAreBounded loads pages concurrently: the source answers four
// queries at a time.
func TestConcurrentQueriesAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		src := &slowSource{fakeSource: newFakeSource(), delay: 10 * time.Millisecond}
		h := web.New(pagesOf(panels), src, settings(t))
		var wg sync.WaitGroup
		for range 20 {
			wg.Go(func() {
				if w := get(t, h, "/"); w.Code != http.StatusOK {
					t.Error(w.Code)
				}
			})
		}
		wg.Wait()
		require.Equal(t, int64(4), src.most.Load())
	})
}

// TestTimeout checks that the page shows an error in the place of a slow answer, and
// that the API responds with Retry-After.
func TestTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		set := settings(t)
		set.Timeout = time.Second
		h := web.New(pagesOf(panels), &slowSource{fakeSource: newFakeSource(), delay: time.Minute}, set)
		w := get(t, h, "/")
		require.Equal(t, http.StatusOK, w.Code)
		require.Contains(t, textOf(byID(parse(t, w), "p-cost_by_user")), "This took too long to load.")
		w = get(t, h, "/api/panels/cost.json")
		require.Equal(t, http.StatusServiceUnavailable, w.Code)
		require.Equal(t, "5", w.Header().Get("Retry-After"))
	})
}

// A committingSource commits new figures with each answer.
type committingSource struct {
	*fakeSource
	version atomic.Int64
}

func (s *committingSource) Answer(ctx context.Context, p report.Panel, f report.Filter, limit int) (report.Table, error) {
	s.version.Add(1)
	return s.fakeSource.Answer(ctx, p, f, limit)
}

func (s *committingSource) State() report.State {
	return report.State{Version: s.version.Load(), Latest: now}
}

// TestVersionPrecedesAnswers checks that the version of a page is not newer than its
// figures, so that the page requests the figures that were committed meanwhile.
func TestVersionPrecedesAnswers(t *testing.T) {
	doc := parse(t, get(t, web.New(pagesOf(panels), &committingSource{fakeSource: newFakeSource()}, settings(t)), "/"))
	require.Equal(t, "0", attr(byID(doc, "main").Parent, "data-version"))
}
