package metric

import (
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
)

const second = pcommon.Timestamp(time.Second)

// begin is when the accumulators of these tests begin.
var begin = pcommon.NewTimestampFromTime(time.Date(2026, 11, 21, 9, 30, 0, 0, time.UTC))

// attrs are the attributes of an event.
type attrs map[string]any

// event returns a batch of one event.
func event(kind string, own attrs) plog.Logs {
	ld := plog.NewLogs()
	addEvent(ld, kind, own)
	return ld
}

func addEvent(ld plog.Logs, kind string, own attrs) {
	if ld.ResourceLogs().Len() == 0 {
		rl := ld.ResourceLogs().AppendEmpty()
		rl.Resource().Attributes().PutStr("service.name", "cowork")
		rl.ScopeLogs().AppendEmpty()
	}
	rec := ld.ResourceLogs().At(0).ScopeLogs().At(0).LogRecords().AppendEmpty()
	rec.SetEventName(kind)
	for key, value := range own {
		if err := rec.Attributes().PutEmpty(key).FromRaw(value); err != nil {
			panic(err)
		}
	}
}

// A ledger reads batches and returns their sums.
type ledger struct {
	*Accumulator
	reader *Reader
	now    pcommon.Timestamp
}

func newLedger(set Settings) *ledger {
	if set.MaxSeries == 0 {
		set.MaxSeries = 1000
	}
	plan := NewPlan(set)
	return &ledger{plan.NewAccumulator(begin), plan.NewReader(), begin}
}

// add reads batches, a second after the last step.
func (l *ledger) add(batches ...plog.Logs) {
	for _, ld := range batches {
		l.now += second
		l.reader.Read(ld)
		l.Add(l.reader, l.now)
		l.reader.Reset()
	}
}

// take returns the points of a snapshot, a second after the last step.
func (l *ledger) take() []shown {
	l.now += second
	return show(l.Take(l.now))
}

// all returns the points with the sums. The first cumulative points have the value 0.
func (l *ledger) all() []shown {
	if l.plan.set.Delta {
		return l.take()
	}
	l.take()
	return l.take()
}

// shown is a point as it is written.
type shown struct {
	name       string
	labels     map[string]any
	value      float64 // of a histogram: the sum
	count      uint64  // of a histogram
	start, end pcommon.Timestamp
}

func show(s *Snapshot) (points []shown) {
	md := s.Metrics(func(pcommon.InstrumentationScope) {})
	for _, m := range md.ResourceMetrics().At(0).ScopeMetrics().At(0).Metrics().All() {
		points = append(points, showMetric(m)...)
	}
	return points
}

func showMetric(m pmetric.Metric) (points []shown) {
	switch m.Type() {
	case pmetric.MetricTypeSum:
		for _, dp := range m.Sum().DataPoints().All() {
			value := dp.DoubleValue()
			if dp.ValueType() == pmetric.NumberDataPointValueTypeInt {
				value = float64(dp.IntValue())
			}
			points = append(points, shown{m.Name(), dp.Attributes().AsRaw(), value, 0, dp.StartTimestamp(), dp.Timestamp()})
		}
	case pmetric.MetricTypeHistogram:
		for _, dp := range m.Histogram().DataPoints().All() {
			points = append(points, shown{m.Name(), dp.Attributes().AsRaw(), dp.Sum(), dp.Count(), dp.StartTimestamp(), dp.Timestamp()})
		}
	case pmetric.MetricTypeExponentialHistogram:
		for _, dp := range m.ExponentialHistogram().DataPoints().All() {
			points = append(points, shown{m.Name(), dp.Attributes().AsRaw(), dp.Sum(), dp.Count(), dp.StartTimestamp(), dp.Timestamp()})
		}
	default:
		panic(m.Type().String())
	}
	return points
}

// only returns the only point of a metric that has these labels.
func only(t require.TestingT, points []shown, name string, labels map[string]any) shown {
	var found []shown
	for _, p := range points {
		if p.name == name && contains(p.labels, labels) {
			found = append(found, p)
		}
	}
	require.Len(t, found, 1, "%s %v in %v", name, labels, points)
	return found[0]
}

func contains(all, some map[string]any) bool {
	for key, value := range some {
		if all[key] != value {
			return false
		}
	}
	return true
}

// total adds up the values of a metric's points.
func total(points []shown, name string) (sum float64) {
	for _, p := range points {
		if p.name == name {
			sum += p.value
		}
	}
	return sum
}

// request is an api_request as clients send it.
func request(id string, own attrs) plog.Logs {
	a := attrs{
		"session.id": "f4e2b124-f977-4412-8b09-da2871d3f914", "organization.id": "org", "user.account_uuid": "alice",
		"model": "claude-opus-5-5", "query_source": "sdk", "request_id": id, "duration_ms": 900,
		"input_tokens": 321, "output_tokens": 45, "cache_read_tokens": 15000, "cache_creation_tokens": 2000,
		"cost_usd": 0.015184, "cost_usd_micros": 15184,
	}
	for key, value := range own {
		if a[key] = value; value == nil {
			delete(a, key)
		}
	}
	return event("api_request", a)
}

var who = Settings{Dimensions: []string{"organization", "user"}}

func names(points []shown) (all []string) {
	for _, p := range points {
		all = append(all, p.name)
	}
	return all
}
