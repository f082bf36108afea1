package alert

import (
	"encoding/binary"
	"errors"
	"math"
	"math/bits"
	"time"
)

// errState is the error for a state that cannot be read. It contains nothing of the state.
var errState = errors.New("state: is not one that this version has written")

// tolerance is the time by which a clock may be put back without an effect.
const tolerance = int64(time.Minute)

// An encoder appends values to a state.
type encoder struct{ buf []byte }

func (e *encoder) uint(n uint64) { e.buf = binary.AppendUvarint(e.buf, n) }
func (e *encoder) int(n int64)   { e.buf = binary.AppendVarint(e.buf, n) }

// fixed writes a hash, of which all bits are used.
func (e *encoder) fixed(n uint64) { e.buf = binary.LittleEndian.AppendUint64(e.buf, n) }

// float writes the bits in reverse order, as the last ones are zero in most numbers.
func (e *encoder) float(f float64) { e.uint(bits.ReverseBytes64(math.Float64bits(f))) }

func (e *encoder) text(s string) {
	e.uint(uint64(len(s)))
	e.buf = append(e.buf, s...)
}

func (e *encoder) flag(b bool) {
	n := byte(0)
	if b {
		n = 1
	}
	e.buf = append(e.buf, n)
}

func (e *encoder) texts(list []string) {
	e.uint(uint64(len(list)))
	for _, s := range list {
		e.text(s)
	}
}

// block writes the length of what write writes before it.
func (e *encoder) block(write func()) {
	at := len(e.buf)
	e.buf = append(e.buf, 0, 0, 0, 0)
	write()
	binary.LittleEndian.PutUint32(e.buf[at:], uint32(len(e.buf)-at-4))
}

// A decoder reads what an encoder has written. After the first invalid value it returns
// zero values.
type decoder struct {
	buf    []byte
	now    int64
	down   int64 // time since the state was written
	firing bool  // whether the current group fires
	bad    bool  // whether there was an invalid value
}

func (d *decoder) fail() { d.buf, d.bad = nil, true }

// consume removes a number of a length in bytes and returns it.
func consume[N any](d *decoder, n N, length int) (zero N) {
	if length <= 0 || d.bad {
		d.fail()
		return zero
	}
	d.buf = d.buf[length:]
	return n
}

func (d *decoder) uint() uint64 {
	n, length := binary.Uvarint(d.buf)
	return consume(d, n, length)
}

func (d *decoder) int() int64 {
	n, length := binary.Varint(d.buf)
	return consume(d, n, length)
}

// time reads a time, or the number of a bucket of a window. It returns at most now: the
// clock can have been put back since.
func (d *decoder) time() int64 {
	t := d.int()
	if t < 0 {
		d.fail()
		return 0
	}
	return min(t, d.now)
}

func (d *decoder) fixed() uint64 {
	if len(d.buf) < 8 {
		d.fail()
		return 0
	}
	return consume(d, binary.LittleEndian.Uint64(d.buf), 8)
}

func (d *decoder) float() float64 {
	f := math.Float64frombits(bits.ReverseBytes64(d.uint()))
	if math.IsNaN(f) || math.IsInf(f, 0) {
		d.fail()
		return 0
	}
	return f
}

// length reads the length of a list. It fails if the length exceeds the limit or the
// remaining bytes.
func (d *decoder) length(limit int) int {
	n := d.uint()
	if n > uint64(limit) || n > uint64(len(d.buf)) {
		d.fail()
		return 0
	}
	return int(n)
}

func (d *decoder) bytes(n int) []byte {
	if n > len(d.buf) {
		d.fail()
		return nil
	}
	b := d.buf[:n:n]
	d.buf = d.buf[n:]
	return b
}

func (d *decoder) flag() bool {
	b := d.bytes(1)
	return len(b) == 1 && b[0] == 1
}

func (d *decoder) text(limit int) string { return string(d.bytes(d.length(limit))) }

func (d *decoder) texts(n int) []string {
	if d.length(n) != n {
		return nil
	}
	list := make([]string, n)
	for i := range list {
		list[i] = d.text(maxKeyBytes)
	}
	return list
}

// block returns a decoder for a block.
func (d *decoder) block() *decoder {
	size := d.bytes(4)
	if size == nil {
		return d
	}
	return &decoder{buf: d.bytes(int(binary.LittleEndian.Uint32(size))), now: d.now, down: d.down}
}
