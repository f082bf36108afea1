package reconcile

import (
	"cmp"
	"slices"
	"time"
)

// A pair is a possible assignment of a listed session to one of the telemetry.
type pair struct {
	listed, arrived int
	cost            time.Duration
}

// maxExact bounds a group of sessions of one person that is assigned at minimum cost. A
// larger group is assigned by increasing cost.
const maxExact = 300

// maxPartners bounds the possible partners of a listed session, those with the least cost.
const maxPartners = 100

// A matcher assigns the listed sessions of one person to sessions of the telemetry.
type matcher struct {
	tolerance time.Duration
	listed    []*ListedSession
	arrived   []*telemetrySession
	skew      time.Duration // of the person's clock
	crowded   int           // listed sessions with more possible partners than are compared
	lost      func(time.Time) bool
}

// match returns the index of the session of the telemetry for each listed one, -1 for none.
// A first assignment measures by how much the person's clock is wrong, a second one takes
// that into account.
func (m *matcher) match() []int {
	result := m.assign()
	var shifts []time.Duration
	for i, j := range result {
		if j < 0 || m.arrived[j].coarse {
			continue
		}
		// Sessions whose first events were lost have no start to compare.
		if shift := m.arrived[j].start().Sub(m.listed[i].Created); shift.Abs() <= m.tolerance {
			shifts = append(shifts, shift)
		}
	}
	if len(shifts) < 2 {
		return result
	}
	slices.Sort(shifts)
	m.skew = shifts[len(shifts)/2]
	return m.assign()
}

// cost returns what it costs to take two sessions for one: the difference of their starts,
// ends and lengths. ok is false if neither starts nor ends agree.
func (m *matcher) cost(l *ListedSession, a *telemetrySession) (cost time.Duration, ok bool) {
	startsBy := (a.start().Sub(l.Created) - m.skew).Abs()
	known := l.Updated.After(l.Created)
	endsBy, longerBy := time.Duration(0), time.Duration(0)
	if known {
		endsBy = (a.end().Sub(l.Updated) - m.skew).Abs()
		longerBy = (a.end().Sub(a.start()) - l.Updated.Sub(l.Created)).Abs()
	}
	inside := l.Created.Add(-m.tolerance).Before(a.start()) && (!known || a.end().Before(l.Updated.Add(m.tolerance)))
	switch {
	case startsBy <= m.tolerance:
	case known && endsBy <= m.tolerance && inside: // the first events were lost
	case a.coarse && a.first.Before(l.Created.Add(m.tolerance)) && a.last.After(l.Created.Add(-m.tolerance)):
	case inside && m.lost(l.Created) && a.start().Before(l.end().Add(m.tolerance)): // no events of anyone arrived at the start
	default:
		return 0, false
	}
	return min(startsBy, m.tolerance) + min(endsBy, m.tolerance) + min(longerBy, m.tolerance), true
}

// sortByFirst sorts the sessions of the telemetry by their first event, and returns the
// length of the longest one.
func (m *matcher) sortByFirst() (longest time.Duration) {
	slices.SortFunc(m.arrived, func(a, b *telemetrySession) int { return cmp.Or(a.first.Compare(b.first), cmp.Compare(a.id, b.id)) })
	for _, a := range m.arrived {
		longest = max(longest, a.last.Sub(a.first))
	}
	return longest
}

// assign groups the possible pairs, and assigns each group at minimum cost.
func (m *matcher) assign() []int {
	result := make([]int, len(m.listed))
	group := make([]int, len(m.listed)+len(m.arrived))
	for i := range result {
		result[i] = -1
	}
	for i := range group {
		group[i] = i
	}
	root := func(n int) int {
		for group[n] != n {
			group[n] = group[group[n]]
			n = group[n]
		}
		return n
	}
	var pairs []pair
	m.crowded = 0
	longest := m.sortByFirst()
	for i, l := range m.listed {
		from, to := l.Created.Add(-longest-2*m.tolerance), l.end().Add(2*m.tolerance)
		next, _ := slices.BinarySearchFunc(m.arrived, from, func(a *telemetrySession, at time.Time) int { return a.first.Compare(at) })
		possible := len(pairs)
		for j := next; j < len(m.arrived) && !m.arrived[j].first.After(to); j++ {
			if cost, ok := m.cost(l, m.arrived[j]); ok {
				pairs = append(pairs, pair{i, j, cost})
			}
		}
		if own := pairs[possible:]; len(own) > maxPartners {
			slices.SortStableFunc(own, func(a, b pair) int { return cmp.Compare(a.cost, b.cost) })
			pairs = pairs[:possible+maxPartners]
			m.crowded++
		}
		for _, p := range pairs[possible:] {
			group[root(len(m.listed)+p.arrived)] = root(i)
		}
	}
	groups := map[int][]pair{}
	for _, p := range pairs {
		groups[root(p.listed)] = append(groups[root(p.listed)], p)
	}
	for _, g := range groups {
		assignGroup(g, 3*m.tolerance+time.Second, result)
	}
	return result
}

// assignGroup assigns the sessions of a group. A listed session without partner costs
// more than any pair.
func assignGroup(pairs []pair, alone time.Duration, result []int) {
	rows, columns := map[int]int{}, map[int]int{}
	var rowOf, columnOf []int
	for _, p := range pairs {
		if _, ok := rows[p.listed]; !ok {
			rows[p.listed] = len(rowOf)
			rowOf = append(rowOf, p.listed)
		}
		if _, ok := columns[p.arrived]; !ok {
			columns[p.arrived] = len(columnOf)
			columnOf = append(columnOf, p.arrived)
		}
	}
	if len(rowOf)+len(columnOf) > maxExact {
		slices.SortStableFunc(pairs, func(a, b pair) int { return cmp.Compare(a.cost, b.cost) })
		taken := map[int]bool{}
		for _, p := range pairs {
			if result[p.listed] < 0 && !taken[p.arrived] {
				result[p.listed], taken[p.arrived] = p.arrived, true
			}
		}
		return
	}
	// Each row has a column of its own for no partner.
	costs := make([][]int64, len(rowOf))
	for i := range costs {
		costs[i] = make([]int64, len(columnOf)+len(rowOf))
		for j := range costs[i] {
			costs[i][j] = impossible
		}
		costs[i][len(columnOf)+i] = int64(alone)
	}
	for _, p := range pairs {
		costs[rows[p.listed]][columns[p.arrived]] = int64(p.cost)
	}
	for i, j := range hungarian(costs) {
		if j < len(columnOf) {
			result[rowOf[i]] = columnOf[j]
		}
	}
}
