package prompt

import (
	"encoding/binary"
	"errors"

	"github.com/cowork-otel/collector/internal/digest"
)

// A stored record is a version, fields, and a checksum of both.
const recordVersion = 1

var errCorrupt = errors.New("stored prompt: is corrupt (its checksum or a length is wrong)")

// A fieldWriter appends fields to a record.
type fieldWriter []byte

func (w *fieldWriter) uint(n uint64) { *w = binary.AppendUvarint(*w, n) }

func (w *fieldWriter) string(s string) {
	w.uint(uint64(len(s)))
	*w = append(*w, s...)
}

func (w *fieldWriter) fixed(n uint64) { *w = binary.LittleEndian.AppendUint64(*w, n) }

func (w *fieldWriter) seal() []byte {
	return digest.Seal(*w)
}

// A fieldReader reads the fields of a record. After the first field that is missing it
// returns zeros and sets failed. It allocates no more than the record holds.
type fieldReader struct {
	rest   []byte
	failed bool
}

// unseal returns a reader of a sealed record.
func unseal(sealed []byte) (fieldReader, error) {
	data, ok := digest.Unseal(sealed)
	if !ok || len(data) == 0 || data[0] != recordVersion {
		return fieldReader{}, errCorrupt
	}
	return fieldReader{rest: data[1:]}, nil
}

func (r *fieldReader) fail() {
	r.rest, r.failed = nil, true
}

// next returns the next n bytes, none if there are fewer.
func (r *fieldReader) next(n int) []byte {
	if n > len(r.rest) {
		r.fail()
		return nil
	}
	b := r.rest[:n]
	r.rest = r.rest[n:]
	return b
}

func (r *fieldReader) uint() uint64 {
	n, size := binary.Uvarint(r.rest)
	if size <= 0 {
		r.fail()
		return 0
	}
	r.rest = r.rest[size:]
	return n
}

// below reads a number that must be less than a limit.
func (r *fieldReader) below(limit uint64) uint64 {
	n := r.uint()
	if n >= limit {
		r.fail()
		return 0
	}
	return n
}

func (r *fieldReader) bytes() []byte {
	n := r.uint()
	if n > uint64(len(r.rest)) {
		r.fail()
		return nil
	}
	return r.next(int(n))
}

func (r *fieldReader) string() string { return string(r.bytes()) }

func (r *fieldReader) fixed() uint64 {
	b := r.next(8)
	if b == nil {
		return 0
	}
	return binary.LittleEndian.Uint64(b)
}
