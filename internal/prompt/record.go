package prompt

import (
	"math"
	"unique"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
)

// What a record is of.
const (
	openRecord   = iota // a prompt in progress
	closedRecord        // what is left of a closed one
	endedRecord         // a part whose summary waits to be delivered
	recordKinds
)

// A record is an entry as it is stored: one that is closed without sums, one that
// is ended without digests.
type record struct {
	*entry
	kind   uint64
	reason Reason // of one that is ended
	ids    []uint64
}

// encode writes an entry as it is.
func (e *entry) encode() []byte {
	if e.closed {
		return record{entry: e, kind: closedRecord}.encode()
	}
	return record{entry: e, kind: openRecord}.encode()
}

func (r record) encode() []byte {
	w := writer{recordVersion}
	w = append(w, r.trace[:]...)
	w.fixed(r.session)
	w.fixed(r.by)
	w.uint(r.kind)
	w.uint(uint64(r.reason))
	w.flag(r.complete)
	w.uint(uint64(r.part))
	w.uint(uint64(r.seen))
	w.uint(uint64(r.start))
	w.text(r.promptID)
	w.text(r.sessionID)
	w.text(r.previous)
	w.uint(uint64(r.entry.ids.len()))
	r.entry.ids.all(w.fixed)
	if r.kind != closedRecord {
		r.encodeSums(&w)
	}
	return w.seal()
}

func (e *entry) encodeSums(w *writer) {
	w.uint(uint64(e.end))
	w.uint(uint64(len(e.sums)))
	for _, n := range e.sums {
		w.uint(uint64(n))
	}
	w.uint(uint64(len(e.names)))
	for _, n := range e.names {
		w.uint(uint64(n.list))
		w.text(n.text.Value())
	}
	w.text(string(e.origin.encoded()))
}

// encoded returns the origin as OTLP, which prompts that share it encode once.
func (o *origin) encoded() []byte {
	if o.wire == nil {
		// A batch that was made here cannot fail to be written.
		o.wire, _ = (&plog.ProtoMarshaler{}).MarshalLogs(o.logs)
	}
	return o.wire
}

// decode reads a record. The digests of its entry are not yet in the set, and its
// origin is its own. Whatever the bytes are, it costs no more memory than a few times
// their length.
func decode(data []byte) (record, error) {
	r, err := open(data)
	if err != nil {
		return record{}, err
	}
	e := &entry{}
	copy(e.trace[:], r.next(len(e.trace)))
	e.session, e.by = r.fixed(), r.fixed()
	rec := record{entry: e, kind: r.below(recordKinds), reason: Reason(r.below(uint64(Reasons)))}
	e.closed, e.complete = rec.kind == closedRecord, r.below(2) == 1
	e.part = int32(r.below(math.MaxInt32))
	e.seen = int64(r.below(math.MaxInt64))
	e.start = pcommon.Timestamp(r.uint())
	e.promptID, e.sessionID, e.previous = r.text(), r.text(), r.text()
	rec.ids = r.ids()
	if !e.closed {
		e.decodeSums(&r)
	}
	if r.failed || len(r.rest) > 0 {
		return record{}, errCorrupt
	}
	return rec, nil
}

func (r *reader) ids() (ids []uint64) {
	n := r.uint()
	if n > uint64(len(r.rest)/8) {
		r.fail()
		return nil
	}
	for range n {
		if id := r.fixed(); id != 0 {
			ids = append(ids, id)
		}
	}
	return ids
}

func (e *entry) decodeSums(r *reader) {
	e.end = pcommon.Timestamp(r.uint())
	for i := range r.below(uint64(counts) + 1) {
		e.sums[i] = int64(r.below(math.MaxInt64))
	}
	for range r.below(maxNames*uint64(nameLists) + 1) {
		list := r.below(uint64(nameLists))
		e.names = append(e.names, name{unique.Make(r.text()), nameList(list)})
	}
	e.decodeOrigin(r)
}

func (e *entry) decodeOrigin(r *reader) {
	ld, err := (&plog.ProtoUnmarshaler{}).UnmarshalLogs(r.bytes())
	if err != nil || ld.LogRecordCount() != 1 || ld.ResourceLogs().Len() != 1 || ld.ResourceLogs().At(0).ScopeLogs().Len() != 1 {
		r.fail()
		return
	}
	e.origin = &origin{logs: ld}
	for _, m := range [...]pcommon.Map{e.origin.resource().Attributes(), e.origin.user()} {
		for key, value := range m.All() {
			e.origin.bytes += len(key) + sizeOf(value, maxOriginBytes, maxDepth)
		}
	}
}
