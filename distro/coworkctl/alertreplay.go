package main

import (
	"cmp"
	"slices"
	"time"

	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/connector/coworkrulesconnector"
	"github.com/cowork-otel/collector/internal/cowork"
)

// maxAfter is longer than any window.
const maxAfter = 366 * 24 * time.Hour

// inOrder brings events into their normal form and the order in which they happened,
// and returns how many have no time.
func inOrder(events []cowork.Event) (ordered []cowork.Event, timeless int) {
	for _, e := range events {
		cowork.Normalize(e)
		if e.Time() == 0 {
			timeless++
			continue
		}
		ordered = append(ordered, e)
	}
	slices.SortStableFunc(ordered, func(a, b cowork.Event) int {
		first, _ := a.Sequence()
		second, _ := b.Sequence()
		return cmp.Or(cmp.Compare(a.Time(), b.Time()), cmp.Compare(first, second))
	})
	return ordered, timeless
}

// replay returns what each configuration's rules say of events, in the order in which
// they say it, with a clock that shows the time of each event when it comes.
func replay(configs []*coworkrulesconnector.Config, events []cowork.Event, after time.Duration) (plog.Logs, error) {
	var all []cowork.Event
	for _, cfg := range configs {
		evaluation, err := cfg.NewEvaluation()
		if err != nil {
			return plog.Logs{}, err
		}
		r := replaying{evaluation: evaluation, interval: cfg.EvaluationInterval}
		r.run(events, after)
		for _, batch := range r.told {
			all = slices.AppendSeq(all, cowork.Events(batch))
		}
	}
	slices.SortStableFunc(all, func(a, b cowork.Event) int { return cmp.Compare(a.Time(), b.Time()) })
	told := plog.NewLogs()
	for _, e := range all {
		alone(e).ResourceLogs().MoveAndAppendTo(told.ResourceLogs())
	}
	return told, nil
}

// A replaying is one set of rules and its clock.
type replaying struct {
	evaluation *coworkrulesconnector.Evaluation
	interval   time.Duration
	now        time.Time
	told       []plog.Logs
}

func (r *replaying) run(events []cowork.Event, after time.Duration) {
	if len(events) == 0 {
		return
	}
	r.tick(events[0].Time().AsTime())
	for _, e := range events {
		at := e.Time().AsTime()
		r.pass(at)
		r.evaluation.Add(alone(e), at)
		r.take()
	}
	r.pass(r.now.Add(after))
}

// pass lets the time pass, with the rules told of it as a collector does.
func (r *replaying) pass(until time.Time) {
	for next := r.now.Add(r.interval); !next.After(until); next = next.Add(r.interval) {
		r.tick(next)
	}
	r.now = until
}

func (r *replaying) tick(now time.Time) {
	r.now = now
	r.evaluation.Tick(now)
	r.take()
}

func (r *replaying) take() {
	if told := r.evaluation.Take(); told.LogRecordCount() > 0 {
		r.told = append(r.told, told)
	}
}

// alone returns a copy of an event in a batch of its own.
func alone(e cowork.Event) plog.Logs {
	ld := plog.NewLogs()
	rl := ld.ResourceLogs().AppendEmpty()
	e.Resource().CopyTo(rl.Resource())
	sl := rl.ScopeLogs().AppendEmpty()
	e.Scope().CopyTo(sl.Scope())
	e.Record().CopyTo(sl.LogRecords().AppendEmpty())
	return ld
}
