package main

import (
	"cmp"
	"slices"
	"time"

	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/connector/coworkrulesconnector"
	"github.com/cowork-otel/collector/internal/cowork"
)

// maxAfter exceeds every window of a rule.
const maxAfter = 366 * 24 * time.Hour

// sortByTime normalizes events and sorts them by time and sequence. It removes
// events without a time and returns their number.
func sortByTime(events []cowork.Event) (ordered []cowork.Event, undated int) {
	for _, e := range events {
		cowork.Normalize(e)
		if e.Time() == 0 {
			undated++
			continue
		}
		ordered = append(ordered, e)
	}
	slices.SortStableFunc(ordered, func(a, b cowork.Event) int {
		first, _ := a.Sequence()
		second, _ := b.Sequence()
		return cmp.Or(cmp.Compare(a.Time(), b.Time()), cmp.Compare(first, second))
	})
	return ordered, undated
}

// evaluateRules returns the alerts of each configuration's rules, in order of time.
// The clock of the rules shows the time of each event when it is evaluated.
func evaluateRules(configs []*coworkrulesconnector.Config, events []cowork.Event, after time.Duration) (plog.Logs, error) {
	var all []cowork.Event
	for _, cfg := range configs {
		evaluation, err := cfg.NewEvaluation()
		if err != nil {
			return plog.Logs{}, err
		}
		r := ruleReplay{evaluation: evaluation, interval: cfg.EvaluationInterval}
		r.replayEvents(events, after)
		for _, batch := range r.alerts {
			all = slices.AppendSeq(all, cowork.Events(batch))
		}
	}
	slices.SortStableFunc(all, func(a, b cowork.Event) int { return cmp.Compare(a.Time(), b.Time()) })
	alerts := plog.NewLogs()
	for _, e := range all {
		batchOf(e).ResourceLogs().MoveAndAppendTo(alerts.ResourceLogs())
	}
	return alerts, nil
}

// A ruleReplay evaluates one set of rules with a clock of its own.
type ruleReplay struct {
	evaluation *coworkrulesconnector.Evaluation
	interval   time.Duration
	now        time.Time
	alerts     []plog.Logs
}

func (r *ruleReplay) replayEvents(events []cowork.Event, after time.Duration) {
	if len(events) == 0 {
		return
	}
	r.tick(events[0].Time().AsTime())
	for _, e := range events {
		at := e.Time().AsTime()
		r.advance(at)
		r.evaluation.Add(batchOf(e), at)
		r.collectAlerts()
	}
	r.advance(r.now.Add(after))
}

// advance moves the clock, with a tick every evaluation interval as in a collector.
func (r *ruleReplay) advance(until time.Time) {
	for next := r.now.Add(r.interval); !next.After(until); next = next.Add(r.interval) {
		r.tick(next)
	}
	r.now = until
}

func (r *ruleReplay) tick(now time.Time) {
	r.now = now
	r.evaluation.Tick(now)
	r.collectAlerts()
}

func (r *ruleReplay) collectAlerts() {
	if alerts := r.evaluation.Take(); alerts.LogRecordCount() > 0 {
		r.alerts = append(r.alerts, alerts)
	}
}

// batchOf returns a batch that holds a copy of one event.
func batchOf(e cowork.Event) plog.Logs {
	ld := plog.NewLogs()
	rl := ld.ResourceLogs().AppendEmpty()
	e.Resource().CopyTo(rl.Resource())
	sl := rl.ScopeLogs().AppendEmpty()
	e.Scope().CopyTo(sl.Scope())
	e.Record().CopyTo(sl.LogRecords().AppendEmpty())
	return ld
}
