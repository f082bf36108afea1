package lookup

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/details"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/internal/cowork"
)

// maxCounts bounds the lists of the setup check.
const maxCounts = 50

// A countRow is a count of the setup check, summed over days.
type countRow struct {
	what, a, b     string
	n, first, last int64
}

// Setup returns the input of the setup check: when the events of each kind were first and
// last seen, and everything else over the last days with events.
func (r *Reader) Setup(ctx context.Context) (setup report.Setup, err error) {
	var kinds, late []countRow
	err = r.db.Read(ctx, func(ctx context.Context, tx *database.Tx) (err error) {
		const sums = "select what, a, b, sum(count), min(first_ns), max(last_ns) from setup_counts where "
		const end = " group by what, a, b order by 4 desc, a, b"
		if kinds, err = countRows(ctx, tx, sums+"what = $1"+end, details.CountedKinds); err != nil {
			return err
		}
		latest, err := latestDate(ctx, tx, "setup_counts", "day", 1<<31-1)
		if err != nil || latest.IsZero() {
			return err
		}
		late, err = countRows(ctx, tx, sums+"day > $1"+end, dateNumber(latest.AddDate(0, 0, -details.SetupDays)))
		return err
	})
	if err != nil {
		return setup, err
	}
	setup.Kinds = r.kinds(kinds, late)
	for what, to := range map[string]*[]report.Count{
		details.CountedRejected: &setup.Rejected,
		details.CountedServices: &setup.Services,
		details.CountedUnknown:  &setup.Unknown,
		details.CountedUnpriced: &setup.Unpriced,
	} {
		*to = counts(late, what)
	}
	c := &setup.Content
	addUp(late, details.CountedContent, map[string]*int64{
		details.AbsentContent: &c.Absent, details.ReplacedContent: &c.Replaced, details.PlainContent: &c.Plain, details.FoundContent: &c.Findings,
	})
	// A session that lasts several days counts on each.
	addUp(late, details.CountedClocks, map[string]*int64{
		details.AheadClock: &setup.Clocks.Ahead, details.BehindClock: &setup.Clocks.Behind,
		details.LateClock: &setup.Clocks.Late, details.NoClock: &setup.Clocks.Missing,
	})
	setup.Storage, _ = storageOf(ctx, r.db, r.zone) // the rest of the page is more important
	return setup, nil
}

// countRows returns the rows of a query, the most frequent first.
func countRows(ctx context.Context, tx *database.Tx, query string, args ...any) (list []countRow, err error) {
	err = tx.EachRow(ctx, query, args, func(rows *sql.Rows) error {
		var c countRow
		err := rows.Scan(&c.what, &c.a, &c.b, &c.n, &c.first, &c.last)
		list = append(list, c)
		return err
	})
	return list, err
}

// counts returns the most frequent counts of a thing.
func counts(rows []countRow, what string) (list []report.Count) {
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

// addUp adds the counts of a thing to numbers by their names.
func addUp(rows []countRow, what string, to map[string]*int64) {
	for _, r := range rows {
		if n := to[r.a]; r.what == what && n != nil {
			*n += r.n
		}
	}
}

// kinds returns the five core kinds, then the others, the most frequent first.
func (r *Reader) kinds(all, late []countRow) (kinds []report.Kind) {
	at := map[string]int{}
	for kind := range cowork.Kinds() {
		if kind.Core {
			at[kind.Name] = len(kinds)
			kinds = append(kinds, report.Kind{Name: kind.Name, Core: true})
		}
	}
	core := len(kinds)
	for _, c := range all {
		i, ok := at[c.a]
		if !ok {
			i = len(kinds)
			at[c.a] = i
			kinds = append(kinds, report.Kind{Name: c.a})
		}
		r.addVersion(&kinds[i], c)
	}
	slices.SortStableFunc(kinds[core:], func(a, b report.Kind) int { return cmp.Compare(b.Events, a.Events) })
	for i := range kinds {
		kinds[i].Attributes = shares(late, kinds[i].Name)
	}
	return kinds
}

// addVersion adds a version to its kind.
func (r *Reader) addVersion(k *report.Kind, c countRow) {
	first, last := time.Unix(0, c.first).In(r.zone), time.Unix(0, c.last).In(r.zone)
	if k.First.IsZero() || first.Before(k.First) {
		k.First = first
	}
	if last.After(k.Last) {
		k.Last = last
	}
	k.Events += c.n
	if len(k.Versions) < maxCounts {
		k.Versions = append(k.Versions, report.Version{Name: c.b, Events: c.n, Last: last})
	}
}

// shares returns the share of a kind's events that have each expected attribute.
func shares(late []countRow, kind string) (list []report.Share) {
	var events int64
	had := map[string]int64{}
	for _, c := range late {
		switch {
		case c.a != kind:
		case c.what == details.CountedKinds:
			events += c.n
		case c.what == details.CountedAttributes:
			had[c.b] = c.n
		}
	}
	if events == 0 {
		return nil
	}
	for _, key := range details.ExpectedAttributes(kind) {
		list = append(list, report.Share{Name: key, Share: float64(had[key]) / float64(events)})
	}
	return list
}
