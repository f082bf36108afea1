package alert

import (
	"encoding/binary"
	"errors"
	"math"
	"math/bits"
	"time"
)

// errState says that what was stored cannot be used. It has no word of it.
var errState = errors.New("state: is not one that this version has written")

// tolerance is how far a clock may have been put back since a state was written.
const tolerance = int64(time.Minute)

// An encoder appends what is known to a state.
type encoder struct{ buf []byte }

func (e *encoder) uint(n uint64) { e.buf = binary.AppendUvarint(e.buf, n) }
func (e *encoder) int(n int64)   { e.buf = binary.AppendVarint(e.buf, n) }

// fixed is for hashes, whose bits are all used.
func (e *encoder) fixed(n uint64) { e.buf = binary.LittleEndian.AppendUint64(e.buf, n) }

// float writes the bits backwards, as those at the end of a number are zero for most.
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

// block writes something behind its length.
func (e *encoder) block(write func()) {
	at := len(e.buf)
	e.buf = append(e.buf, 0, 0, 0, 0)
	write()
	binary.LittleEndian.PutUint32(e.buf[at:], uint32(len(e.buf)-at-4))
}

// A decoder reads what an encoder wrote. After the first thing out of place all that
// it reads is nothing.
type decoder struct {
	buf    []byte
	now    int64
	down   int64 // how long nobody listened
	firing bool  // is the group that is being read
	bad    bool
}

func (d *decoder) fail() { d.buf, d.bad = nil, true }

// take returns what a reader of a number made, and goes on behind it.
func take[N any](d *decoder, n N, length int) (got N) {
	if length <= 0 || d.bad {
		d.fail()
		return got
	}
	d.buf = d.buf[length:]
	return n
}

func (d *decoder) uint() uint64 {
	n, length := binary.Uvarint(d.buf)
	return take(d, n, length)
}

func (d *decoder) int() int64 {
	n, length := binary.Varint(d.buf)
	return take(d, n, length)
}

// time reads a time, or the number of a part of a window. A later one than now is of a
// clock that was put back since.
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
	return take(d, binary.LittleEndian.Uint64(d.buf), 8)
}

func (d *decoder) float() float64 {
	f := math.Float64frombits(bits.ReverseBytes64(d.uint()))
	if math.IsNaN(f) || math.IsInf(f, 0) {
		d.fail()
		return 0
	}
	return f
}

// count reads how many there are of something. No more are believed than there are
// bytes left for them.
func (d *decoder) count(most int) int {
	n := d.uint()
	if n > uint64(most) || n > uint64(len(d.buf)) {
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

func (d *decoder) text(most int) string { return string(d.bytes(d.count(most))) }

func (d *decoder) texts(n int) []string {
	if d.count(n) != n {
		return nil
	}
	list := make([]string, n)
	for i := range list {
		list[i] = d.text(maxKeyBytes)
	}
	return list
}

// block returns a decoder of what was written behind its length.
func (d *decoder) block() *decoder {
	size := d.bytes(4)
	if size == nil {
		return d
	}
	return &decoder{buf: d.bytes(int(binary.LittleEndian.Uint32(size))), now: d.now, down: d.down}
}
