package prompt

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
)

// What is stored is a version, fields, and a checksum of both.
const recordVersion = 1

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

var errCorrupt = errors.New("stored prompt: is corrupt (its checksum or a length is wrong)")

// A writer appends fields to a record.
type writer []byte

func (w *writer) uint(n uint64) { *w = binary.AppendUvarint(*w, n) }

func (w *writer) text(s string) {
	w.uint(uint64(len(s)))
	*w = append(*w, s...)
}

func (w *writer) flag(set bool) {
	if set {
		w.uint(1)
	} else {
		w.uint(0)
	}
}

func (w *writer) fixed(n uint64) { *w = binary.LittleEndian.AppendUint64(*w, n) }

func (w *writer) seal() []byte {
	return binary.LittleEndian.AppendUint32(*w, crc32.Checksum(*w, castagnoli))
}

// A reader takes fields from a record. After the first that is not there it returns
// zeros, and failed says so. It allocates nothing that the record does not hold.
type reader struct {
	rest   []byte
	failed bool
}

// open returns a reader of a sealed record.
func open(data []byte) (reader, error) {
	n := len(data) - 4
	if n < 1 || data[0] != recordVersion || crc32.Checksum(data[:n], castagnoli) != binary.LittleEndian.Uint32(data[n:]) {
		return reader{}, errCorrupt
	}
	return reader{rest: data[1:n]}, nil
}

func (r *reader) fail() {
	r.rest, r.failed = nil, true
}

// next takes n bytes. It returns none where there are fewer.
func (r *reader) next(n int) []byte {
	if n > len(r.rest) {
		r.fail()
		return nil
	}
	b := r.rest[:n]
	r.rest = r.rest[n:]
	return b
}

func (r *reader) uint() uint64 {
	n, size := binary.Uvarint(r.rest)
	if size <= 0 {
		r.fail()
		return 0
	}
	r.rest = r.rest[size:]
	return n
}

// below takes a number that must be less than a limit.
func (r *reader) below(limit uint64) uint64 {
	n := r.uint()
	if n >= limit {
		r.fail()
		return 0
	}
	return n
}

func (r *reader) bytes() []byte {
	n := r.uint()
	if n > uint64(len(r.rest)) {
		r.fail()
		return nil
	}
	return r.next(int(n))
}

func (r *reader) text() string { return string(r.bytes()) }

func (r *reader) fixed() uint64 {
	b := r.next(8)
	if b == nil {
		return 0
	}
	return binary.LittleEndian.Uint64(b)
}
