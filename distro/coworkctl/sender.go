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

// maxFailures is the number of consecutive failed requests that ends sending.
// Until a request succeeds, the first failure does.
const maxFailures = 20

// A sender sends batches with several workers. The batches of one session are
// sent in order by one worker. A rate limits all workers together.
type sender struct {
	client  *otlp.Client
	now     func() time.Time
	workers int
	limit   *rate.Limiter
	// weight returns what a batch counts against the rate.
	weight func(synthetic.Batch) int

	mu          sync.Mutex // guards the fields below
	sent        totals
	consecutive int // failed requests in a row
	firstError  error
	stop        context.CancelFunc
}

// totals count what was sent.
type totals struct {
	events, batches, bytes int
	rejected               int64
	failed                 int
	duration               time.Duration
}

// newSender returns a sender. A rate of 0 is unlimited.
func newSender(client *otlp.Client, now func() time.Time, workers int, perSecond float64) *sender {
	limit := rate.NewLimiter(rate.Inf, 0)
	if perSecond > 0 {
		limit = rate.NewLimiter(rate.Limit(perSecond), 1+int(perSecond/10))
	}
	return &sender{client: client, now: now, workers: workers, limit: limit, weight: logRecords}
}

func logRecords(b synthetic.Batch) int { return b.Logs.LogRecordCount() }

// sendAll sends the batches until the sequence ends, the context ends, or too
// many requests fail. A deadline of the context is no error.
func (s *sender) sendAll(ctx context.Context, batches iter.Seq[synthetic.Batch]) error {
	began := s.now()
	// Requests in progress complete after a deadline: only failure and the user
	// cancel their context.
	requests, stop := context.WithCancel(context.WithoutCancel(ctx))
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
				s.sendBatch(requests, b)
			}
		})
	}
	for b := range batches {
		if s.waitForRate(ctx, b) != nil || requests.Err() != nil {
			break
		}
		queues[workerOf(b.Session, s.workers)] <- b
	}
	for _, q := range queues {
		close(q)
	}
	group.Wait()
	s.sent.duration = s.now().Sub(began)
	switch {
	case s.firstError != nil:
		return s.firstError
	case ctx.Err() != nil && !errors.Is(ctx.Err(), context.DeadlineExceeded):
		return ctx.Err()
	}
	return nil
}

// waitForRate blocks until the rate allows a batch, one burst at a time.
func (s *sender) waitForRate(ctx context.Context, b synthetic.Batch) error {
	if s.limit.Limit() == rate.Inf {
		return ctx.Err()
	}
	for n := s.weight(b); n > 0; n -= s.limit.Burst() {
		if err := s.limit.WaitN(ctx, min(n, s.limit.Burst())); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// workerOf returns the index of the worker that sends a session.
func workerOf(session string, workers int) int {
	return int(crc32.ChecksumIEEE([]byte(session)) % uint32(workers))
}

// sendBatch sends each signal of a batch that is not empty.
func (s *sender) sendBatch(ctx context.Context, b synthetic.Batch) {
	if n := b.Logs.LogRecordCount(); n > 0 {
		s.request(ctx, n, func() (otlp.Receipt, error) { return s.client.Logs(ctx, b.Logs) })
	}
	if b.Metrics.DataPointCount() > 0 {
		s.request(ctx, 0, func() (otlp.Receipt, error) { return s.client.Metrics(ctx, b.Metrics) })
	}
	if b.Traces.SpanCount() > 0 {
		s.request(ctx, 0, func() (otlp.Receipt, error) { return s.client.Traces(ctx, b.Traces) })
	}
}

// request sends one request, unless sending has ended, and counts its outcome.
func (s *sender) request(ctx context.Context, events int, send func() (otlp.Receipt, error)) {
	if ctx.Err() != nil {
		return
	}
	receipt, err := send()
	s.mu.Lock()
	defer s.mu.Unlock()
	if err == nil {
		s.consecutive = 0
		s.sent.events += events
		s.sent.batches++
		s.sent.bytes += receipt.Bytes
		s.sent.rejected += receipt.Rejected
		return
	}
	if errors.Is(err, context.Canceled) {
		return
	}
	s.consecutive++
	s.sent.failed++
	if s.firstError == nil {
		s.firstError = err
	}
	if s.sent.batches == 0 || s.consecutive >= maxFailures {
		s.stop()
	}
}

// summary returns the totals in one line.
func (s *sender) summary() string {
	t := s.sent
	seconds := t.duration.Seconds()
	perSecond := 0.0
	if seconds > 0 {
		perSecond = float64(t.events) / seconds
	}
	return fmt.Sprintf("events=%d batches=%d bytes=%d rejected=%d failed=%d seconds=%.2f events/s=%.0f",
		t.events, t.batches, t.bytes, t.rejected, t.failed, seconds, perSecond)
}
