package details

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/fact"
)

// A sessionDelta is what a commit adds to a session.
type sessionDelta struct {
	id          string
	begin       int   // the index of the earliest event
	first, last int64 // times of the earliest and the latest event in Unix nanoseconds
	user, org   int64
	events      int64
	numbers     Numbers
}

// sessionsOf returns the sessions of some events in the order of their ids.
func sessionsOf(events []Event) []*sessionDelta {
	byID := map[string]*sessionDelta{}
	var list []*sessionDelta
	for i := range events {
		e := &events[i]
		if e.Session == "" || !e.Counted {
			continue
		}
		s := byID[e.Session]
		if s == nil {
			s = &sessionDelta{id: e.Session, begin: i, first: e.At}
			byID[e.Session] = s
			list = append(list, s)
		}
		if e.At < s.first {
			s.begin, s.first = i, e.At
		}
		s.user, s.org = cmp.Or(s.user, e.User), cmp.Or(s.org, e.Organization)
		s.last = max(s.last, e.At)
		s.events++
		for i, n := range e.Numbers {
			s.numbers[i] = min(s.numbers[i]+n, fact.MaxAmount)
		}
	}
	slices.SortFunc(list, func(a, b *sessionDelta) int { return strings.Compare(a.id, b.id) })
	return list
}

// sessionSums are the columns of a session that add up numbers of its events.
var sessionSums = [...]string{"prompts", "cost_micros", "requests", "unpriced", "errors", "refusals", "tools", "tool_failures", "tool_rejections"}

var sessionColumns = append([]string{"id", "user_id", "organization_id", "first_seen", "last_seen", "events"}, sessionSums[:]...)

var updateSession = `on conflict (id) do update set
	user_id = case when sessions.user_id = 0 then excluded.user_id else sessions.user_id end,
	organization_id = case when sessions.organization_id = 0 then excluded.organization_id else sessions.organization_id end,
	first_seen = case when excluded.first_seen < sessions.first_seen then excluded.first_seen else sessions.first_seen end,
	last_seen = case when excluded.last_seen > sessions.last_seen then excluded.last_seen else sessions.last_seen end,
	events = sessions.events + excluded.events` + func() string {
	var set strings.Builder
	for _, column := range sessionSums {
		set.WriteString(", " + column + " = sessions." + column + " + excluded." + column)
	}
	return set.String()
}()

// WriteSessions writes the sessions of some events, and returns the indices of the first
// events of the sessions that are new.
func (w *Writer) WriteSessions(ctx context.Context, events []Event) (begun []int, err error) {
	list := sessionsOf(events)
	if len(list) == 0 {
		return nil, nil
	}
	rows := make([][]any, len(list))
	for i, s := range list {
		rows[i] = []any{s.id, s.user, s.org, s.first / int64(time.Second), s.last / int64(time.Second), s.events}
		for _, column := range sessionSums {
			rows[i] = append(rows[i], s.numbers[sumNamed(column)])
		}
	}
	isNew, err := w.Tx.InsertNew(ctx, "sessions", sessionColumns, rows)
	if err != nil {
		return nil, err
	}
	known := rows[:0]
	for i, row := range rows {
		if isNew[i] {
			begun = append(begun, list[i].begin)
		} else {
			known = append(known, row)
		}
	}
	return begun, w.Tx.Insert(ctx, "sessions", sessionColumns, updateSession, known)
}
