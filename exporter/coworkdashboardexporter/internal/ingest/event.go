package ingest

// An event is what a commit writes of one event. Its observations are a part of those of
// its batch.
type event struct {
	id        uint64 // identifies what counts once, 0 if each event counts
	at        moment
	org, user nameRef
	from, to  uint32 // its observations
	detail
}

// An observation is a number that is added to the sums of a fact.
type observation struct {
	value  int64
	labels [maxLabels]uint32 // references to names, or numbers such as a bucket
	fact   uint8
	sum    uint8
}

// maxLabels is the largest number of labels of a fact.
const maxLabels = 3

// A batch holds the events of one commit, in the order of their arrival.
type batch struct {
	number       int64 // of the commit, increasing
	events       []event
	observations []observation
	setup        setupCounts
	entries      int   // that count against the limit of pending entries
	arrived      int64 // Unix seconds of the latest arrival
	latest       int64 // the time of the newest event in Unix nanoseconds
}

func newBatch(number int64) *batch { return &batch{number: number} }

// empty reports whether there is nothing to commit.
func (b *batch) empty() bool { return len(b.events) == 0 && b.setup.empty() }
