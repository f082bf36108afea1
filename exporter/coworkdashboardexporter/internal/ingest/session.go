package ingest

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"
)

// A sessionDelta is what a commit adds to a session.
type sessionDelta struct {
	id              string
	begin           *event // the earliest
	user, org       nameRef
	last            int64 // time of the latest event in Unix nanoseconds
	events, prompts int64
}

// sessions returns the sessions of the commit in the order of their ids.
func (c *commit) sessions() []*sessionDelta {
	byID := map[string]*sessionDelta{}
	var list []*sessionDelta
	for _, e := range c.events {
		if e.session == "" || e.from == e.to { // the page counts nothing of it
			continue
		}
		s := byID[e.session]
		if s == nil {
			s = &sessionDelta{id: e.session, begin: e}
			byID[e.session] = s
			list = append(list, s)
		}
		if e.at.ns < s.begin.at.ns {
			s.begin = e
		}
		s.user, s.org = cmp.Or(s.user, e.user), cmp.Or(s.org, e.org)
		s.last = max(s.last, e.at.ns)
		s.events++
		s.prompts += c.typedPrompts(e)
	}
	slices.SortFunc(list, func(a, b *sessionDelta) int { return strings.Compare(a.id, b.id) })
	return list
}

// typedPrompts returns how many prompts that people typed an event is.
func (c *commit) typedPrompts(e *event) (n int64) {
	for _, o := range c.observations(e) {
		if o.fact == typedPromptSum.fact && o.sum == typedPromptSum.sum {
			n += o.value
		}
	}
	return n
}

var sessionColumns = []string{"id", "user_id", "organization_id", "first_seen", "last_seen", "events", "prompts"}

const updateSession = `on conflict (id) do update set
	user_id = case when sessions.user_id = 0 then excluded.user_id else sessions.user_id end,
	organization_id = case when sessions.organization_id = 0 then excluded.organization_id else sessions.organization_id end,
	first_seen = case when excluded.first_seen < sessions.first_seen then excluded.first_seen else sessions.first_seen end,
	last_seen = case when excluded.last_seen > sessions.last_seen then excluded.last_seen else sessions.last_seen end,
	events = sessions.events + excluded.events, prompts = sessions.prompts + excluded.prompts`

// writeSessions writes the sessions of the new events and calls countSession for the
// first event of each new session, before sums are written.
func (c *commit) writeSessions(ctx context.Context, tx transaction) error {
	list := c.sessions()
	if len(list) == 0 {
		return nil
	}
	rows := make([][]any, len(list))
	for i, s := range list {
		rows[i] = []any{s.id, c.id(s.user), c.id(s.org), s.begin.at.ns / int64(time.Second), s.last / int64(time.Second), s.events, s.prompts}
	}
	isNew, err := tx.InsertNew(ctx, "sessions", sessionColumns, rows)
	if err != nil {
		return err
	}
	known := rows[:0]
	for i, row := range rows {
		if isNew[i] {
			c.countSession(list[i].begin)
		} else {
			known = append(known, row)
		}
	}
	if err := tx.Insert(ctx, "sessions", sessionColumns, updateSession, known); err != nil || !c.trims() {
		return err
	}
	deleted, err := changeRows(ctx, tx, surplusSessions, maxDeleted, c.set.MaxSessions)
	c.stats.SessionsDropped += deleted
	return err
}

// surplusSessions deletes the oldest sessions beyond a limit.
const surplusSessions = `delete from sessions where id in (
	select id from sessions order by last_seen desc, id desc limit $1 offset $2)`
