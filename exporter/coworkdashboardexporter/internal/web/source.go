package web

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// maxQueries is how many queries run at once over all requests. It leaves processors to
// the pipeline however many readers the page has.
const maxQueries = 4

// A boundedSource bounds the concurrent queries of a source and reports their failures.
// Obeys and State query nothing.
type boundedSource struct {
	report.Source
	slots  chan struct{}
	failed func(what string, err error)
}

func newBoundedSource(src report.Source, failed func(string, error)) *boundedSource {
	return &boundedSource{src, make(chan struct{}, maxQueries), failed}
}

// acquire waits for a slot. It returns errBusy if the context ends first.
func (b *boundedSource) acquire(ctx context.Context) error {
	select {
	case b.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return errBusy
	}
}

func (b *boundedSource) release() { <-b.slots }

// bounded runs a query in a slot.
func bounded[T any](ctx context.Context, b *boundedSource, what string, query func() (T, error)) (answer T, err error) {
	if err := b.acquire(ctx); err != nil {
		return answer, err
	}
	defer b.release()
	answer, err = query()
	return answer, b.reportFailure(ctx, what, err)
}

// reportFailure reports an error, unless the client has closed the connection or the
// prompt does not exist.
func (b *boundedSource) reportFailure(ctx context.Context, what string, err error) error {
	if err == nil || errors.Is(err, report.ErrNotFound) {
		return err
	}
	if !errors.Is(ctx.Err(), context.Canceled) {
		b.failed(what, err)
	}
	return fmt.Errorf("%s: %w", what, err)
}

// answerAll answers several panels concurrently and calls use with each answer. It
// acquires a slot before it starts a goroutine, so that a request waits with one
// goroutine only.
func (b *boundedSource) answerAll(ctx context.Context, panels []report.Panel, f report.Filter, use func(int, report.Table, error)) {
	var wg sync.WaitGroup
	for i, p := range panels {
		if err := b.acquire(ctx); err != nil {
			use(i, report.Table{}, err)
			continue
		}
		wg.Go(func() {
			defer b.release()
			table, err := b.Source.Answer(ctx, p, f, 0)
			use(i, table, b.reportFailure(ctx, p.ID, err))
		})
	}
	wg.Wait()
}

func (b *boundedSource) Answer(ctx context.Context, p report.Panel, f report.Filter, limit int) (report.Table, error) {
	return bounded(ctx, b, p.ID, func() (report.Table, error) { return b.Source.Answer(ctx, p, f, limit) })
}

func (b *boundedSource) Choices(ctx context.Context, f report.Filter) (report.Choices, error) {
	return bounded(ctx, b, "choices", func() (report.Choices, error) { return b.Source.Choices(ctx, f) })
}

func (b *boundedSource) Prompts(ctx context.Context, f report.Filter, before time.Time, limit int) ([]report.Prompt, error) {
	return bounded(ctx, b, "prompts", func() ([]report.Prompt, error) { return b.Source.Prompts(ctx, f, before, limit) })
}

func (b *boundedSource) Prompt(ctx context.Context, id string) (p report.Prompt, steps []report.Step, err error) {
	p, err = bounded(ctx, b, "prompt", func() (report.Prompt, error) {
		p, steps, err = b.Source.Prompt(ctx, id)
		return p, err
	})
	return p, steps, err
}

func (b *boundedSource) Setup(ctx context.Context) (report.Setup, error) {
	return bounded(ctx, b, "setup", func() (report.Setup, error) { return b.Source.Setup(ctx) })
}
