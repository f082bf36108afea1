package alert

import "iter"

// An lru is a map in the order of last use.
type lru[K comparable, V any] struct {
	nodes map[K]*node[K, V]
	ring  node[K, V] // between the newest, its next, and the oldest
}

// A node is an entry with its neighbours.
type node[K comparable, V any] struct {
	next, prev *node[K, V]
	key        K
	value      V
}

func newLRU[K comparable, V any]() *lru[K, V] {
	l := &lru[K, V]{nodes: map[K]*node[K, V]{}}
	l.ring.next, l.ring.prev = &l.ring, &l.ring
	return l
}

func (l *lru[K, V]) len() int { return len(l.nodes) }

// get returns an entry, which is the newest then, nil if there is none.
func (l *lru[K, V]) get(key K) *node[K, V] {
	n := l.nodes[key]
	if n != nil {
		l.touch(n)
	}
	return n
}

func (l *lru[K, V]) touch(n *node[K, V]) {
	if l.ring.next != n {
		n.unlink()
		l.link(n)
	}
}

// add adds an entry that is not there yet.
func (l *lru[K, V]) add(key K, value V) *node[K, V] {
	n := &node[K, V]{key: key, value: value}
	l.nodes[key] = n
	l.link(n)
	return n
}

func (l *lru[K, V]) remove(n *node[K, V]) {
	n.unlink()
	delete(l.nodes, n.key)
}

// oldest returns the entry that was idle longest. There must be one.
func (l *lru[K, V]) oldest() *node[K, V] { return l.ring.prev }

// fromOldest iterates over all entries. The one at hand may be removed.
func (l *lru[K, V]) fromOldest() iter.Seq[*node[K, V]] {
	return func(yield func(*node[K, V]) bool) {
		for n := l.ring.prev; n != &l.ring; {
			prev := n.prev
			if !yield(n) {
				return
			}
			n = prev
		}
	}
}

func (l *lru[K, V]) link(n *node[K, V]) {
	n.prev, n.next = &l.ring, l.ring.next
	n.next.prev, l.ring.next = n, n
}

func (n *node[K, V]) unlink() { n.prev.next, n.next.prev = n.next, n.prev }
