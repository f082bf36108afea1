package store

import (
	"context"
	"time"
)

// Sweep deletes data beyond the retention, at most once an hour.
func (s *Store) Sweep(ctx context.Context, now time.Time) error {
	if hour := now.Truncate(time.Hour).Unix(); !s.due(hour) {
		return nil
	}
	hours := now.Add(-s.set.Hours)
	days := now.Add(-s.set.Days)
	s.flush.Lock() // so that no commit writes deleted data again
	defer s.flush.Unlock()
	err := s.delete(ctx, hours.Unix(), days.Unix(), now)
	if err != nil {
		s.recordCommit(err)
		return describe(s.set.Path, err)
	}
	s.kept.Store(hours.UnixNano())
	s.mu.Lock()
	defer s.mu.Unlock()
	s.swept = now.Truncate(time.Hour).Unix()
	return nil
}

func (s *Store) due(hour int64) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.swept != hour
}

// expiries are the statements that delete old data, with the time before which they do.
var expiries = []struct {
	statement string
	before    func(hours, days, now int64) int64
}{
	{"delete from cells where grain = 0 and at < ?", oldHours},
	{"delete from cells where grain = 1 and at < ?", oldDays},
	{"delete from fact where grain = 0 and at < ?", oldHours},
	{"delete from fact where grain = 1 and at < ?", oldDays},
	{"delete from latency where grain = 0 and at < ?", oldHours},
	{"delete from latency where grain = 1 and at < ?", oldDays},
	{"delete from adoption where last < ?", oldDays},
	{"delete from tally where day < ?", oldDays},
	{"delete from tally where what <> 0 and day < ?", func(_, _, now int64) int64 { return now - (setupDays+1)*secondsADay }},
	{"delete from session where day < ?", func(_, _, now int64) int64 { return now - (sessionDays+1)*secondsADay }},
	{"delete from alert where seen < ?", oldDays},
	{"delete from prompt where start / 1000000000 < ?", oldDays},
}

const secondsADay = 24 * 60 * 60

func oldHours(hours, _, _ int64) int64 { return hours }

// oldDays is a day early, to keep a day that is partly within the retention.
func oldDays(_, days, _ int64) int64 { return days - secondsADay }

// delete deletes old rows and unused names, then truncates SQLite's write-ahead log,
// which still contains them.
func (s *Store) delete(ctx context.Context, hours, days int64, now time.Time) error {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // no effect after a commit
	for _, x := range expiries {
		if _, err := tx.ExecContext(ctx, x.statement, x.before(hours, days, now.Unix())); err != nil {
			return err
		}
	}
	for _, surplus := range []struct {
		statement string
		most      []any
	}{
		{surplusPrompts, []any{s.set.MaxPrompts}}, // in case max_prompts was lowered to 0
		{orphanedSteps, nil},
		{surplusAlerts, []any{s.set.MaxAlerts}},
	} {
		if _, err := tx.ExecContext(ctx, surplus.statement, surplus.most...); err != nil {
			return err
		}
	}
	oldest := days - 2*secondsADay
	if _, err := tx.ExecContext(ctx, "delete from word where day < ?", oldest); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	s.mu.Lock()
	s.in.dictionary.expire(oldest)
	s.mu.Unlock()
	for _, statement := range []string{"pragma incremental_vacuum", "pragma wal_checkpoint(truncate)"} {
		if _, err := s.write.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}
