package store

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/internal/cowork"
)

// maxCounts bounds the lists of the setup check.
const maxCounts = 50

// A tallyRow is a tally, summed over all days or the last ones.
type tallyRow struct {
	what           tallyKind
	a, b           string
	n, first, last int64
}

// Setup returns the input of the setup check: when the events of each kind were first and
// last seen, and their attributes over the last seven days with events.
func (s *Store) Setup(ctx context.Context) (setup report.Setup, err error) {
	var all, late []tallyRow
	err = s.inTransaction(ctx, func(ctx context.Context, tx *sql.Tx) (err error) {
		if all, err = tallies(ctx, tx, "select what, a, b, sum(n), min(first), max(last) from tally where what = 0 group by what, a, b order by 4 desc"); err != nil {
			return err
		}
		late, err = tallies(ctx, tx, `select what, a, b, sum(n), min(first), max(last) from tally
			where day > (select max(day) from tally) - ? group by what, a, b order by 4 desc`, setupDays*secondsADay)
		return err
	})
	if err != nil {
		return setup, err
	}
	setup.Kinds = s.kinds(all, late)
	setup.Rejected = counts(late, rejectedTally)
	setup.Services = counts(late, serviceTally)
	setup.Unknown = counts(late, unknownTally)
	setup.Content = contentOfTallies(late)
	setup.Unpriced = counts(late, unpricedTally)
	setup.Clocks = clocksOfTallies(late)
	return setup, nil
}

// tallies returns the tallies of a query, the most frequent first.
func tallies(ctx context.Context, tx *sql.Tx, query string, args ...any) (list []tallyRow, err error) {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var r tallyRow
		if err := rows.Scan(&r.what, &r.a, &r.b, &r.n, &r.first, &r.last); err != nil {
			return nil, err
		}
		list = append(list, r)
	}
	return list, rows.Err()
}

// counts returns the most frequent tallies of a kind.
func counts(rows []tallyRow, what tallyKind) (list []report.Count) {
	for _, r := range rows {
		if r.what == what && len(list) < maxCounts {
			name := r.a
			if r.b != "" {
				name += ": " + r.b
			}
			list = append(list, report.Count{Name: name, Events: r.n})
		}
	}
	return list
}

// clocksOfTallies returns the sessions whose times are in doubt. A session that lasts
// several days counts on each.
func clocksOfTallies(rows []tallyRow) (c report.Clocks) {
	to := map[string]*int64{aheadClock: &c.Ahead, behindClock: &c.Behind, lateClock: &c.Late, noClock: &c.Missing}
	for _, r := range rows {
		if n := to[r.a]; r.what == clockTally && n != nil {
			*n += r.n
		}
	}
	return c
}

func contentOfTallies(rows []tallyRow) (c report.Content) {
	to := map[string]*int64{
		absentContent: &c.Absent, replacedContent: &c.Replaced, plainContent: &c.Plain, foundContent: &c.Findings,
	}
	for _, r := range rows {
		if n := to[r.a]; r.what == contentTally && n != nil {
			*n += r.n
		}
	}
	return c
}

// kinds returns the five core kinds, then the others, the most frequent first.
func (s *Store) kinds(all, late []tallyRow) (kinds []report.Kind) {
	at := map[string]int{}
	for kind := range cowork.Kinds() {
		if kind.Core {
			at[kind.Name] = len(kinds)
			kinds = append(kinds, report.Kind{Name: kind.Name, Core: true})
		}
	}
	core := len(kinds)
	for _, r := range all {
		i, ok := at[r.a]
		if !ok {
			i = len(kinds)
			at[r.a] = i
			kinds = append(kinds, report.Kind{Name: r.a})
		}
		s.seen(&kinds[i], r)
	}
	slices.SortStableFunc(kinds[core:], func(a, b report.Kind) int { return cmp.Compare(b.Events, a.Events) })
	for i := range kinds {
		kinds[i].Attributes = shares(late, kinds[i].Name)
	}
	return kinds
}

// seen adds a version to its kind.
func (s *Store) seen(k *report.Kind, r tallyRow) {
	first, last := time.Unix(0, r.first).In(s.set.Zone), time.Unix(0, r.last).In(s.set.Zone)
	if k.First.IsZero() || first.Before(k.First) {
		k.First = first
	}
	if last.After(k.Last) {
		k.Last = last
	}
	k.Events += r.n
	if len(k.Versions) < maxCounts {
		k.Versions = append(k.Versions, report.Version{Name: r.b, Events: r.n, Last: last})
	}
}

// shares returns the share of a kind's events that have each expected attribute.
func shares(late []tallyRow, kind string) (list []report.Share) {
	var events int64
	had := map[string]int64{}
	for _, r := range late {
		switch {
		case r.a != kind:
		case r.what == kindTally:
			events += r.n
		case r.what == attributeTally:
			had[r.b] = r.n
		}
	}
	if events == 0 {
		return nil
	}
	for _, key := range expectations[kind] {
		list = append(list, report.Share{Name: key, Share: float64(had[key]) / float64(events)})
	}
	return list
}
