package ingest

import (
	"cmp"
	"context"
	"slices"
)

// A person is the names that an event has of its user.
type person struct{ team, costCenter nameRef }

// A storedPerson is a row of the table people.
type storedPerson struct {
	user, team, costCenter int64
	seen                   int64 // the time of the latest event, in Unix seconds
	written                int64 // that of the event that was written last
}

// later reports whether a row is of a later event. Of events in the same second, one is the
// later in any order.
func (p *storedPerson) later(than *storedPerson) bool {
	return cmp.Or(cmp.Compare(p.seen, than.seen), cmp.Compare(p.team, than.team), cmp.Compare(p.costCenter, than.costCenter)) > 0
}

// people are the latest names of users that this process has read, so that they are written
// only if they change. The same names are written again after an hour: another collector,
// which has written other ones in the meantime, is corrected then.
type people struct {
	rows map[int64]storedPerson // by user
	most int
}

func newPeople(most int) people { return people{map[int64]storedPerson{}, most} }

// record adds rows of a commit. If there are too many, all are dropped, and written again
// with the next events of their users.
func (p *people) record(list []storedPerson) {
	if len(p.rows)+len(list) > p.most {
		clear(p.rows)
	}
	for _, row := range list[:min(len(list), p.most)] {
		p.rows[row.user] = row
	}
}

// peopleColumns are the columns of the table people.
var peopleColumns = []string{"user_id", "team_id", "cost_center_id", "seen"}

// keepLatest updates the row of a user unless it is of a later event.
const keepLatest = `on conflict (user_id) do update set team_id = excluded.team_id, cost_center_id = excluded.cost_center_id, seen = excluded.seen
	where people.seen < excluded.seen or people.seen = excluded.seen and
		(people.team_id < excluded.team_id or people.team_id = excluded.team_id and people.cost_center_id < excluded.cost_center_id)`

// changedPeople returns the later rows of the users of a commit, in the order of the users.
func changedPeople(c *commit) (list []storedPerson) {
	for _, row := range latestPeople(c) {
		old, known := c.in.people.rows[row.user]
		if known && !row.later(&old) {
			continue
		}
		if row.written = old.written; row.team != old.team || row.costCenter != old.costCenter || row.seen >= old.written+anHour {
			row.written = row.seen
		}
		list = append(list, row)
	}
	slices.SortFunc(list, func(a, b storedPerson) int { return cmp.Compare(a.user, b.user) })
	return list
}

// writePeople writes the rows that have changed, or were written more than an hour ago.
func writePeople(ctx context.Context, tx transaction, list []storedPerson) error {
	var rows [][]any
	for _, p := range list {
		if p.written == p.seen {
			rows = append(rows, []any{p.user, p.team, p.costCenter, p.seen})
		}
	}
	if len(rows) == 0 {
		return nil
	}
	return tx.Insert(ctx, "people", peopleColumns, keepLatest, rows)
}

// latestPeople returns the names in the latest event of each user whose events have any.
func latestPeople(c *commit) map[int64]storedPerson {
	latest := map[int64]storedPerson{}
	for _, e := range c.events {
		if e.person == (person{}) || e.user < reserved {
			continue
		}
		// The clock of a client that is ahead does not decide for long.
		seen := min(e.at.ns/1e9, c.batch.arrived)
		row := storedPerson{user: c.id(e.user), team: c.id(e.person.team), costCenter: c.id(e.person.costCenter), seen: seen}
		if old, known := latest[row.user]; !known || row.later(&old) {
			latest[row.user] = row
		}
	}
	return latest
}
