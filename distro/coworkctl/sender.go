package main

import (
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"iter"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/cowork-otel/collector/distro/coworkctl/otlp"
	"github.com/cowork-otel/collector/distro/coworkctl/synthetic"
)

// maxFailures is how many requests in a row may fail before sending ends. One is
// enough as long as nothing arrived yet.
const maxFailures = 20

// A sender sends batches: those of one session in order by one worker, and all
// together no faster than its rate.
type sender struct {
	client  *otlp.Client
	now     func() time.Time
	workers int
	limit   *rate.Limiter

	mu     sync.Mutex // guards what follows
	done   totals
	row    int // requests that failed in a row
	failed error
	stop   context.CancelFunc
}

// totals are what was sent.
type totals struct {
	events, batches, bytes int
	rejected               int64
	failed                 int
	took                   time.Duration
}

// newSender returns a sender. A rate of 0 is none.
func newSender(client *otlp.Client, now func() time.Time, workers int, perSecond float64) *sender {
	limit := rate.NewLimiter(rate.Inf, 0)
	if perSecond > 0 {
		limit = rate.NewLimiter(rate.Limit(perSecond), 1+int(perSecond/10))
	}
	return &sender{client: client, now: now, workers: workers, limit: limit}
}

// send sends the batches until there are no more, the context ends, which is no
// error when it is because of its deadline, or too much fails.
func (s *sender) send(ctx context.Context, batches iter.Seq[synthetic.Batch]) error {
	began := s.now()
	// Requests under way are finished when the time is up: they have a context
	// that only failure and the user end.
	work, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	defer context.AfterFunc(ctx, func() {
		if !errors.Is(ctx.Err(), context.DeadlineExceeded) {
			stop()
		}
	})()
	s.stop = stop
	queues := make([]chan synthetic.Batch, s.workers)
	var group sync.WaitGroup
	for i := range queues {
		queues[i] = make(chan synthetic.Batch, 16)
		group.Go(func() {
			for b := range queues[i] {
				s.deliver(work, b)
			}
		})
	}
	for b := range batches {
		if s.wait(ctx, b) != nil || work.Err() != nil {
			break
		}
		queues[lane(b.Session, s.workers)] <- b
	}
	for _, q := range queues {
		close(q)
	}
	group.Wait()
	s.done.took = s.now().Sub(began)
	switch {
	case s.failed != nil:
		return s.failed
	case ctx.Err() != nil && !errors.Is(ctx.Err(), context.DeadlineExceeded):
		return ctx.Err()
	}
	return nil
}

// wait holds a batch back until the rate allows its events, a burst at a time.
func (s *sender) wait(ctx context.Context, b synthetic.Batch) error {
	if s.limit.Limit() == rate.Inf {
		return ctx.Err()
	}
	for n := b.Logs.LogRecordCount(); n > 0; n -= s.limit.Burst() {
		if err := s.limit.WaitN(ctx, min(n, s.limit.Burst())); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// lane returns the worker of a session.
func lane(session string, workers int) int {
	return int(crc32.ChecksumIEEE([]byte(session)) % uint32(workers))
}

// deliver sends each signal of a batch that has something to say.
func (s *sender) deliver(ctx context.Context, b synthetic.Batch) {
	if n := b.Logs.LogRecordCount(); n > 0 {
		s.account(ctx, n, func() (otlp.Receipt, error) { return s.client.Logs(ctx, b.Logs) })
	}
	if b.Metrics.DataPointCount() > 0 {
		s.account(ctx, 0, func() (otlp.Receipt, error) { return s.client.Metrics(ctx, b.Metrics) })
	}
	if b.Traces.SpanCount() > 0 {
		s.account(ctx, 0, func() (otlp.Receipt, error) { return s.client.Traces(ctx, b.Traces) })
	}
}

// account makes a request, unless sending has ended, and counts what came of it.
func (s *sender) account(ctx context.Context, events int, request func() (otlp.Receipt, error)) {
	if ctx.Err() != nil {
		return
	}
	got, err := request()
	s.mu.Lock()
	defer s.mu.Unlock()
	if err == nil {
		s.row = 0
		s.done.events += events
		s.done.batches++
		s.done.bytes += got.Bytes
		s.done.rejected += got.Rejected
		return
	}
	if errors.Is(err, context.Canceled) {
		return
	}
	s.row++
	s.done.failed++
	if s.failed == nil {
		s.failed = err
	}
	if s.done.batches == 0 || s.row >= maxFailures {
		s.stop()
	}
}

// summary returns what was sent, in one line.
func (s *sender) summary() string {
	d := s.done
	seconds := d.took.Seconds()
	perSecond := 0.0
	if seconds > 0 {
		perSecond = float64(d.events) / seconds
	}
	return fmt.Sprintf("events=%d batches=%d bytes=%d rejected=%d failed=%d seconds=%.2f events/s=%.0f",
		d.events, d.batches, d.bytes, d.rejected, d.failed, seconds, perSecond)
}
