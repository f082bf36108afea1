package prompt

import "go.opentelemetry.io/collector/pdata/pcommon"

// place puts a prompt behind the one before it in its session, once it is known
// which session that is. Prompts are in the order of their beginnings by the
// client's clock: one whose first event came late goes before the latest.
func (t *Tracker) place(e *entry, at pcommon.Timestamp) {
	if e.placed || e.by == 0 {
		return
	}
	e.placed = true
	latest := t.sessions[e.by]
	if latest == nil || at >= latest.start {
		t.sessions[e.by] = e
		if latest != nil {
			e.previous = latest.promptID
		}
		return
	}
	e.previous = latest.previous
	if !latest.closed {
		latest.previous = e.promptID
		t.changed(latest)
	}
}

// replace gives a restored prompt its place back.
func (t *Tracker) replace(e *entry) {
	if e.by == 0 {
		return
	}
	e.placed = true
	if latest := t.sessions[e.by]; latest == nil || e.start >= latest.start {
		t.sessions[e.by] = e
	}
}

// unplace forgets that a prompt is its session's latest.
func (t *Tracker) unplace(e *entry) {
	if t.sessions[e.by] == e {
		delete(t.sessions, e.by)
	}
}
