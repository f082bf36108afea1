package delivery

import "github.com/cowork-otel/collector/internal/digest"

// A Flight is a batch that was passed on and whose outcome is not known yet.
type Flight struct {
	ids   []digest.Digest
	table []digest.Digest // the same, hashed; its length is a power of two, 0 is a free slot
	done  chan struct{}
}

// NewFlight returns a Flight for a batch of at most n events.
func NewFlight(n int) *Flight {
	size := 2
	for size < 2*n {
		size *= 2
	}
	return &Flight{ids: make([]digest.Digest, 0, n), table: make([]digest.Digest, size), done: make(chan struct{})}
}

// slot returns the slot of an event: its own, else a free one.
func (f *Flight) slot(d digest.Digest) *digest.Digest {
	mask := len(f.table) - 1
	for i := int(d) & mask; ; i = (i + 1) & mask {
		if s := &f.table[i]; *s == d || *s == 0 {
			return s
		}
	}
}

func (f *Flight) contains(d digest.Digest) bool { return *f.slot(d) == d }

// add adds an event and reports whether the flight did not have it.
func (f *Flight) add(d digest.Digest) bool {
	s := f.slot(d)
	if *s == d {
		return false
	}
	*s = d
	f.ids = append(f.ids, d)
	return true
}
