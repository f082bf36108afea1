package synthetic

import (
	"slices"
	"strings"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/pmetric"
)

// An instrument is one of the client's own metrics. All are monotonic sums with
// delta temporality and double values.
type instrument struct{ name, description, unit string }

var (
	sessionCount  = &instrument{"claude_code.session.count", "Count of CLI sessions started", ""}
	linesOfCode   = &instrument{"claude_code.lines_of_code.count", "Count of lines of code modified, with the 'type' attribute indicating whether lines were added or removed", ""}
	costUsage     = &instrument{"claude_code.cost.usage", "Cost of the Claude Code session", "USD"}
	tokenUsage    = &instrument{"claude_code.token.usage", "Number of tokens used", "tokens"}
	editDecisions = &instrument{"claude_code.code_edit_tool.decision", "Count of code editing tool permission decisions (accept/reject) for Edit, Write, and NotebookEdit tools", ""}
	activeTime    = &instrument{"claude_code.active_time.total", "Total active time in seconds", "s"}
)

// instruments are in the order in which a client exports them.
var instruments = []*instrument{sessionCount, linesOfCode, costUsage, tokenUsage, editDecisions, activeTime}

// A reading is one addition to an instrument.
type reading struct {
	at    time.Time
	what  *instrument
	value float64
	attrs []attribute
}

// series names the data point that a reading belongs to.
func (r reading) series() string {
	var b strings.Builder
	for _, a := range r.attrs {
		b.WriteString(a.key + "=" + a.value + "\x00")
	}
	return b.String()
}

func (s *session) countAt(at time.Time, what *instrument, value float64, attrs ...attribute) {
	if s.settings.Metrics && value > 0 {
		s.readings = append(s.readings, reading{at, what, value, attrs})
	}
}

// count adds to an instrument at the cursor; pairs are keys and values.
func (s *session) count(what *instrument, value float64, pairs ...string) {
	s.countAt(s.cursor, what, value, attributes(pairs)...)
}

// count adds to an instrument at the thread's time.
func (th *thread) count(what *instrument, value float64, pairs ...string) {
	th.countAt(th.now, what, value, attributes(pairs)...)
}

func attributes(pairs []string) []attribute {
	var list []attribute
	for i := 0; i+1 < len(pairs); i += 2 {
		list = append(list, attribute{pairs[i], pairs[i+1]})
	}
	return list
}

// metered adds the cost and the tokens of a request to the meters.
func (th *thread) metered(c call, u usage) {
	attrs := []attribute{{"model", c.model.name}, {"query_source", th.class(c)}}
	if th.effort != "" && !c.aside {
		attrs = append(attrs, attribute{"effort", th.effort})
	}
	attrs = append(attrs, th.attribution()...)
	th.countAt(th.now, costUsage, float64(u.micros)/1e6, attrs...)
	for _, kind := range []struct {
		name   string
		tokens int64
	}{{"input", u.input}, {"output", u.output}, {"cacheRead", u.cacheRead}, {"cacheCreation", u.cacheCreate}} {
		typed := slices.Concat(attrs, []attribute{{"type", kind.name}})
		th.countAt(th.now, tokenUsage, float64(kind.tokens), typed...)
	}
}

// class is the meters' coarse form of query_source.
func (th *thread) class(c call) string {
	switch {
	case c.aside:
		return "auxiliary"
	case th.agent != nil:
		return "subagent"
	}
	return "main"
}

// putMetrics writes the readings of one export interval.
func (s *session) putMetrics(md pmetric.Metrics, readings []reading, from, to time.Time) {
	rm := md.ResourceMetrics().AppendEmpty()
	s.putResource(rm.Resource().Attributes())
	sm := rm.ScopeMetrics().AppendEmpty()
	sm.Scope().SetName(meterScope)
	sm.Scope().SetVersion(s.version.String())
	for _, what := range instruments {
		points := map[string]pmetric.NumberDataPoint{}
		var sum pmetric.Sum
		for _, r := range readings {
			if r.what != what {
				continue
			}
			if len(points) == 0 {
				sum = newSum(sm.Metrics().AppendEmpty(), what)
			}
			p, ok := points[r.series()]
			if !ok {
				p = sum.DataPoints().AppendEmpty()
				points[r.series()] = p
				p.SetStartTimestamp(pcommon.NewTimestampFromTime(from))
				p.SetTimestamp(pcommon.NewTimestampFromTime(to))
				s.putStandard(p.Attributes())
				for _, a := range r.attrs {
					p.Attributes().PutStr(a.key, a.value)
				}
			}
			p.SetDoubleValue(p.DoubleValue() + r.value)
		}
	}
}

func newSum(m pmetric.Metric, what *instrument) pmetric.Sum {
	m.SetName(what.name)
	m.SetDescription(what.description)
	m.SetUnit(what.unit)
	sum := m.SetEmptySum()
	sum.SetAggregationTemporality(pmetric.AggregationTemporalityDelta)
	sum.SetIsMonotonic(true)
	return sum
}
