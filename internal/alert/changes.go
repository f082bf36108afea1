package alert

import (
	"bytes"
	"hash/crc32"
	"maps"
	"slices"
)

// This file stores the groups whose alerts were sent since the last snapshot. A snapshot
// of all groups can take too long to be written before every alert.

// changesMagic begins stored changes. Its last byte is the version of the format.
const changesMagic = "cwalertc\x01"

// RecordChanges makes the evaluator record whose alerts are sent. Without it, Changes are
// empty.
func (e *Evaluator) RecordChanges() {
	for _, s := range e.states {
		s.changed = map[string]bool{}
	}
}

// ChangeCount returns the number of groups that Changes would write.
func (e *Evaluator) ChangeCount() (n int) {
	for _, s := range e.states {
		n += len(s.changed)
	}
	return n
}

// Changes returns the state of the groups whose alerts were sent since the last snapshot,
// nil if there is none.
func (e *Evaluator) Changes() []byte {
	if e.ChangeCount() == 0 {
		return nil
	}
	enc := &encoder{buf: []byte(changesMagic)}
	enc.int(e.last)
	for _, s := range e.states {
		if len(s.changed) == 0 {
			continue
		}
		s.encodeID(enc)
		enc.block(func() { s.encodeAlerts(enc, func(key string) bool { return s.changed[key] }) })
		enc.block(func() { s.encodeChanges(enc) })
	}
	return appendChecksum(enc.buf, enc.buf)
}

// RestoreChanges applies changes to the state that Restore has restored. It applies the
// changes in order up to the first that cannot be read, and then returns an error.
func (e *Evaluator) RestoreChanges(changes []byte, now int64) error {
	n := len(changes) - crc32.Size
	if n < len(changesMagic) || !bytes.HasPrefix(changes, []byte(changesMagic)) ||
		!bytes.Equal(appendChecksum(nil, changes[:n]), changes[n:]) {
		return errState
	}
	d := &decoder{buf: changes[len(changesMagic):n], now: now}
	d.down = max(0, now-max(0, d.int()))
	byID := e.statesByID()
	for len(d.buf) > 0 {
		id := decodeID(d)
		alerts, groups := d.block(), d.block()
		var ended []Alert
		if s := byID[id]; s == nil {
			ended = decodeOrphans(id.name, alerts)
		} else {
			ended = s.decodeChanges(groups)
		}
		e.addOrphans(ended)
		if d.bad || alerts.bad || groups.bad {
			return errState
		}
	}
	return nil
}

// addOrphans adds alerts that must be resolved, each once.
func (e *Evaluator) addOrphans(ended []Alert) {
	for _, a := range ended {
		if !slices.ContainsFunc(e.orphans, func(b Alert) bool { return a.Fingerprint == b.Fingerprint }) {
			e.orphans = append(e.orphans, a)
		}
	}
}

// markChanged records that an alert is sent for a group.
func (s *ruleState) markChanged(key string) {
	if s.changed != nil {
		s.changed[key] = true
	}
}

// encodeChanges writes the changed groups. A group that was removed has a key only.
func (s *ruleState) encodeChanges(e *encoder) {
	s.overflow.encodeTo(e)
	for _, key := range slices.Sorted(maps.Keys(s.changed)) {
		e.text(key)
		n := s.groupOfKey(key)
		e.flag(n != nil)
		if n != nil {
			encodeGroup(e, &n.value)
		}
	}
}

// decodeChanges replaces the changed groups. It returns resolved alerts of the groups for
// which there is no room.
func (s *ruleState) decodeChanges(d *decoder) (resolved []Alert) {
	s.overflow.decodeFrom(d)
	for len(d.buf) > 0 {
		key := d.text(maxKeyBytes)
		if n := s.groupOfKey(key); n != nil && !d.bad {
			s.counts[n.value.state.phase]--
			s.unsuppress(&n.value)
			s.removeGroup(n)
		}
		if d.flag() {
			resolved = append(resolved, s.decodeGroup(d, key)...)
		}
	}
	return resolved
}

// groupOfKey returns the group of a key, nil if there is none.
func (s *ruleState) groupOfKey(key string) *node[group] {
	if id := s.grouping.known[key]; id != nil {
		return id.groups[s.slot]
	}
	return nil
}
