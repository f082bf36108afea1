package alert

import "time"

// buckets is the number of buckets of a window. It determines the memory of a group, and
// how exactly the window ends: within a twelfth of its length.
const buckets = 12

// A window adds numbers up over the last buckets of time. Buckets start at multiples of
// their width since 1970.
type window struct {
	newest int64 // number of the newest bucket since 1970
	sum    sums  // of all buckets
	sums   [buckets]sums
}

// Sums are the sum of a number and the count of the events that it is from.
type sums struct{ sum, count float64 }

func (s *sums) plus(t sums) { s.sum, s.count = s.sum+t.sum, s.count+t.count }

// addAt adds a number at its own time. It returns false if that is before the window
// that ends with the newest bucket.
func (w *window) addAt(s sums, at, width int64) bool {
	n := at / width
	if w.newest-n >= buckets {
		return false
	}
	w.advance(n)
	w.sums[bucketIndex(n)].plus(s)
	w.sum.plus(s)
	return true
}

// total returns the sums of the window that ends now. A window of the future is cleared:
// the clock has been put back, and all events would be too late for it.
func (w *window) total(now, width int64) sums {
	n := now / width
	if w.newest-n >= buckets {
		*w = window{newest: n}
	}
	w.advance(n)
	return w.sum
}

// advance removes the buckets that are older than the window that ends with bucket n. It
// adds the sum up again, so that rounding errors do not accumulate.
func (w *window) advance(n int64) {
	if n <= w.newest {
		return
	}
	if n-w.newest >= buckets {
		*w = window{newest: n}
		return
	}
	for w.newest < n {
		w.newest++
		w.sums[bucketIndex(w.newest)] = sums{}
	}
	w.sum = sums{}
	for _, s := range w.sums {
		w.sum.plus(s)
	}
}

func bucketIndex(n int64) int { return int((n%buckets + buckets) % buckets) }

// encode writes the buckets that are not empty.
func (w *window) encode(e *encoder) {
	e.int(w.newest)
	filled := uint64(0)
	for i, s := range w.sums {
		if s != (sums{}) {
			filled |= 1 << i
		}
	}
	e.uint(filled)
	for _, s := range w.sums {
		if s != (sums{}) {
			e.float(s.sum)
			e.float(s.count)
		}
	}
}

func (w *window) decode(d *decoder) {
	*w = window{newest: d.time()}
	filled := d.uint()
	for i := range w.sums {
		if filled&(1<<i) != 0 {
			w.sums[i] = sums{d.float(), d.float()}
			w.sum.plus(w.sums[i])
		}
	}
}

// A sumAggregator adds a number of events up over a window and compares the sum with a
// threshold. Other aggregators embed it.
type sumAggregator struct {
	filter
	value number
	width int64 // of a bucket
	above float64
}

// sumAggregator returns one for the rule, without a value.
func (c *ruleCompiler) sumAggregator(above float64) *sumAggregator {
	return &sumAggregator{filter: filter{c.condition}, width: bucketWidth(c.spec.Window), above: above}
}

// bucketWidth returns the width of a bucket of a window.
func bucketWidth(w time.Duration) int64 { return max(1, int64(w)/buckets) }

func (g *sumAggregator) contribution(a arrival) (contribution, bool) {
	if !g.matches(a.ev) {
		return contribution{}, false
	}
	f, ok := g.value(a.ev)
	return contribution{sums: sums{f, 1}}, ok
}

func (g *sumAggregator) newAggregate(int64) aggregate { return &windowSum{aggregator: g} }

// A windowSum is the sum of a group within the window.
type windowSum struct {
	window
	aggregator *sumAggregator
}

func (m *windowSum) addEvent(c contribution, at, _ int64) bool {
	return m.addAt(c.sums, at, m.aggregator.width)
}

func (m *windowSum) evaluate(now int64, _ bool) (float64, bool) {
	value := m.total(now, m.aggregator.width).sum
	return value, value > m.aggregator.above
}

func (m *windowSum) isIdle(now int64) bool { return m.total(now, m.aggregator.width) == sums{} }
