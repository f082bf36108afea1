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

// Ledger formats what a backend stores of these metrics, one line for each series in
// the order of arrival:
//
//	cowork.cost{user=alice,model=claude-opus-5-5} 0.015184 USD
//	cowork.tool.duration{user=alice,tool=Bash,outcome=ok} 1 of 0.5 s
//
// A histogram is formatted as its count and its sum. A cumulative series is the sum of
// the last points of its runs. Delta points follow a line with their time range.
func Ledger(md pmetric.Metrics) []byte {
	l := ledger{series: map[string]*seriesTotal{}}
	for _, rm := range md.ResourceMetrics().All() {
		for _, sm := range rm.ScopeMetrics().All() {
			for _, m := range sm.Metrics().All() {
				l.addMetric(m)
			}
		}
	}
	return l.format()
}

// A ledger holds the series in the order of arrival.
type ledger struct {
	order  []string
	series map[string]*seriesTotal
}

// A seriesTotal holds the last point of each run of a series, by start time.
type seriesTotal struct {
	delta     string // time range of a delta; "" for a cumulative series
	unit      string
	histogram bool
	runs      map[pcommon.Timestamp]pointValue
}

type pointValue struct {
	sum   float64
	count uint64
}

// addMetric adds the points of a metric.
func (l *ledger) addMetric(m pmetric.Metric) {
	switch m.Type() {
	case pmetric.MetricTypeSum:
		for _, dp := range m.Sum().DataPoints().All() {
			value := dp.DoubleValue()
			if dp.ValueType() == pmetric.NumberDataPointValueTypeInt {
				value = float64(dp.IntValue())
			}
			l.addPoint(m, m.Sum().AggregationTemporality(), dp, pointValue{sum: value})
		}
	case pmetric.MetricTypeHistogram:
		for _, dp := range m.Histogram().DataPoints().All() {
			l.addPoint(m, m.Histogram().AggregationTemporality(), dp, pointValue{dp.Sum(), dp.Count()})
		}
	case pmetric.MetricTypeExponentialHistogram:
		for _, dp := range m.ExponentialHistogram().DataPoints().All() {
			l.addPoint(m, m.ExponentialHistogram().AggregationTemporality(), dp, pointValue{dp.Sum(), dp.Count()})
		}
	default:
		panic("unexpected type of metric: " + m.Type().String())
	}
}

func (l *ledger) addPoint(m pmetric.Metric, temporality pmetric.AggregationTemporality, dp interface {
	Attributes() pcommon.Map
	StartTimestamp() pcommon.Timestamp
	Timestamp() pcommon.Timestamp
}, value pointValue,
) {
	delta := ""
	if temporality == pmetric.AggregationTemporalityDelta {
		delta = timeOfDay(dp.StartTimestamp()) + " to " + timeOfDay(dp.Timestamp())
	}
	name := m.Name() + formatAttributes(dp.Attributes())
	b := l.series[delta+name]
	if b == nil {
		b = &seriesTotal{delta, m.Unit(), m.Type() != pmetric.MetricTypeSum, map[pcommon.Timestamp]pointValue{}}
		l.series[delta+name] = b
		l.order = append(l.order, delta+name)
	}
	b.runs[dp.StartTimestamp()] = value
}

func timeOfDay(ts pcommon.Timestamp) string { return ts.AsTime().Format(time.TimeOnly) }

func formatAttributes(m pcommon.Map) string {
	var all []string
	for key, value := range m.All() {
		all = append(all, key+"="+value.AsString())
	}
	return "{" + strings.Join(all, ",") + "}"
}

func (l *ledger) format() []byte {
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

// String returns the total of all runs, rounded to hide floating point errors.
func (b *seriesTotal) String() string {
	var a pointValue
	for _, run := range b.runs {
		a.sum, a.count = a.sum+run.sum, a.count+run.count
	}
	sum, _ := strconv.ParseFloat(strconv.FormatFloat(a.sum, 'g', 12, 64), 64)
	text := strconv.FormatFloat(sum, 'f', -1, 64) + " " + b.unit
	if b.histogram {
		text = strconv.FormatUint(a.count, 10) + " of " + text
	}
	return text
}
