package alert

import "iter"

// A ring is a list in the order of last use. Its zero value is not usable.
type ring[T any] struct {
	edge node[T] // between the newest, its next, and the oldest
	n    int
}

// A node is an entry with its neighbours.
type node[T any] struct {
	next, prev *node[T]
	value      T
}

func newRing[T any]() *ring[T] {
	r := &ring[T]{}
	r.edge.next, r.edge.prev = &r.edge, &r.edge
	return r
}

// add adds an entry, which is the newest.
func (r *ring[T]) add(value T) *node[T] {
	n := &node[T]{value: value}
	r.link(n)
	r.n++
	return n
}

// touch makes an entry the newest.
func (r *ring[T]) touch(n *node[T]) {
	if r.edge.next != n {
		n.unlink()
		r.link(n)
	}
}

func (r *ring[T]) remove(n *node[T]) {
	n.unlink()
	r.n--
}

// oldest returns the entry that was idle longest. There must be one.
func (r *ring[T]) oldest() *node[T] { return r.edge.prev }

// fromOldest iterates over all entries. The one at hand may be removed.
func (r *ring[T]) fromOldest() iter.Seq[*node[T]] {
	return func(yield func(*node[T]) bool) {
		for n := r.edge.prev; n != &r.edge; {
			prev := n.prev
			if !yield(n) {
				return
			}
			n = prev
		}
	}
}

func (r *ring[T]) link(n *node[T]) {
	n.prev, n.next = &r.edge, r.edge.next
	n.next.prev, r.edge.next = n, n
}

func (n *node[T]) unlink() { n.prev.next, n.next.prev = n.next, n.prev }

// An lru is a map from hashes in the order of last use.
type lru[V any] struct {
	nodes map[uint64]*node[keyed[V]]
	order *ring[keyed[V]]
}

// A keyed value is one with the hash that it is found by.
type keyed[V any] struct {
	key   uint64
	value V
}

func newLRU[V any]() *lru[V] {
	return &lru[V]{map[uint64]*node[keyed[V]]{}, newRing[keyed[V]]()}
}

func (l *lru[V]) len() int { return l.order.n }

// get returns a value, which is the newest then, nil if there is none.
func (l *lru[V]) get(key uint64) *V {
	n := l.nodes[key]
	if n == nil {
		return nil
	}
	l.order.touch(n)
	return &n.value.value
}

// add adds a value that is not there yet. Of more than a number, the one idle longest
// makes room, and add reports true.
func (l *lru[V]) add(key uint64, value V, most int) (added *V, full bool) {
	if full = l.len() >= most; full {
		l.remove(l.order.oldest())
	}
	n := l.order.add(keyed[V]{key, value})
	l.nodes[key] = n
	return &n.value.value, full
}

func (l *lru[V]) remove(n *node[keyed[V]]) {
	l.order.remove(n)
	delete(l.nodes, n.value.key)
}
