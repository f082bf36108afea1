package metric

import "math"

// maxBuckets is the greatest number of buckets of an exponential histogram, as in
// OpenTelemetry's SDKs. It resolves numbers from a hundredth of a second to ten minutes
// to 5 %.
const maxBuckets = 160

// maxScale is the scale that a histogram begins with: almost a bucket for each number.
const maxScale = 20

// exponentialBuckets have bounds that are powers of one base, 2^2^-scale. When the
// numbers need more than maxBuckets, the base is squared, which merges two buckets.
type exponentialBuckets struct {
	scale  int32
	zeros  uint64
	offset int32 // of the first bucket
	counts []uint64
}

func newExponential() *exponentialBuckets { return &exponentialBuckets{scale: maxScale} }

func (b *exponentialBuckets) observe(n float64) {
	if n <= 0 {
		b.zeros++
		return
	}
	b.addAt(bucketOf(n, b.scale), b.scale, 1)
}

// bucketOf returns the bucket of a positive number: base^i < n <= base^(i+1).
func bucketOf(n float64, scale int32) int32 {
	fraction, exponent := math.Frexp(n) // 1/2 <= fraction < 1
	if fraction == 0.5 {                // a power of two is a bound, and logarithms are not exact
		return shifted(int64(exponent-1), scale) - 1
	}
	return int32(math.Ceil(math.Ldexp(math.Log2(fraction)+float64(exponent), int(scale)))) - 1
}

// shifted returns the bound of a power of two at a scale, rounded up.
func shifted(power int64, scale int32) int32 {
	if scale >= 0 {
		return int32(power << scale)
	}
	return int32(-(-power >> -scale))
}

// addAt adds n numbers to the bucket i of a scale.
func (b *exponentialBuckets) addAt(i, scale int32, n uint64) {
	i >>= max(scale-b.scale, 0)
	for b.spread(i) > maxBuckets {
		b.halve()
		i >>= 1
	}
	b.makeRoom(i)
	b.counts[i-b.offset] += n
}

// spread returns the number of buckets after adding the bucket i.
func (b *exponentialBuckets) spread(i int32) int64 {
	if len(b.counts) == 0 {
		return 1
	}
	low, high := int64(b.offset), int64(b.offset)+int64(len(b.counts))-1
	return max(high, int64(i)) - min(low, int64(i)) + 1
}

// makeRoom extends the counts to the bucket i.
func (b *exponentialBuckets) makeRoom(i int32) {
	if len(b.counts) == 0 {
		b.offset = i
	}
	if below := int(b.offset) - int(i); below > 0 {
		n := len(b.counts)
		b.counts = grown(b.counts, n+below)
		copy(b.counts[below:], b.counts[:n])
		clear(b.counts[:below])
		b.offset = i
	}
	if above := int(i) - int(b.offset) + 1; above > len(b.counts) {
		b.counts = grown(b.counts, above)
	}
}

// grown returns counts of a length with spare capacity, since buckets are added one by
// one.
func grown(counts []uint64, length int) []uint64 {
	if length <= cap(counts) {
		n := len(counts)
		counts = counts[:length]
		clear(counts[n:])
		return counts
	}
	more := make([]uint64, length, min(max(2*cap(counts), length, 8), maxBuckets))
	copy(more, counts)
	return more
}

// halve merges every two buckets.
func (b *exponentialBuckets) halve() {
	b.scale--
	if len(b.counts) == 0 {
		return
	}
	first := b.offset >> 1
	last := (b.offset + int32(len(b.counts)) - 1) >> 1
	for i, n := range b.counts {
		to := (b.offset+int32(i))>>1 - first
		if int(to) != i {
			b.counts[to] += n
			b.counts[i] = 0
		}
	}
	b.offset, b.counts = first, b.counts[:last-first+1]
}

func (b *exponentialBuckets) merge(other buckets) {
	o := other.(*exponentialBuckets)
	b.zeros += o.zeros
	for b.scale > o.scale {
		b.halve()
	}
	for i, n := range o.counts {
		if n > 0 {
			b.addAt((o.offset+int32(i))>>(o.scale-b.scale), b.scale, n)
		}
	}
}

func (b *exponentialBuckets) clone() buckets {
	c := *b
	c.counts = append([]uint64(nil), b.counts...)
	return &c
}

// reset keeps the memory and the scale, since the numbers of one series are similar.
func (b *exponentialBuckets) reset() {
	b.zeros, b.counts = 0, b.counts[:0]
}
