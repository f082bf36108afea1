package store

// A delta holds the sums since the last flush. It is not safe for concurrent use: one
// goroutine fills it and passes it to another.
type delta struct {
	room int // how many entries may still be added

	cells     map[blobKey]map[cellKey]sums
	counters  map[counterKey]counterSums
	latencies map[latencyKey]latency
	adoptions map[adoption]period
	sessions  map[uint64]session
	tallies   map[tallyKey]tally
	prompts   map[string]*promptDelta
	order     []string // of the prompts by arrival
	alerts    map[string]*alertDelta
	terms     []term
	recent    []uint64

	latest int64 // time of the newest event in nanoseconds
	events int64
}

// A blobKey is the key of a row of cells.
type blobKey struct {
	measureGroup *measureGroup
	grain        grain
	at           int64
	shard        uint32
}

type counterKey struct {
	kind    counterKind
	grain   grain
	at      int64
	org     uint32
	a, b, c uint32
}

type counterSums [4]int64

type latencyKey struct {
	kind      counterKind
	grain     grain
	at        int64
	org, name uint32
}

// A latency is a number of durations, their sum, and their distribution.
type latency struct {
	n, micros int64
	sketch    sketch
}

// An adoption is a user who has a plugin or uses a skill.
type adoption struct {
	kind            counterKind
	name, via, user uint32
}

// A period is the first and the last day of an adoption.
type period struct {
	org         uint32
	first, last int64
}

// A session is the hour, day, organization and user of a session's first event.
type session struct {
	at        [len(grains)]int64
	org, user uint32
}

type tallyKey struct {
	day  int64
	what tallyKind
	a, b string
}

type tally struct{ n, first, last int64 }

func newDelta(room int) *delta {
	return &delta{
		room:      room,
		cells:     map[blobKey]map[cellKey]sums{},
		counters:  map[counterKey]counterSums{},
		latencies: map[latencyKey]latency{},
		adoptions: map[adoption]period{},
		sessions:  map[uint64]session{},
		tallies:   map[tallyKey]tally{},
		prompts:   map[string]*promptDelta{},
		alerts:    map[string]*alertDelta{},
	}
}

// empty reports whether there is nothing to commit.
func (d *delta) empty() bool { return d.events == 0 }

// full reports whether an event might not fit. One event adds at most maxEntries entries.
func (d *delta) full() bool { return d.room < maxEntries }

const maxEntries = 64

// notKept is the hour of an event that is too old for hourly sums.
const notKept = 0

// addCell adds sums to the cells of a user and a model, for all grains.
func (d *delta) addCell(f *measureGroup, at [len(grains)]int64, k cellKey, add *sums) {
	for g, at := range at {
		if at == notKept {
			continue
		}
		key := blobKey{f, grain(g), at, k.user >> shardBits}
		cells := d.cells[key]
		if cells == nil {
			cells = map[cellKey]sums{}
			d.cells[key] = cells
		}
		s, known := cells[k]
		if !known {
			d.room--
		}
		for m := range f.measures {
			s[m] = plus(s[m], add[m])
		}
		cells[k] = s
	}
}

func (d *delta) addCounter(kind counterKind, at [len(grains)]int64, org, a, b, c uint32, add counterSums) {
	for g, at := range at {
		if at == notKept {
			continue
		}
		key := counterKey{kind, grain(g), at, org, a, b, c}
		s, known := d.counters[key]
		if !known {
			d.room--
		}
		for i, n := range add {
			s[i] = plus(s[i], n)
		}
		d.counters[key] = s
	}
}

func (d *delta) addLatency(kind counterKind, at [len(grains)]int64, org, name uint32, ms float64) {
	for g, at := range at {
		if at == notKept {
			continue
		}
		key := latencyKey{kind, grain(g), at, org, name}
		l, known := d.latencies[key]
		if !known {
			l.sketch = sketch{}
			d.room--
		}
		l.sketch.addDuration(ms)
		l.n, l.micros = l.n+1, plus(l.micros, int64(ms*1000))
		d.latencies[key] = l
	}
}

func (d *delta) addAdoption(a adoption, org uint32, day int64) {
	s, known := d.adoptions[a]
	if !known {
		d.room--
		s = period{org, day, day}
	}
	d.adoptions[a] = period{org, min(s.first, day), max(s.last, day)}
}

func (d *delta) addTally(k tallyKey, n, at int64) {
	t, known := d.tallies[k]
	if !known {
		d.room--
		t.first = at
	}
	d.tallies[k] = tally{t.n + n, min(t.first, at), max(t.last, at)}
}
