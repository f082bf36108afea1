package language

import (
	"iter"

	"github.com/open-telemetry/opentelemetry-collector-contrib/pkg/ottl/contexts/ottllog"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
)

// A Language compiles for the rules of one evaluator. Neither it nor what it compiled
// is safe for concurrent use.
type Language struct {
	parse  parser
	at     *ottllog.TransformContext // the record that Events stands at, nil between batches
	faults map[Fault]int64
}

// A Fault is what made an expression fail, and in which rule.
type Fault struct {
	Rule string
	// Kind is type, time, number or other.
	Kind string
}

// New returns a Language.
func New() (*Language, error) {
	parse, err := newParser()
	return &Language{parse: parse, faults: map[Fault]int64{}}, err
}

// Events iterates over the records of a batch. What was compiled reads the event
// that the loop is at without looking for its resource again.
func (l *Language) Events(ld plog.Logs) iter.Seq[cowork.Event] {
	return func(yield func(cowork.Event) bool) {
		for _, rl := range ld.ResourceLogs().All() {
			for _, sl := range rl.ScopeLogs().All() {
				for _, rec := range sl.LogRecords().All() {
					if !l.stand(rl, sl, rec, yield) {
						return
					}
				}
			}
		}
	}
}

func (l *Language) stand(rl plog.ResourceLogs, sl plog.ScopeLogs, rec plog.LogRecord, yield func(cowork.Event) bool) bool {
	l.at = ottllog.NewTransformContextPtr(rl, sl, rec)
	defer l.leave()
	return yield(cowork.EventOf(rl.Resource(), sl.Scope(), rec))
}

func (l *Language) leave() {
	l.at.Close()
	l.at = nil
}

// view returns OTTL's view of an event, and what to do when it was used. An event that
// Events does not stand at needs a copy of its resource and scope: OTTL takes them from
// their batch only.
func (l *Language) view(ev cowork.Event) (*ottllog.TransformContext, func()) {
	if l.at != nil && l.at.GetLogRecord() == ev.Record() {
		return l.at, stay
	}
	rl, sl := plog.NewResourceLogs(), plog.NewScopeLogs()
	ev.Resource().CopyTo(rl.Resource())
	ev.Scope().CopyTo(sl.Scope())
	view := ottllog.NewTransformContextPtr(rl, sl, ev.Record())
	return view, view.Close
}

func stay() {}

// Faults returns how often what a Language compiled has failed.
func (l *Language) Faults() map[Fault]int64 { return l.faults }
