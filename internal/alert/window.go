package alert

// parts is how many parts a window has. It is what a group's memory is made of,
// and how exactly the window ends: within a twelfth of its length.
const parts = 12

// A window adds numbers up over the last parts of time. The parts stand at fixed
// places of the calendar, so two windows of one width can be merged.
type window struct {
	newest int64 // the number of the newest part since 1970
	sum    pair  // of all parts
	sums   [parts]pair
}

// A pair is a sum and what it is a share of.
type pair struct{ part, whole float64 }

func (p *pair) add(q pair) { p.part, p.whole = p.part+q.part, p.whole+q.whole }

// add counts a number at its own time. It reports false where that is before the
// window of the newest.
func (w *window) add(p pair, at, width int64) bool {
	n := at / width
	if w.newest-n >= parts {
		return false
	}
	w.advance(n)
	w.sums[slot(n)].add(p)
	w.sum.add(p)
	return true
}

// total returns what the window holds now. One of the future is of a clock that was put
// back, and would take all that comes for late.
func (w *window) total(now, width int64) pair {
	n := now / width
	if w.newest-n >= parts {
		*w = window{newest: n}
	}
	w.advance(n)
	return w.sum
}

// merge adds another window of the same width.
func (w *window) merge(other window) {
	w.advance(other.newest)
	other.advance(w.newest)
	for i, p := range other.sums {
		w.sums[i].add(p)
	}
	w.sum.add(other.sum)
}

// advance forgets what is older than the window that ends with part n. The sum is
// added up anew then, so that what was rounded does not pile up.
func (w *window) advance(n int64) {
	if n <= w.newest {
		return
	}
	if n-w.newest >= parts {
		*w = window{newest: n}
		return
	}
	for w.newest < n {
		w.newest++
		w.sums[slot(w.newest)] = pair{}
	}
	w.sum = pair{}
	for _, p := range w.sums {
		w.sum.add(p)
	}
}

// slot returns where part n stands.
func slot(n int64) int { return int((n%parts + parts) % parts) }

// save writes the parts that hold something.
func (w *window) save(e *encoder) {
	e.int(w.newest)
	filled := uint64(0)
	for i, p := range w.sums {
		if p != (pair{}) {
			filled |= 1 << i
		}
	}
	e.uint(filled)
	for _, p := range w.sums {
		if p != (pair{}) {
			e.float(p.part)
			e.float(p.whole)
		}
	}
}

func (w *window) load(d *decoder) {
	*w = window{newest: d.time()}
	filled := d.uint()
	for i := range w.sums {
		if filled&(1<<i) != 0 {
			w.sums[i] = pair{d.float(), d.float()}
			w.sum.add(w.sums[i])
		}
	}
}
