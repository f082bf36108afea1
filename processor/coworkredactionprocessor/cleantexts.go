package coworkredactionprocessor

import (
	"hash/maphash"
	"math/bits"
	"sync/atomic"

	"github.com/cowork-otel/collector/internal/pii"
)

// The bounds of the clean texts: identifiers, versions and names of models and tools are
// shorter, and repeat on every event of a session.
const (
	maxCleanText  = 64
	maxCleanTexts = 1 << 14 // a power of two
)

// cleanTexts records which short texts under which keys have no finding, so that a
// repeated one is not scanned again. It stores digests only, with seeds of the process. Of
// two texts in one slot the later one stays. It is safe for concurrent use.
type cleanTexts struct {
	seeds [2]maphash.Seed
	slots [maxCleanTexts]struct{ first, second atomic.Uint64 }
}

func newCleanTexts() *cleanTexts {
	return &cleanTexts{seeds: [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}}
}

// skipClean returns a function that redacts like scan, and does not scan a short text
// again that has no finding. The scan of a short text takes ten times as long as the
// look-up: half of the strings of an event repeat.
func (c *cleanTexts) skipClean(scan redactFunc) redactFunc {
	return func(found []pii.Finding, key, text string) (string, []pii.Finding) {
		if len(text) > maxCleanText || len(key) > maxCleanText {
			return scan(found, key, text)
		}
		first, second := c.digest(0, key, text), c.digest(1, key, text)
		slot := &c.slots[first%maxCleanTexts]
		if slot.first.Load() == first && slot.second.Load() == second {
			return text, found
		}
		before := len(found)
		clean, found := scan(found, key, text)
		if len(found) == before && clean == text {
			slot.first.Store(first)
			slot.second.Store(second)
		}
		return clean, found
	}
}

// digest returns a digest of a text under a key with one of the seeds. It is never 0, which
// an empty slot has.
func (c *cleanTexts) digest(i int, key, text string) uint64 {
	k, t := maphash.String(c.seeds[i], key), maphash.String(c.seeds[i], text)
	high, low := bits.Mul64(k|1, t^bits.RotateLeft64(k, 32))
	return (high ^ low) | 1<<63
}
