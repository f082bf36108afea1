package prompt

import (
	"math"
	"unique"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/digest"
)

// The kinds of records.
const (
	openRecord   = iota // an open prompt
	closedRecord        // a closed one
	endedRecord         // a part whose summary is not delivered yet
	recordKinds
)

// A record is an entry as it is stored: a closed one without sums, an ended part
// without digests.
type record struct {
	*entry
	kind    uint64
	reason  Reason // of an ended part
	digests []digest.Digest
}

// recordFor returns the record of an entry.
func recordFor(e *entry) record {
	if e.closed {
		return record{entry: e, kind: closedRecord}
	}
	return record{entry: e, kind: openRecord}
}

func (r record) encode() []byte {
	w := fieldWriter{recordVersion}
	w = append(w, r.trace[:]...)
	w.fixed(uint64(r.session))
	w.fixed(uint64(r.by))
	w.uint(r.kind)
	w.uint(uint64(r.reason))
	w.uint(r.completeness())
	w.uint(uint64(r.part))
	w.uint(uint64(r.seen))
	w.uint(uint64(r.start))
	w.string(r.promptID)
	w.string(r.sessionID)
	w.string(r.previous)
	w.uint(uint64(r.entry.digests.Len()))
	for d := range r.entry.digests.All() {
		w.fixed(uint64(d))
	}
	if r.kind != closedRecord {
		r.encodeSums(&w)
	}
	return w.seal()
}

func (r record) encodeSums(w *fieldWriter) {
	w.uint(uint64(r.end))
	w.uint(uint64(len(r.sums)))
	for _, n := range r.sums {
		w.uint(uint64(n))
	}
	w.uint(uint64(len(r.names)))
	for _, n := range r.names {
		w.uint(uint64(n.list))
		w.string(n.text.Value())
	}
	w.string(string(r.sender.encoded()))
}

// decodeRecord reads a record. The digests of its entry are not in its set yet, and
// its sender is not shared. Whatever the bytes are, it allocates no more than a few
// times their length.
func decodeRecord(data []byte) (record, error) {
	r, err := unseal(data)
	if err != nil {
		return record{}, err
	}
	e := &entry{}
	copy(e.trace[:], r.next(len(e.trace)))
	e.session, e.by = digest.Digest(r.fixed()), digest.Digest(r.fixed())
	rec := record{entry: e, kind: r.below(recordKinds), reason: Reason(r.below(uint64(Reasons)))}
	e.closed = rec.kind == closedRecord
	e.setCompleteness(r.below(uint64(len(origins)) + 1))
	e.part = int32(r.below(math.MaxInt32))
	e.seen = int64(r.below(math.MaxInt64))
	e.start = pcommon.Timestamp(r.uint())
	e.promptID, e.sessionID, e.previous = r.string(), r.string(), r.string()
	rec.digests = decodeDigests(&r)
	if !e.closed {
		rec.decodeSums(&r)
	}
	if r.failed || len(r.rest) > 0 {
		return record{}, errCorrupt
	}
	return rec, nil
}

func decodeDigests(r *fieldReader) (digests []digest.Digest) {
	n := r.uint()
	if n > uint64(len(r.rest)/8) {
		r.fail()
		return nil
	}
	for range n {
		if d := r.fixed(); d != 0 {
			digests = append(digests, digest.Digest(d))
		}
	}
	return digests
}

func (r record) decodeSums(from *fieldReader) {
	r.end = pcommon.Timestamp(from.uint())
	for i := range from.below(uint64(counts) + 1) {
		r.sums[i] = int64(from.below(math.MaxInt64))
	}
	for range from.below(maxNames*uint64(nameLists) + 1) {
		list := from.below(uint64(nameLists))
		r.names = append(r.names, name{unique.Make(from.string()), nameList(list)})
	}
	r.sender = decodeSender(from)
}

func decodeSender(r *fieldReader) *sender {
	ld, err := (&plog.ProtoUnmarshaler{}).UnmarshalLogs(r.bytes())
	if err != nil || ld.LogRecordCount() != 1 || ld.ResourceLogs().Len() != 1 || ld.ResourceLogs().At(0).ScopeLogs().Len() != 1 {
		r.fail()
		return nil
	}
	o := &sender{logs: ld}
	for _, m := range [...]pcommon.Map{o.resource().Attributes(), o.user()} {
		for key, value := range m.All() {
			o.bytes += len(key) + sizeOf(value, maxSenderBytes, maxDepth)
		}
	}
	return o
}
