package alert

// eachKind fires at every event that matches the condition.
var eachKind = Kind{
	Fires:   "an event matches `condition`",
	moment:  true,
	compile: compileEach,
}

func compileEach(c *ruleCompiler) []variant {
	return oneVariant(0, func(limits) aggregator { return eachAggregator{filter{c.condition}} })
}

type eachAggregator struct{ filter }

func (eachAggregator) newAggregate(int64) aggregate { return &eventCount{} }

// An eventCount counts the events since its group began to fire. It holds at an event
// only.
type eventCount struct{ events float64 }

func (m *eventCount) addEvent(contribution, int64, int64) bool { m.events++; return true }

func (m *eventCount) evaluate(_ int64, atEvent bool) (float64, bool) { return m.events, atEvent }
func (m *eventCount) isIdle(int64) bool                              { return true }
func (m *eventCount) encode(e *encoder)                              { e.float(m.events) }
func (m *eventCount) decode(d *decoder)                              { m.events = d.float() }
