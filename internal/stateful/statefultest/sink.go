package statefultest

import (
	"context"
	"slices"
	"sync"

	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
)

// A Sink is the consumer behind a component. It keeps the records that it accepts, or
// refuses all. The zero value accepts.
type Sink struct {
	mu        sync.Mutex
	accepted  []cowork.Event
	sizes     []int
	refusal   error
	onConsume func()
}

var _ consumer.Logs = (*Sink)(nil)

// Capabilities implements [consumer.Logs].
func (*Sink) Capabilities() consumer.Capabilities { return consumer.Capabilities{} }

// ConsumeLogs implements [consumer.Logs].
func (s *Sink) ConsumeLogs(_ context.Context, ld plog.Logs) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.onConsume != nil {
		s.onConsume()
	}
	if s.refusal == nil {
		s.sizes = append(s.sizes, ld.LogRecordCount())
		s.accepted = slices.AppendSeq(s.accepted, cowork.Events(ld))
	}
	return s.refusal
}

// Refuse makes the Sink return an error for each batch, or accept again with nil.
func (s *Sink) Refuse(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refusal = err
}

// OnConsume sets a function that is called during each call of ConsumeLogs.
func (s *Sink) OnConsume(call func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.onConsume = call
}

// Take returns the records that were accepted since the last call.
func (s *Sink) Take() []cowork.Event {
	s.mu.Lock()
	defer s.mu.Unlock()
	accepted := s.accepted
	s.accepted = nil
	return accepted
}

// BatchSizes returns the number of records of each batch that was accepted.
func (s *Sink) BatchSizes() []int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.sizes)
}
