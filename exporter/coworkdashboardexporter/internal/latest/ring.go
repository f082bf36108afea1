package latest

import (
	"bytes"
	"slices"
	"sync"
	"time"

	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/internal/cowork"
)

// The bounds of what is kept. A text has a part of a record, so that a long text does not
// displace the other attributes.
const (
	maxKey    = 256
	maxValue  = 4 << 10
	maxRecord = 16 << 10
	maxBytes  = 32 << 20
)

// A Ring keeps the latest records. It is safe for concurrent use.
type Ring struct {
	most     int
	bytes    int // bound of size
	redacted bool

	mu      sync.Mutex
	entries []entry // the oldest first, from head on
	head    int     // index of the oldest
	size    int     // bytes of all entries
	last    int64   // sequence of the newest
	stats   Stats
}

// An entry is an encoded record.
type entry struct {
	sequence int64
	arrived  int64 // Unix nanoseconds
	cut      bool
	record   []byte
}

// Stats count what the bounds have dropped since the previous call of TakeStats.
type Stats struct {
	// Cut are records that were too large to be kept completely.
	Cut int64
	// Evicted are records that were dropped early, since all together were too large.
	Evicted int64
}

// New returns a ring of at most a number of records. It is nil if that is 0: a nil ring
// keeps nothing. Redacted is set if all records have passed redaction.
func New(most int, redacted bool, now time.Time) *Ring {
	if most <= 0 {
		return nil
	}
	// A sequence that begins with the time increases across restarts, and is below the 53
	// bits of a number in JavaScript.
	return &Ring{most: most, bytes: maxBytes, redacted: redacted, last: now.UnixMicro()}
}

// Add keeps the records of a batch, as many as there is room for.
func (r *Ring) Add(now time.Time, ld plog.Logs) {
	if r == nil {
		return
	}
	skip := ld.LogRecordCount() - r.most
	added := make([]entry, 0, min(ld.LogRecordCount(), r.most))
	var enc encoder
	for e := range cowork.Events(ld) {
		if skip--; skip < 0 {
			enc.encode(e)
			added = append(added, entry{arrived: now.UnixNano(), cut: enc.cut, record: bytes.Clone(enc.to)})
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.last += int64(ld.LogRecordCount() - len(added))
	for _, e := range added {
		r.insertRecord(e)
	}
}

// insertRecord inserts an entry and evicts the oldest ones beyond the bounds.
func (r *Ring) insertRecord(e entry) {
	r.last++
	e.sequence = r.last
	if e.cut {
		r.stats.Cut++
	}
	r.size += len(e.record)
	if r.entries = append(r.entries, e); len(r.entries)-r.head > r.most {
		r.evict()
	}
	for r.size > r.bytes {
		r.evict()
		r.stats.Evicted++
	}
	if r.head > r.most { // moves each entry once for each time that the ring is full
		r.entries = slices.Delete(r.entries, 0, r.head)
		r.head = 0
	}
}

func (r *Ring) evict() {
	r.size -= len(r.entries[r.head].record)
	r.entries[r.head] = entry{}
	r.head++
}

// TakeStats returns the counts since the previous call.
func (r *Ring) TakeStats() (taken Stats) {
	if r == nil {
		return taken
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	taken, r.stats = r.stats, taken
	return taken
}

// Last returns the sequence of the newest record.
func (r *Ring) Last() int64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.last
}

// Read returns the latest records that match a filter.
func (r *Ring) Read(f report.EventFilter) report.EventPage {
	r.mu.Lock()
	entries := slices.Clone(r.entries[r.head:]) // their records do not change
	page := report.EventPage{Kept: len(entries), Most: r.most, Last: r.last, Unredacted: !r.redacted}
	r.mu.Unlock()
	if len(entries) > 0 {
		page.Oldest = time.Unix(0, entries[0].arrived)
	}
	kinds := map[string]bool{}
	for _, e := range slices.Backward(entries) {
		d := decode(e.record)
		if kind := d.identity[kindField]; kind != "" && !kinds[kind] {
			kinds[kind] = true
			page.Kinds = append(page.Kinds, kind)
		}
		hidden := 0
		if !r.redacted {
			hidden = conceal(&d)
		}
		switch {
		case e.sequence <= f.After || !d.matches(f):
		case f.Until > 0 && e.sequence > f.Until:
			page.Newer++
		default:
			if page.Matching++; page.Matching <= f.Limit {
				page.Events = append(page.Events, d.event(e, hidden))
			}
		}
	}
	slices.Sort(page.Kinds)
	return page
}
