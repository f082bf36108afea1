package token

import "github.com/cowork-otel/collector/internal/pii/internal/text"

// A bucket has the formats with the same first two bytes.
type bucket struct {
	third   uint64 // the possible third bytes, a bit for the low six bits of each
	formats []Format
}

// bucketOf has the index in buckets of two bytes, 0 if no format begins with them.
var bucketOf, buckets = buildIndex()

func buildIndex() (index *[1 << 7][1 << 7]uint16, buckets []bucket) {
	index = new([1 << 7][1 << 7]uint16)
	buckets = make([]bucket, 1)
	for _, f := range formats {
		k := &index[f.Prefix[0]&0x7f][f.Prefix[1]&0x7f]
		if *k == 0 {
			*k = uint16(len(buckets))
			buckets = append(buckets, bucket{})
		}
		b := &buckets[*k]
		b.formats = append(b.formats, f)
		b.third |= thirdBytes(f.Prefix, f.Body)
	}
	return index, buckets
}

// thirdBytes returns the third byte of a prefix. Of a prefix of two bytes it returns the
// bytes of the body.
func thirdBytes(prefix string, body text.Class) (set uint64) {
	if len(prefix) > 2 {
		return 1 << (prefix[2] & 63)
	}
	for c := range byte(0x80) {
		if text.Is(c, body) {
			set |= 1 << (c & 63)
		}
	}
	return set
}

// Begins reports whether a format may begin at i: one has the two bytes there and the
// byte after them.
func Begins(in string, i int) bool {
	return i+2 < len(in) && buckets[bucketOf[in[i]&0x7f][in[i+1]&0x7f]].third>>(in[i+2]&63)&1 == 1
}
