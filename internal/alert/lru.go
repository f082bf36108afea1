package alert

import (
	"iter"
	"math/bits"
)

// A ring is a list in the order of last use. The zero value is not usable.
type ring[T any] struct {
	edge node[T] // between the newest, its next, and the oldest
	n    int
}

// A node is an entry of a ring.
type node[T any] struct {
	next, prev *node[T]
	value      T
}

func newRing[T any]() *ring[T] {
	r := &ring[T]{}
	r.edge.next, r.edge.prev = &r.edge, &r.edge
	return r
}

// push adds an entry as the newest.
func (r *ring[T]) push(value T) *node[T] {
	n := &node[T]{value: value, prev: &r.edge, next: r.edge.next}
	n.next.prev, r.edge.next = n, n
	r.n++
	return n
}

// touch makes an entry the newest.
func (r *ring[T]) touch(n *node[T]) {
	if r.edge.next == n {
		return
	}
	n.prev.next, n.next.prev = n.next, n.prev
	n.prev, n.next = &r.edge, r.edge.next
	n.next.prev, r.edge.next = n, n
}

func (r *ring[T]) remove(n *node[T]) {
	n.prev.next, n.next.prev = n.next, n.prev
	r.n--
}

// oldest returns the entry that has been idle longest. The ring must not be empty.
func (r *ring[T]) oldest() *node[T] { return r.edge.prev }

// fromOldest iterates over all entries. The current one may be removed.
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

// An lru is a map from hashes to values in the order of last use.
type lru[V any] struct {
	nodes map[uint64]*node[keyed[V]]
	order *ring[keyed[V]]
}

type keyed[V any] struct {
	key   uint64
	value V
}

func newLRU[V any]() *lru[V] {
	return &lru[V]{map[uint64]*node[keyed[V]]{}, newRing[keyed[V]]()}
}

func (l *lru[V]) len() int { return l.order.n }

// get returns the value of a key and makes it the newest. It returns nil if there is none.
func (l *lru[V]) get(key uint64) *V {
	n := l.nodes[key]
	if n == nil {
		return nil
	}
	l.order.touch(n)
	return &n.value.value
}

// insert adds the value of a new key. If there are already limit values, it evicts the
// one that has been idle longest.
func (l *lru[V]) insert(key uint64, value V, limit int) (inserted *V, evicted bool) {
	if evicted = l.len() >= limit; evicted {
		l.remove(l.order.oldest())
	}
	n := l.order.push(keyed[V]{key, value})
	l.nodes[key] = n
	return &n.value.value, evicted
}

func (l *lru[V]) remove(n *node[keyed[V]]) {
	l.order.remove(n)
	delete(l.nodes, n.value.key)
}

// hash returns a hash of a text. Hashes are stored, so they are the same in all processes.
func hash(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return combineHashes(h, uint64(len(s)))
}

// combineHashes combines two hashes. The order matters.
func combineHashes(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a^0x9e3779b97f4a7c15, b^0xbf58476d1ce4e5b9)
	return bits.RotateLeft64(a, 23) ^ hi ^ lo
}
