package ingest

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/details"
)

// A commit writes a batch in one transaction. Each attempt has a new one.
type commit struct {
	in    *Ingest
	set   Settings
	batch *batch
	now   time.Time // the arrival of the batch
	day   int64     // its date, as a number

	events   []*event        // that no collector has committed before
	detailed []details.Event // the same events
	sums     sums
	list     []nameKey // of names, by reference
	ids      []int64   // of their rows, by reference, 0 if unknown
	days     []int64   // the last days of their rows
	stats    Stats     // added when the commit has succeeded
	surplus  bool      // whether there are more details beyond the limits
	people   []storedPerson
}

// run writes the batch.
func (c *commit) run(ctx context.Context, tx transaction) error {
	known, err := c.claim(ctx, tx)
	if known {
		c.stats.Events += int64(len(c.batch.events)) // which of them were new is not known any more
	}
	if known || err != nil {
		return err
	}
	for _, step := range []func(context.Context, transaction) error{
		c.dropCommitted,
		c.resolveNames,
		c.writeSessions,
		c.addEvents,
		c.writeSums,
		c.writePeople,
		c.writeDetails,
	} {
		if err := step(ctx, tx); err != nil {
			return err
		}
	}
	c.stats.Events += int64(len(c.events))
	return nil
}

// claim records the number of the commit, and reports whether it was recorded before: then
// the commit succeeded, and only its answer was lost.
func (c *commit) claim(ctx context.Context, tx transaction) (known bool, err error) {
	result, err := tx.Exec(ctx, `insert into writers (writer, last_commit, seen) values ($1, $2, $3) on conflict (writer)
		do update set last_commit = excluded.last_commit, seen = excluded.seen where writers.last_commit < excluded.last_commit`,
		c.in.writer, c.batch.number, c.batch.arrived)
	if err != nil {
		return false, err
	}
	n, err := result.RowsAffected()
	return n == 0, err
}

// An identity identifies an event of the batch.
type identity struct {
	id    int64
	event int
}

// dropCommitted stores the identities of the events, and drops the events that have a
// stored one.
func (c *commit) dropCommitted(ctx context.Context, tx transaction) error {
	list := make([]identity, 0, len(c.batch.events))
	for i := range c.batch.events {
		if id := c.batch.events[i].id; id != 0 {
			list = append(list, identity{int64(id), i})
		}
	}
	slices.SortStableFunc(list, func(a, b identity) int { return cmp.Compare(a.id, b.id) })
	dropped := make([]bool, len(c.batch.events))
	var hour any = c.now.Truncate(time.Hour).Unix()
	cells := make([]any, 0, 2*len(list))
	rows := make([][]any, 0, len(list))
	stored := list[:0]
	for i, n := range list {
		if i > 0 && n.id == stored[len(stored)-1].id {
			dropped[n.event] = true
			continue
		}
		stored = append(stored, n)
		cells = append(cells, n.id, hour)
		rows = append(rows, cells[len(cells)-2:])
	}
	isNew, err := tx.InsertNew(ctx, "identities", []string{"id", "hour"}, rows)
	if err != nil {
		return err
	}
	for i, n := range stored {
		dropped[n.event] = !isNew[i]
	}
	for i := range c.batch.events {
		if dropped[i] {
			c.stats.Duplicates++
			continue
		}
		c.events = append(c.events, &c.batch.events[i])
	}
	return nil
}

// addEvents adds up the new events.
func (c *commit) addEvents(context.Context, transaction) error {
	for _, e := range c.events {
		c.sums.addEvent(e, c.observations(e))
	}
	return nil
}

// writePeople writes the teams of the users whose events have one, if they have changed.
func (c *commit) writePeople(ctx context.Context, tx transaction) error {
	c.people = changedPeople(c)
	return writePeople(ctx, tx, c.people)
}

// observations returns the observations of an event.
func (c *commit) observations(e *event) []observation { return c.batch.observations[e.from:e.to] }

// countSession counts a new session with the time and the names of its first event.
func (c *commit) countSession(e *event) {
	c.sums.add(e, sessionTargets, &[maxLabels]uint32{}, 1)
}

// A transaction is what a commit is written in.
type transaction = *database.Tx
