package delivery

import (
	"encoding/binary"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/cowork-otel/collector/internal/digest"
)

const (
	// keyPrefix begins the keys of segments in the storage.
	keyPrefix = "delivered/"
	// segmentSize is how many events a segment has: 8 KiB. The last one is written again
	// until it is full.
	segmentSize = 1024
)

// IsKey reports whether a key of the storage is that of a segment.
func IsKey(key string) bool { return strings.HasPrefix(key, keyPrefix) }

// A Change is an operation on the storage: set a key, or delete it where the value is
// nil.
type Change struct {
	Key   string
	Value []byte
}

// segments are the delivered events in the storage, in the order of their delivery. The
// oldest segments are deleted.
type segments struct {
	limit        uint64 // the most segments
	oldest, last uint64 // their numbers
	written      int    // events of the last one that are stored
	pending      []digest.Digest
}

// add adds an event to the last segment. It returns how many events it dropped, since
// the storage did not accept them for too long.
func (s *segments) add(d digest.Digest) (dropped int64) {
	if uint64(len(s.pending)) >= (s.limit+1)*segmentSize {
		s.pending, s.written = slices.Clone(s.pending[segmentSize:]), 0
		dropped = segmentSize
	}
	s.pending = append(s.pending, d)
	return dropped
}

// Snapshot appends what changed since the last call.
func (l *Ledger) Snapshot(to []Change) []Change { return l.segments.appendChanges(to) }

func (s *segments) appendChanges(to []Change) []Change {
	for len(s.pending) > s.written {
		n := min(len(s.pending), segmentSize)
		to = append(to, Change{segmentKey(s.last), encodeSegment(s.pending[:n])})
		s.written = n
		if n == segmentSize {
			s.pending, s.written = slices.Clone(s.pending[n:]), 0
			s.last++
		}
	}
	for ; s.last-s.oldest > s.limit; s.oldest++ {
		to = append(to, Change{Key: segmentKey(s.oldest)})
	}
	return to
}

// Restore loads the segments that another Ledger stored into one that has no events yet.
// It returns the keys that could not be read; the caller can delete them.
func (l *Ledger) Restore(stored iter.Seq2[string, []byte]) (unreadable []string) {
	found := map[uint64][]digest.Digest{}
	for key, value := range stored {
		n, err := strconv.ParseUint(strings.TrimPrefix(key, keyPrefix), 10, 32)
		ids, ok := decodeSegment(value)
		if err != nil || !ok || segmentKey(n) != key {
			unreadable = append(unreadable, key)
			continue
		}
		found[n] = ids
	}
	numbers := slices.Sorted(maps.Keys(found))
	for _, n := range numbers {
		for _, d := range found[n] {
			if !l.delivered.Contains(d) {
				l.deliver(d)
			}
		}
	}
	if len(numbers) > 0 {
		l.segments.resume(numbers[0], numbers[len(numbers)-1], found[numbers[len(numbers)-1]])
	}
	return unreadable
}

// resume continues the last segment that is stored, unless it is full: a segment for each
// of many restarts would take the room of others.
func (s *segments) resume(oldest, last uint64, ids []digest.Digest) {
	s.oldest, s.last = oldest, last
	if len(ids) >= segmentSize {
		s.last++
		return
	}
	s.pending, s.written = ids, len(ids)
}

func segmentKey(n uint64) string { return keyPrefix + strconv.FormatUint(n, 10) }

// encodeSegment returns the digests and a checksum.
func encodeSegment(ids []digest.Digest) []byte {
	data := make([]byte, 0, 8*len(ids)+4)
	for _, d := range ids {
		data = binary.LittleEndian.AppendUint64(data, uint64(d))
	}
	return digest.Seal(data)
}

func decodeSegment(sealed []byte) (ids []digest.Digest, ok bool) {
	data, ok := digest.Unseal(sealed)
	if !ok || len(data)%8 != 0 || len(data) > 8*segmentSize {
		return nil, false
	}
	for ; len(data) > 0; data = data[8:] {
		if d := digest.Digest(binary.LittleEndian.Uint64(data)); d != 0 {
			ids = append(ids, d)
		}
	}
	return ids, true
}
