package metric

import "sort"

// explicitBuckets are those of the table.
type explicitBuckets struct {
	bounds []float64 // shared
	counts []uint64  // one more
}

func (p *Plan) newBuckets(r *row) buckets {
	if p.set.Exponential {
		return newExponential()
	}
	return &explicitBuckets{r.bounds, make([]uint64, len(r.bounds)+1)}
}

// add counts a number in the first bucket whose bound is not below it.
func (b *explicitBuckets) add(n float64) {
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
