package coworktracesconnector

import (
	"sync"

	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/digest"
)

// maxRefused is how many of the latest events without their span are recognised.
const maxRefused = 50_000

// refusedEvents are events whose span the next component refused. When such an event is
// delivered again, its span is emitted again; that of any other event is not. It is safe
// for concurrent use.
type refusedEvents struct {
	mu  sync.Mutex
	set digest.Set
}

// add adds the events of a batch that have a span. It returns how many older events it
// dropped.
func (r *refusedEvents) add(ld plog.Logs) (dropped int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for ev := range cowork.Events(ld) {
		if specOf(ev) == nil {
			continue
		}
		if d := recordDigest(ev); d != 0 && !r.set.Contains(d) {
			dropped += int64(r.set.Insert(d, digest.SlotsFor(maxRefused)))
		}
	}
	return dropped
}

func (r *refusedEvents) contain(ev cowork.Event) bool {
	d := recordDigest(ev)
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.set.Contains(d)
}

func recordDigest(ev cowork.Event) digest.Digest {
	id := cowork.IdentityOf(ev, ev.Name())
	return id.Redelivery()
}
