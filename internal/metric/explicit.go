package metric

import "sort"

// explicitBuckets have the bounds of the table.
type explicitBuckets struct {
	bounds []float64 // shared
	counts []uint64  // one more than bounds
}

func newBuckets(set Settings, r *row) buckets {
	if set.Exponential {
		return newExponential()
	}
	return &explicitBuckets{r.bounds, make([]uint64, len(r.bounds)+1)}
}

// observe counts a number in the first bucket whose bound is not below it.
func (b *explicitBuckets) observe(n float64) {
	b.counts[sort.SearchFloat64s(b.bounds, n)]++
}

func (b *explicitBuckets) merge(other buckets) {
	for i, n := range other.(*explicitBuckets).counts {
		b.counts[i] += n
	}
}

func (b *explicitBuckets) clone() buckets {
	return &explicitBuckets{b.bounds, append([]uint64(nil), b.counts...)}
}

func (b *explicitBuckets) reset() { clear(b.counts) }
