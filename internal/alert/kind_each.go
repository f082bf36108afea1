package alert

// eachGauge is of rules that hold at every event that is meant.
type eachGauge struct{ simple }

func eachParts(d *draft) []part {
	return only(0, func(limits) gauge { return eachGauge{simple{d.meant}} })
}

func (eachGauge) fresh(int64) measure { return &moment{} }

// A moment counts the events since its group began to fire, after which it is gone.
type moment struct{ events float64 }

func (m *moment) add(*input) bool                          { m.events++; return true }
func (m *moment) look(_ int64, event bool) (float64, bool) { return m.events, event }
func (m *moment) idle(int64) bool                          { return true }
func (m *moment) save(e *encoder)                          { e.float(m.events) }
func (m *moment) load(d *decoder)                          { m.events = d.float() }
