package store

import (
	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/digest"
)

// countedID returns the digest of what an event counts once for, 0 if it always counts.
func countedID(e cowork.Event) uint64 {
	id := cowork.IdentityOf(e, e.Name())
	return uint64(id.Counted())
}

// A recent remembers digests, at least the limit latest ones. It is not safe for
// concurrent use.
type recent struct {
	digests  digest.Set
	maxSlots int
}

func newRecent(limit int) *recent { return &recent{maxSlots: digest.SlotsFor(limit)} }

// remember reports whether a digest is new, and remembers it.
func (r *recent) remember(id uint64) bool {
	d := digest.Digest(id)
	if r.digests.Contains(d) {
		return false
	}
	r.digests.Insert(d, r.maxSlots)
	return true
}

// sessionDigest returns the digest by which a session is stored.
func sessionDigest(id string) uint64 { return uint64(digest.Digest(2).Text(id)) }

// lagDigest returns the digest of a session that is counted once a day for a reason.
func lagDigest(id, lag string, day int64) uint64 {
	return uint64(digest.Digest(3).Text(id).Text(lag).Word(uint64(day)))
}
