package synthetic

import (
	"strings"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/pmetric"
)

// An instrument is a metric of the clients. All are monotonic sums with delta
// temporality and double values.
type instrument struct{ name, description, unit string }

var (
	sessionCount  = &instrument{"claude_code.session.count", "Count of CLI sessions started", ""}
	linesOfCode   = &instrument{"claude_code.lines_of_code.count", "Count of lines of code modified, with the 'type' attribute indicating whether lines were added or removed", ""}
	costUsage     = &instrument{"claude_code.cost.usage", "Cost of the Claude Code session", "USD"}
	tokenUsage    = &instrument{"claude_code.token.usage", "Number of tokens used", "tokens"}
	editDecisions = &instrument{"claude_code.code_edit_tool.decision", "Count of code editing tool permission decisions (accept/reject) for Edit, Write, and NotebookEdit tools", ""}
	activeTime    = &instrument{"claude_code.active_time.total", "Total active time in seconds", "s"}
)

// instruments has them in the order in which a client exports them.
var instruments = []*instrument{sessionCount, linesOfCode, costUsage, tokenUsage, editDecisions, activeTime}

// A measurement is one addition to an instrument.
type measurement struct {
	at    time.Time
	to    *instrument
	value float64
	attrs []attribute
}

// series identifies the data point that a measurement belongs to.
func (m measurement) series() string {
	var b strings.Builder
	for _, a := range m.attrs {
		b.WriteString(a.key + "=" + a.value + "\x00")
	}
	return b.String()
}

// putMetrics writes the measurements of one export interval.
func (s *sender) putMetrics(md pmetric.Metrics, measurements []measurement, from, to time.Time) {
	rm := md.ResourceMetrics().AppendEmpty()
	s.putResource(rm.Resource().Attributes())
	sm := rm.ScopeMetrics().AppendEmpty()
	sm.Scope().SetName(meterScope)
	sm.Scope().SetVersion(s.version.String())
	for _, in := range instruments {
		points := map[string]pmetric.NumberDataPoint{}
		var sum pmetric.Sum
		for _, m := range measurements {
			if m.to != in {
				continue
			}
			if len(points) == 0 {
				sum = newSum(sm.Metrics().AppendEmpty(), in)
			}
			p, ok := points[m.series()]
			if !ok {
				p = sum.DataPoints().AppendEmpty()
				points[m.series()] = p
				p.SetStartTimestamp(pcommon.NewTimestampFromTime(from))
				p.SetTimestamp(pcommon.NewTimestampFromTime(to))
				s.putStandard(p.Attributes())
				for _, a := range m.attrs {
					p.Attributes().PutStr(a.key, a.value)
				}
			}
			p.SetDoubleValue(p.DoubleValue() + m.value)
		}
	}
}

func newSum(m pmetric.Metric, in *instrument) pmetric.Sum {
	m.SetName(in.name)
	m.SetDescription(in.description)
	m.SetUnit(in.unit)
	sum := m.SetEmptySum()
	sum.SetAggregationTemporality(pmetric.AggregationTemporalityDelta)
	sum.SetIsMonotonic(true)
	return sum
}
