package ingest

import "sort"

// Durations are counted in buckets whose bounds grow by a constant factor. A bucket is
// stored as its representative duration in microseconds, from which no duration of the
// bucket differs by more than 2 % of itself. Short durations have a bucket each.

const (
	bucketError = 0.02
	exactMicros = 50
	maxMicros   = 30 * 24 * 3600 * 1_000_000 // longer durations are in the last bucket
)

// A bucket is a range of durations, from that after the bucket before it.
type bucket struct{ upper, representative int64 }

var buckets = func() (list []bucket) {
	for us := range int64(exactMicros) {
		list = append(list, bucket{us, us})
	}
	for lower := int64(exactMicros); lower <= maxMicros; lower = list[len(list)-1].upper + 1 {
		representative := int64(float64(lower) * (1 + bucketError))
		list = append(list, bucket{int64(float64(representative) / (1 - bucketError)), representative})
	}
	return list
}()

// bucketOf returns the number of the bucket of a duration in microseconds.
func bucketOf(micros int64) uint32 {
	micros = min(max(micros, 0), maxMicros)
	if micros < exactMicros {
		return uint32(micros)
	}
	return uint32(sort.Search(len(buckets), func(i int) bool { return buckets[i].upper >= micros }))
}

// bucketMicros returns the representative duration of a bucket in microseconds.
func bucketMicros(n uint32) int64 { return buckets[n].representative }
