package alert

import "time"

// parts is how many parts a window has. It is what a group's memory is made of,
// and how exactly the window ends: within a twelfth of its length.
const parts = 12

// A window adds numbers up over the last parts of time. The parts stand at fixed
// places of the calendar, so two windows of one width can be merged.
type window struct {
	newest int64 // the number of the newest part since 1970
	sums   [parts]pair
}

// A pair is a sum and what it is a share of.
type pair struct{ part, whole float64 }

// add counts a number at its own time. It reports false where that is before the
// window of the newest.
func (w *window) add(p pair, at time.Time, width time.Duration) bool {
	n := at.UnixNano() / int64(width)
	if w.newest-n >= parts {
		return false
	}
	w.advance(n)
	slot := &w.sums[place(n)]
	slot.part += p.part
	slot.whole += p.whole
	return true
}

// total returns what the window holds at a time.
func (w *window) total(at time.Time, width time.Duration) pair {
	w.advance(at.UnixNano() / int64(width))
	var sum pair
	for _, p := range w.sums {
		sum.part += p.part
		sum.whole += p.whole
	}
	return sum
}

// merge adds another window of the same width.
func (w *window) merge(other window) {
	w.advance(other.newest)
	other.advance(w.newest)
	for i, p := range other.sums {
		w.sums[i].part += p.part
		w.sums[i].whole += p.whole
	}
}

// advance forgets what is older than the window that ends with part n.
func (w *window) advance(n int64) {
	if n-w.newest >= parts {
		w.sums, w.newest = [parts]pair{}, n
		return
	}
	for w.newest < n {
		w.newest++
		w.sums[place(w.newest)] = pair{}
	}
}

// place returns where part n stands.
func place(n int64) int { return int((n%parts + parts) % parts) }
