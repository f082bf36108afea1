package story

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/pmetric"
)

// Ledger writes what a backend has of these metrics, a line a series in the order in
// which they came:
//
//	cowork.cost{user=alice,model=claude-opus-5-5} 0.015184 USD
//	cowork.tool.duration{user=alice,tool=Bash,outcome=ok} 1 of 0.5 s
//
// A histogram has how many numbers it counted and what they add up to. Of cumulative
// series the last point of each run is told, added up. Deltas stand below the time
// that they are of.
func Ledger(md pmetric.Metrics) []byte {
	l := ledger{series: map[string]*balance{}}
	for _, rm := range md.ResourceMetrics().All() {
		for _, sm := range rm.ScopeMetrics().All() {
			for _, m := range sm.Metrics().All() {
				l.add(m)
			}
		}
	}
	return l.write()
}

// A ledger has the series in the order in which they came.
type ledger struct {
	order  []string
	series map[string]*balance
}

// A balance is what a series has: the last point of each run, by when it began.
type balance struct {
	delta  string // the time that it is of; "" if it is cumulative
	unit   string
	counts bool // is a histogram
	runs   map[pcommon.Timestamp]amount
}

type amount struct {
	sum   float64
	count uint64
}

// add adds the points of a metric.
func (l *ledger) add(m pmetric.Metric) {
	switch m.Type() {
	case pmetric.MetricTypeSum:
		for _, dp := range m.Sum().DataPoints().All() {
			value := dp.DoubleValue()
			if dp.ValueType() == pmetric.NumberDataPointValueTypeInt {
				value = float64(dp.IntValue())
			}
			l.note(m, m.Sum().AggregationTemporality(), dp, amount{sum: value})
		}
	case pmetric.MetricTypeHistogram:
		for _, dp := range m.Histogram().DataPoints().All() {
			l.note(m, m.Histogram().AggregationTemporality(), dp, amount{dp.Sum(), dp.Count()})
		}
	case pmetric.MetricTypeExponentialHistogram:
		for _, dp := range m.ExponentialHistogram().DataPoints().All() {
			l.note(m, m.ExponentialHistogram().AggregationTemporality(), dp, amount{dp.Sum(), dp.Count()})
		}
	default:
		panic("no metric of this collector: " + m.Type().String())
	}
}

func (l *ledger) note(m pmetric.Metric, temporality pmetric.AggregationTemporality, dp interface {
	Attributes() pcommon.Map
	StartTimestamp() pcommon.Timestamp
	Timestamp() pcommon.Timestamp
}, a amount,
) {
	delta := ""
	if temporality == pmetric.AggregationTemporalityDelta {
		delta = clock(dp.StartTimestamp()) + " to " + clock(dp.Timestamp())
	}
	name := m.Name() + labels(dp.Attributes())
	b := l.series[delta+name]
	if b == nil {
		b = &balance{delta, m.Unit(), m.Type() != pmetric.MetricTypeSum, map[pcommon.Timestamp]amount{}}
		l.series[delta+name] = b
		l.order = append(l.order, delta+name)
	}
	b.runs[dp.StartTimestamp()] = a
}

func clock(ts pcommon.Timestamp) string { return ts.AsTime().Format(time.TimeOnly) }

func labels(m pcommon.Map) string {
	var all []string
	for key, value := range m.All() {
		all = append(all, key+"="+value.AsString())
	}
	return "{" + strings.Join(all, ",") + "}"
}

func (l *ledger) write() []byte {
	var out bytes.Buffer
	delta := ""
	for _, key := range l.order {
		b := l.series[key]
		if b.delta != delta {
			delta = b.delta
			fmt.Fprintln(&out, delta)
		}
		fmt.Fprintf(&out, "%s %s\n", key[len(b.delta):], b)
	}
	return out.Bytes()
}

// String tells what there is, without the rounding of floating point.
func (b *balance) String() string {
	var a amount
	for _, run := range b.runs {
		a.sum, a.count = a.sum+run.sum, a.count+run.count
	}
	sum, _ := strconv.ParseFloat(strconv.FormatFloat(a.sum, 'g', 12, 64), 64)
	text := strconv.FormatFloat(sum, 'f', -1, 64) + " " + b.unit
	if b.counts {
		text = strconv.FormatUint(a.count, 10) + " of " + text
	}
	return text
}
