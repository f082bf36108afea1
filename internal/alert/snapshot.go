package alert

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"slices"
	"strings"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
)

// This file stores the state of an evaluator and restores it: the header with a checksum,
// the groups of each rule, and the alerts that must be resolved if the rule is gone.

// magic begins a stored state. Its last byte is the version of the format.
const magic = "cwalert\x01"

const (
	// maxKeyBytes is more than the key of any group has.
	maxKeyBytes = 16 * (maxValueBytes + 16)
	// maxNames is more than the number of values of a group.
	maxNames = 16
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Snapshot appends the state to buf, for another evaluator of the same rules. The changes
// that were recorded are part of it, and are recorded no longer.
func (e *Evaluator) Snapshot(buf []byte) []byte {
	begin := len(buf)
	enc := &encoder{buf: append(buf, magic...)}
	enc.int(e.last)
	enc.uint(uint64(len(e.states)))
	for _, s := range e.states {
		s.encodeID(enc)
		enc.block(func() { s.encodeAlerts(enc, func(string) bool { return true }) })
		enc.block(func() { s.encodeGroups(enc) })
		clear(s.changed)
	}
	return appendChecksum(enc.buf, enc.buf[begin:])
}

func appendChecksum(to, state []byte) []byte {
	return binary.LittleEndian.AppendUint32(to, crc32.Checksum(state, castagnoli))
}

// Restore restores a state that Snapshot has written. Rules that are new or that have
// another definition start empty, and alerts of their earlier definition are resolved.
// After an error all rules are empty.
func (e *Evaluator) Restore(state []byte, now time.Time) error {
	err := e.restore(state, now.UnixNano())
	if err != nil {
		for _, s := range e.states {
			s.reset()
		}
		e.orphans = nil
	}
	return err
}

func (e *Evaluator) restore(state []byte, now int64) error {
	n := len(state) - crc32.Size
	if n < len(magic) || !bytes.HasPrefix(state, []byte(magic)) ||
		!bytes.Equal(appendChecksum(nil, state[:n]), state[n:]) {
		return errState
	}
	d := &decoder{buf: state[len(magic):n], now: now}
	written := d.int()
	d.down = max(0, now-max(0, written))
	if written > now+tolerance {
		return fmt.Errorf("state: was written %v in the future (is the clock right?)", time.Duration(written-now).Round(time.Second))
	}
	byID := e.statesByID()
	for range d.length(len(d.buf)) {
		id := decodeID(d)
		alerts, groups := d.block(), d.block()
		if s := byID[id]; s == nil {
			e.orphans = append(e.orphans, decodeOrphans(id.name, alerts)...)
		} else {
			s.reset()
			e.orphans = append(e.orphans, s.decodeGroups(groups)...)
		}
		if d.bad || alerts.bad || groups.bad {
			return errState
		}
	}
	return nil
}

// A stateID identifies a variant of a rule in a stored state.
type stateID struct {
	hash       [16]byte
	name, step string
}

func (s *ruleState) id() stateID { return stateID{s.rule.hash, s.rule.Name, s.variant.step} }

func (e *Evaluator) statesByID() map[stateID]*ruleState {
	byID := map[stateID]*ruleState{}
	for _, s := range e.states {
		byID[s.id()] = s
	}
	return byID
}

func (s *ruleState) encodeID(e *encoder) {
	e.buf = append(e.buf, s.rule.hash[:]...)
	e.text(s.rule.Name)
	e.text(s.variant.step)
}

func decodeID(d *decoder) (id stateID) {
	copy(id.hash[:], d.bytes(len(id.hash)))
	id.name, id.step = d.text(maxKeyBytes), d.text(maxKeyBytes)
	return id
}

func (s *ruleState) encodeGroups(e *encoder) {
	s.overflow.encodeTo(e)
	s.aggregator.encode(e)
	e.uint(uint64(s.groups.n))
	for n := range s.groups.fromOldest() {
		e.text(n.value.identity.key)
		encodeGroup(e, &n.value)
	}
}

// encodeGroup writes a group without its key.
func encodeGroup(e *encoder, g *group) {
	e.texts(g.identity.values)
	g.state.encodeTo(e)
	e.flag(g.suppressed)
	encodeCause(e, g.cause)
	g.aggregate.encode(e)
}

// decodeGroups reads the groups. It returns resolved alerts of the groups for which there is no
// room any more.
func (s *ruleState) decodeGroups(d *decoder) (resolved []Alert) {
	s.overflow.decodeFrom(d)
	s.aggregator.decode(d)
	for range d.length(len(d.buf)) {
		resolved = append(resolved, s.decodeGroup(d, d.text(maxKeyBytes))...)
		if d.bad {
			return nil
		}
	}
	return resolved
}

// decodeGroup reads the group of a key. If there is no room, it evicts another group and
// returns its resolved alert.
func (s *ruleState) decodeGroup(d *decoder, key string) (resolved []Alert) {
	values := d.texts(len(s.rule.groupBy))
	g := group{aggregate: s.aggregator.newAggregate(d.now)}
	g.state.decodeFrom(d)
	g.suppressed = d.flag()
	g.cause = decodeCause(d, len(s.rule.message.fields))
	d.firing = g.state.phase == firing
	g.aggregate.decode(d)
	if d.bad {
		return nil
	}
	id := s.grouping.identityOfKey(key, values)
	if id.groups[s.slot] != nil {
		d.fail()
		return nil
	}
	_, resolved = s.addGroup(id, g, d.now, nil)
	s.counts[g.state.phase]++
	if g.suppressed {
		s.suppressed++
	}
	return resolved
}

// causeSeparator is between the prompt and the event of a cause. No id has it, and a state that
// an earlier version has written has no event.
const causeSeparator = "\x00"

func encodeCause(e *encoder, c *cause) {
	e.flag(c != nil)
	if c == nil {
		return
	}
	e.texts(c.fields)
	prompt := c.prompt
	if c.event != "" {
		prompt += causeSeparator + c.event
	}
	e.text(prompt)
	e.buf = append(e.buf, c.trace[:]...)
}

func decodeCause(d *decoder, fields int) *cause {
	if !d.flag() {
		return nil
	}
	c := &cause{fields: d.texts(fields)}
	c.prompt, c.event, _ = strings.Cut(d.text(maxKeyBytes), causeSeparator)
	copy(c.trace[:], d.bytes(len(pcommon.TraceID{})))
	return c
}

// encodeAlerts writes the alerts that fire so that they can be read without the rule. If
// the next run does not have the rule, they are orphans.
func (s *ruleState) encodeAlerts(e *encoder, selected func(key string) bool) {
	e.text(s.rule.Severity)
	e.uint(uint64(len(s.names)))
	e.texts(s.names)
	overflows := s.overflow.phase == firing && selected(overflowKey)
	sent := uint64(0)
	for n := range s.groups.fromOldest() {
		if n.value.isSent() && selected(n.value.identity.key) {
			sent++
		}
	}
	if overflows {
		sent++
	}
	e.uint(sent)
	if overflows {
		e.text(fingerprint(s.rule.Name, s.variant.step, overflowKey))
		e.texts(make([]string, len(s.names)))
		e.int(s.overflow.firingSince)
	}
	for n := range s.groups.fromOldest() {
		if g := &n.value; g.isSent() && selected(g.identity.key) {
			e.text(fingerprint(s.rule.Name, s.variant.step, g.identity.key))
			e.texts(append(slices.Clip(g.identity.values), s.ownValues...))
			e.int(g.state.firingSince)
		}
	}
}

// decodeOrphans reads the alerts of a rule that is gone. Their end is not set.
func decodeOrphans(rule string, d *decoder) (orphans []Alert) {
	r := &Rule{Name: rule, Severity: d.text(maxValueBytes)}
	names := d.texts(d.length(maxNames))
	for range d.length(len(d.buf)) {
		a := Alert{
			Rule: r, Status: Resolved, Message: rule, Names: names, Fingerprint: d.text(maxValueBytes),
			Group: d.texts(len(names)), StartsAt: time.Unix(0, d.time()).UTC(),
		}
		if d.bad {
			return nil
		}
		orphans = append(orphans, a)
	}
	return orphans
}

// resolveOrphans appends the resolutions of the orphans, once.
func (e *Evaluator) resolveOrphans(now int64, out []Alert) []Alert {
	for _, a := range e.orphans {
		a.EndsAt = time.Unix(0, now).UTC()
		out = append(out, a)
	}
	e.orphans = nil
	return out
}
