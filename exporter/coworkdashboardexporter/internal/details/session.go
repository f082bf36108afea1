package details

import (
	"cmp"
	"context"
	"fmt"
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
	origin      Origin
	originAt    int64 // time of its latest event
	stored      bool  // whether the origin of all its events is stored
	// firstCall and lastCall are the starts of inference calls, 0 without one.
	firstCall, lastCall int64
	numbers             Numbers
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
			s = &sessionDelta{id: e.Session, begin: i, first: e.At, stored: true}
			byID[e.Session] = s
			list = append(list, s)
		}
		if e.At < s.first {
			s.begin, s.first = i, e.At
		}
		s.user, s.org = cmp.Or(s.user, e.User), cmp.Or(s.org, e.Organization)
		s.last = max(s.last, e.At)
		s.events++
		s.addOrigin(e)
		for i, n := range e.Numbers {
			s.numbers[i] = min(s.numbers[i]+n, fact.MaxAmount)
		}
	}
	slices.SortFunc(list, func(a, b *sessionDelta) int { return strings.Compare(a.id, b.id) })
	return list
}

// addOrigin adds what an event has of the client, and its call.
func (s *sessionDelta) addOrigin(e *Event) {
	if e.Origin != nil {
		s.stored = s.stored && e.Origin.Stored
	}
	if e.Origin != nil && e.At >= s.originAt {
		s.origin.update(&e.Origin.Origin)
		s.originAt = e.At
	} else if e.Origin != nil {
		earlier := e.Origin.Origin
		earlier.update(&s.origin)
		s.origin = earlier
	}
	if e.Call == 0 {
		return
	}
	if s.firstCall == 0 || e.Call < s.firstCall {
		s.firstCall = e.Call
	}
	s.lastCall = max(s.lastCall, e.Call)
}

// sessionSums are the columns of a session that add up numbers of its events.
var sessionSums = [...]string{"prompts", "cost_micros", "requests", "unpriced", "errors", "refusals", "tools", "tool_failures", "tool_rejections"}

// sessionColumns are the columns of a session whose origin is stored. allSessionColumns has
// those of the origin too: a commit of SQLite takes a quarter more time with them.
var (
	sessionColumns    = append([]string{"id", "user_id", "organization_id", "first_seen", "last_seen", "events", "first_call", "last_call"}, sessionSums[:]...)
	allSessionColumns = append(slices.Clip(sessionColumns), originColumns[:]...)
)

var updateSession = `on conflict (id) do update set
	user_id = case when sessions.user_id = 0 then excluded.user_id else sessions.user_id end,
	organization_id = case when sessions.organization_id = 0 then excluded.organization_id else sessions.organization_id end,
	first_seen = case when excluded.first_seen < sessions.first_seen then excluded.first_seen else sessions.first_seen end,
	last_seen = case when excluded.last_seen > sessions.last_seen then excluded.last_seen else sessions.last_seen end,
	events = sessions.events + excluded.events,
	first_call = case when excluded.first_call > 0 and (sessions.first_call = 0 or excluded.first_call < sessions.first_call) then excluded.first_call else sessions.first_call end,
	last_call = case when excluded.last_call > sessions.last_call then excluded.last_call else sessions.last_call end` + func() string {
	var set strings.Builder
	for _, column := range sessionSums {
		set.WriteString(", " + column + " = sessions." + column + " + excluded." + column)
	}
	return set.String()
}()

var updateAllOfSession = updateSession + func() string {
	var set strings.Builder
	for _, column := range originColumns {
		fmt.Fprintf(&set, ", %s = case when excluded.%[1]s <> '' then excluded.%[1]s else sessions.%[1]s end", column)
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
	var known, fresh []*sessionDelta
	for _, s := range list {
		if s.stored {
			known = append(known, s)
		} else {
			fresh = append(fresh, s)
		}
	}
	begun, err = w.writeSessionRows(ctx, known, sessionColumns, updateSession)
	if err != nil {
		return nil, err
	}
	more, err := w.writeSessionRows(ctx, fresh, allSessionColumns, updateAllOfSession)
	return append(begun, more...), err
}

// writeSessionRows inserts sessions, and updates those that exist.
func (w *Writer) writeSessionRows(ctx context.Context, list []*sessionDelta, columns []string, update string) (begun []int, err error) {
	if len(list) == 0 {
		return nil, nil
	}
	rows := make([][]any, len(list))
	for i, s := range list {
		rows[i] = []any{s.id, s.user, s.org, s.first / int64(time.Second), s.last / int64(time.Second), s.events, s.firstCall / int64(time.Second), s.lastCall / int64(time.Second)}
		for _, column := range sessionSums {
			rows[i] = append(rows[i], s.numbers[sumNamed(column)])
		}
		if len(columns) > len(sessionColumns) {
			for _, text := range s.origin.texts() {
				rows[i] = append(rows[i], *text)
			}
		}
	}
	isNew, err := w.Tx.InsertNew(ctx, "sessions", columns, rows)
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
	return begun, w.Tx.Insert(ctx, "sessions", columns, update, known)
}
