package language

import (
	"iter"

	"github.com/open-telemetry/opentelemetry-collector-contrib/pkg/ottl/contexts/ottllog"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
)

// A Language compiles the conditions and expressions of one evaluator's rules. Neither it
// nor the compiled functions are safe for concurrent use.
type Language struct {
	parse   parser
	current *ottllog.TransformContext // of the record in the loop over Events, nil outside
	events  uint64                    // that were current
	faults  map[Fault]int64

	conditions map[string]*sharedCondition // by their text

	converted converted // of the current event
	targets   targets
}

// A Fault is a rule and the kind of error with which one of its expressions failed.
type Fault struct {
	Rule string
	// Kind is type, time, number or other.
	Kind string
}

// New returns a Language.
func New() (*Language, error) {
	l := &Language{faults: map[Fault]int64{}, conditions: map[string]*sharedCondition{}}
	l.targets = targets{convert: l.convert, list: make([]target, len(converters))}
	var err error
	l.parse, err = newParser(append(converterFactories(l), newMatchFactory(&l.targets)))
	return l, err
}

// Events iterates over the records of a batch. Within the loop, the compiled functions
// share one OTTL context for the current event.
func (l *Language) Events(ld plog.Logs) iter.Seq[cowork.Event] {
	return func(yield func(cowork.Event) bool) {
		for _, rl := range ld.ResourceLogs().All() {
			for _, sl := range rl.ScopeLogs().All() {
				for _, rec := range sl.LogRecords().All() {
					l.events++
					l.current = ottllog.NewTransformContextPtr(rl, sl, rec)
					l.targets.ctx = l.current
					more := yield(cowork.EventOf(rl.Resource(), sl.Scope(), rec))
					l.current.Close()
					l.current = nil
					l.converted = converted{}
					l.targets.reset()
					if !more {
						return
					}
				}
			}
		}
	}
}

// isCurrent reports whether an event is the current one of the loop over Events.
func (l *Language) isCurrent(ev cowork.Event) bool {
	return l.current != nil && l.current.GetLogRecord() == ev.Record()
}

// contextOf returns the OTTL context of an event and a function that releases it. Outside
// of the loop over Events, the resource and the scope are copied: OTTL reads them from a
// batch.
func (l *Language) contextOf(ev cowork.Event) (ctx *ottllog.TransformContext, release func()) {
	if l.isCurrent(ev) {
		return l.current, func() {}
	}
	rl, sl := plog.NewResourceLogs(), plog.NewScopeLogs()
	ev.Resource().CopyTo(rl.Resource())
	ev.Scope().CopyTo(sl.Scope())
	ctx = ottllog.NewTransformContextPtr(rl, sl, ev.Record())
	return ctx, ctx.Close
}

// Faults returns the number of failed evaluations by rule and kind of error.
func (l *Language) Faults() map[Fault]int64 { return l.faults }
