package alert

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
)

// magic begins a state. Its last byte is the version: what another version has written
// begins anew.
const magic = "cwalert\x01"

// maxKeyBytes is longer than any group's key.
const maxKeyBytes = 16 * (maxValueBytes + 16)

var checksum = crc32.MakeTable(crc32.Castagnoli)

// Snapshot appends all that is known to buf, for another evaluator of the same rules.
func (e *Evaluator) Snapshot(buf []byte) []byte {
	begin := len(buf)
	enc := &encoder{buf: append(buf, magic...)}
	enc.int(e.last)
	enc.uint(uint64(len(e.watches)))
	for _, w := range e.watches {
		enc.buf = append(enc.buf, w.rule.hash[:]...)
		enc.text(w.rule.Name)
		enc.text(w.part.step)
		enc.block(func() { w.saveOrphans(enc) })
		enc.block(func() { w.save(enc) })
	}
	return appendSum(enc.buf, enc.buf[begin:])
}

// appendSum appends the sum that a state ends with.
func appendSum(to, state []byte) []byte {
	return binary.LittleEndian.AppendUint32(to, crc32.Checksum(state, checksum))
}

// Restore takes over what Snapshot has written. Rules that are new, or that measure
// something else than they did, begin anew; what was told of them before is resolved.
// After an error all of them begin anew.
func (e *Evaluator) Restore(state []byte, now time.Time) error {
	err := e.restore(state, now.UnixNano())
	if err != nil {
		for _, w := range e.watches {
			w.reset()
		}
		e.orphans = nil
	}
	return err
}

func (e *Evaluator) restore(state []byte, now int64) error {
	n := len(state) - crc32.Size
	if n < len(magic) || !bytes.HasPrefix(state, []byte(magic)) ||
		!bytes.Equal(appendSum(nil, state[:n]), state[n:]) {
		return errState
	}
	d := &decoder{buf: state[len(magic):n], now: now}
	written := d.int()
	d.down = max(0, now-max(0, written))
	if written > now+tolerance {
		return fmt.Errorf("state: was written %v in the future (is the clock right?)", time.Duration(written-now).Round(time.Second))
	}
	for range d.count(len(d.buf)) {
		var id watchID
		copy(id.hash[:], d.bytes(len(id.hash)))
		id.name, id.step = d.text(maxKeyBytes), d.text(maxKeyBytes)
		told, part := d.block(), d.block()
		if w := e.watch(id); w == nil {
			e.loadOrphans(id.name, told)
		} else {
			w.reset()
			e.orphans = append(e.orphans, w.load(part)...)
		}
		if d.bad || told.bad || part.bad {
			return errState
		}
	}
	return nil
}

// A watchID is what a part of a rule is known again by.
type watchID struct {
	hash       [16]byte
	name, step string
}

func (e *Evaluator) watch(id watchID) *watch {
	for _, w := range e.watches {
		if id == (watchID{w.rule.hash, w.rule.Name, w.part.step}) {
			return w
		}
	}
	return nil
}

func (w *watch) save(e *encoder) {
	w.excess.save(e)
	w.gauge.save(e)
	e.uint(uint64(w.groups.n))
	for n := range w.groups.fromOldest() {
		g := &n.value
		e.text(g.id.key)
		e.texts(g.id.values)
		g.state.save(e)
		e.flag(g.muted)
		g.cause.save(e)
		g.measure.save(e)
	}
}

// load returns the ends of alerts for which there is no room any more.
func (w *watch) load(d *decoder) (ended []Alert) {
	w.excess.load(d)
	w.gauge.load(d)
	for range d.count(len(d.buf)) {
		key := d.text(maxKeyBytes)
		values := d.texts(len(w.rule.by))
		g := group{measure: w.gauge.fresh(d.now)}
		g.state.load(d)
		g.muted = d.flag()
		g.cause = loadCause(d, len(w.rule.message.fields))
		d.firing = g.state.phase == firing
		g.measure.load(d)
		if d.bad {
			return nil
		}
		id := w.shared.take(key, values)
		if id.groups[w.slot] != nil {
			d.fail()
			return nil
		}
		ended = w.take(id, g, d.now, ended)
	}
	return ended
}

// take adds a group that was stored. The one idle longest makes room.
func (w *watch) take(id *identity, g group, now int64, ended []Alert) []Alert {
	if w.groups.n >= w.set.MaxGroups {
		w.stats.Evicted++
		ended = w.forget(w.groups.oldest(), now, ended)
	}
	w.insert(id, g)
	w.counts[g.state.phase]++
	if g.muted {
		w.muted++
	}
	return ended
}

func (c *cause) save(e *encoder) {
	e.flag(c != nil)
	if c == nil {
		return
	}
	e.texts(c.fields)
	e.text(c.prompt)
	e.buf = append(e.buf, c.trace[:]...)
}

func loadCause(d *decoder, fields int) *cause {
	if !d.flag() {
		return nil
	}
	c := &cause{fields: d.texts(fields), prompt: d.text(maxKeyBytes)}
	copy(c.trace[:], d.bytes(len(pcommon.TraceID{})))
	return c
}
