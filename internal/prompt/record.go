package prompt

import (
	"math"
	"unique"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
)

// The bits of a record's flags.
const (
	flagClosed = 1 << iota
	flagComplete
)

// encode writes an entry as it is stored: one that is closed without sums.
func (e *entry) encode() []byte {
	w := writer{recordVersion}
	w = append(w, e.trace[:]...)
	w.fixed(e.session)
	w.fixed(e.by)
	flags := uint64(0)
	if e.closed {
		flags |= flagClosed
	}
	if e.complete {
		flags |= flagComplete
	}
	w.uint(flags)
	w.uint(uint64(e.part))
	w.uint(uint64(e.seen))
	w.text(e.sessionID)
	w.uint(uint64(e.ids.len()))
	e.ids.all(w.fixed)
	if !e.closed {
		e.encodeSums(&w)
	}
	return w.seal()
}

func (e *entry) encodeSums(w *writer) {
	w.text(e.promptID)
	w.uint(uint64(e.start))
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

// decode reads an entry. Its digests are not yet in the set, and its origin is its
// own. Whatever the bytes are, it costs no more memory than a few times their length.
func decode(data []byte) (e *entry, ids []uint64, err error) {
	r, err := open(data)
	if err != nil {
		return nil, nil, err
	}
	e = &entry{}
	if len(r.rest) < len(e.trace) {
		return nil, nil, errCorrupt
	}
	copy(e.trace[:], r.rest)
	r.rest = r.rest[len(e.trace):]
	e.session, e.by = r.fixed(), r.fixed()
	flags := r.uint()
	e.closed, e.complete = flags&flagClosed != 0, flags&flagComplete != 0
	e.part = int32(min(r.uint(), math.MaxInt32))
	e.seen = int64(min(r.uint(), math.MaxInt64))
	e.sessionID = string(r.bytes())
	ids = r.ids()
	if !e.closed {
		e.decodeSums(&r)
	}
	if r.failed || len(r.rest) > 0 {
		return nil, nil, errCorrupt
	}
	return e, ids, nil
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
	e.promptID = string(r.bytes())
	e.start, e.end = pcommon.Timestamp(r.uint()), pcommon.Timestamp(r.uint())
	for i := range r.uint() {
		n := r.uint()
		if r.failed || i >= uint64(counts) || n > math.MaxInt64 {
			r.fail()
			return
		}
		e.sums[i] = int64(n)
	}
	for range r.uint() {
		list, text := r.uint(), r.bytes()
		if r.failed || list >= uint64(nameLists) || len(e.names) >= maxNames*int(nameLists) {
			r.fail()
			return
		}
		e.names = append(e.names, name{unique.Make(string(text)), nameList(list)})
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
