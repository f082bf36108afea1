package web

import (
	"context"
	"sync"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// maxAsking is how many answers are worked on at once over all requests: a page with
// many readers must not take the pipeline's processors.
const maxAsking = 4

// A gate lets so many through at once.
type gate chan struct{}

func newGate() gate { return make(gate, maxAsking) }

// enter waits for room, or says that there was none in time.
func (g gate) enter(ctx context.Context) error {
	select {
	case g <- struct{}{}:
		return nil
	case <-ctx.Done():
		return errBusy
	}
}

func (g gate) leave() { <-g }

// through calls f when there is room.
func (g gate) through(ctx context.Context, f func(context.Context) error) error {
	if err := g.enter(ctx); err != nil {
		return err
	}
	defer g.leave()
	return f(ctx)
}

// answers asks for several panels at once and returns their views in order.
func (s *server) answers(ctx context.Context, p *painter, panels []report.Panel) []panelView {
	views := make([]panelView, len(panels))
	var wg sync.WaitGroup
	// A request takes a place before it starts to ask, so that no more are waiting than
	// there are readers.
	for i, panel := range panels {
		if err := s.gate.enter(ctx); err != nil {
			views[i] = p.draw(panel, report.Table{}, err)
			continue
		}
		wg.Go(func() {
			defer s.gate.leave()
			table, err := s.src.Answer(ctx, panel, p.query.Filter)
			views[i] = p.draw(panel, table, s.failed(ctx, panel.ID, err))
		})
	}
	wg.Wait()
	return views
}
