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
type boundedSource struct {
	src    report.Source
	slots  chan struct{}
	failed func(what string, err error)
}

var _ report.Source = (*boundedSource)(nil)

func newBoundedSource(src report.Source, failed func(string, error)) *boundedSource {
	return &boundedSource{src: src, slots: make(chan struct{}, maxQueries), failed: failed}
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

// query runs a query in a slot.
func (b *boundedSource) query(ctx context.Context, what string, run func() error) error {
	if err := b.acquire(ctx); err != nil {
		return err
	}
	defer b.release()
	return b.reportFailure(ctx, what, run())
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

// Obeys implements [report.Source]. It does not query the database.
func (b *boundedSource) Obeys(p report.Panel, f report.Filter) bool { return b.src.Obeys(p, f) }

// Answer implements [report.Source].
func (b *boundedSource) Answer(ctx context.Context, p report.Panel, f report.Filter, limit int) (t report.Table, err error) {
	err = b.query(ctx, p.ID, func() error {
		t, err = b.src.Answer(ctx, p, f, limit)
		return err
	})
	return t, err
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
			table, err := b.src.Answer(ctx, p, f, 0)
			use(i, table, b.reportFailure(ctx, p.ID, err))
		})
	}
	wg.Wait()
}

// Choices implements [report.Source].
func (b *boundedSource) Choices(ctx context.Context, f report.Filter) (c report.Choices, err error) {
	err = b.query(ctx, "choices", func() error {
		c, err = b.src.Choices(ctx, f)
		return err
	})
	return c, err
}

// Prompts implements [report.Source].
func (b *boundedSource) Prompts(ctx context.Context, f report.Filter, before time.Time, limit int) (list []report.Prompt, err error) {
	err = b.query(ctx, "prompts", func() error {
		list, err = b.src.Prompts(ctx, f, before, limit)
		return err
	})
	return list, err
}

// Prompt implements [report.Source].
func (b *boundedSource) Prompt(ctx context.Context, id string) (p report.Prompt, steps []report.Step, err error) {
	err = b.query(ctx, "prompt", func() error {
		p, steps, err = b.src.Prompt(ctx, id)
		return err
	})
	return p, steps, err
}

// Setup implements [report.Source].
func (b *boundedSource) Setup(ctx context.Context) (s report.Setup, err error) {
	err = b.query(ctx, "setup", func() error {
		s, err = b.src.Setup(ctx)
		return err
	})
	return s, err
}

// State implements [report.Source]. It does not query the database.
func (b *boundedSource) State() report.State { return b.src.State() }
