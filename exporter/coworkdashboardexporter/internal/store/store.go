package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"sync"
	"sync/atomic"
	"time"

	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// A Store aggregates events in a database and answers queries. It is safe for concurrent
// use.
type Store struct {
	set        Settings
	owner      string
	write      *sql.DB
	read       *sql.DB
	querySlots chan struct{} // one per concurrent query
	aside      string        // the damaged database that was set aside, or ""

	mu    sync.Mutex // guards the fields below
	in    *intake
	stats Stats
	swept int64 // the hour of the last sweep

	flush   sync.Mutex // guards waiting
	waiting *delta     // not committed yet

	version atomic.Int64
	latest  atomic.Int64
	lost    atomic.Int64
	problem atomic.Pointer[string]
	kept    atomic.Int64 // the start of the oldest hourly sums
}

var _ report.Source = (*Store)(nil)

// Open opens a store. It sets a damaged database aside and starts with a new one. An error
// describes the problem of the database and a remedy.
func Open(ctx context.Context, set Settings) (*Store, error) {
	if set.Zone == nil {
		set.Zone = time.UTC
	}
	s, err := openSettings(ctx, set)
	if !isDamage(err) || set.Path == "" || set.readOnly {
		return s, describe(set.Path, err)
	}
	aside, err := setDatabaseAside(set.Path)
	if err != nil {
		return nil, err
	}
	if s, err = openSettings(ctx, set); err != nil {
		return nil, describe(set.Path, err)
	}
	s.aside = aside
	return s, nil
}

func openSettings(ctx context.Context, set Settings) (*Store, error) {
	s := &Store{set: set, owner: rand.Text(), querySlots: make(chan struct{}, readers)}
	s.in = newIntake(set, &s.stats)
	s.waiting = newDelta(0)
	if err := s.open(ctx); err != nil {
		return nil, err
	}
	if err := s.load(ctx); err != nil {
		_ = s.closeAll()
		return nil, err
	}
	return s, nil
}

// Add adds a batch to the sums in memory. It does not wait for the database. Events
// without room count as lost.
func (s *Store) Add(now time.Time, ld plog.Logs) {
	s.mu.Lock()
	defer s.mu.Unlock()
	before := s.stats.Lost
	s.in.addBatch(now, ld)
	s.lost.Add(s.stats.Lost - before)
}

// Flush commits the sums in memory. Sums that cannot be committed stay in memory until
// the next flush. The error contains no data.
func (s *Store) Flush(ctx context.Context) error {
	s.flush.Lock()
	defer s.flush.Unlock()
	for range 2 { // the delta of a failed flush, then the current one, but no more, so that commits stay large
		if s.waiting.empty() && !s.takePending() {
			return nil
		}
		err := s.commit(ctx, s.waiting)
		s.recordCommit(err)
		if err != nil {
			return describe(s.set.Path, err)
		}
		s.waiting = newDelta(0)
	}
	return nil
}

// takePending replaces the current delta, and reports whether it has anything to commit.
func (s *Store) takePending() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.in.d.empty() {
		return false
	}
	s.waiting = s.in.d
	s.in.d = newDelta(s.set.MaxPending)
	for known := range s.in.dictionary.dirty {
		s.waiting.terms = append(s.waiting.terms, *known)
	}
	clear(s.in.dictionary.dirty)
	return true
}

// recordCommit records the result of a commit.
func (s *Store) recordCommit(err error) {
	problem := sentence(err)
	s.problem.Store(&problem)
	s.mu.Lock()
	defer s.mu.Unlock()
	if err != nil {
		s.stats.Failures++
		return
	}
	s.stats.Commits++
	s.latest.Store(max(s.latest.Load(), s.waiting.latest))
	s.version.Add(1)
}

// TakeStats returns the counts since the previous call.
func (s *Store) TakeStats() Stats {
	s.mu.Lock()
	defer s.mu.Unlock()
	taken := s.stats
	s.stats = Stats{}
	return taken
}

// Pending returns the number of entries in memory that are not committed yet.
func (s *Store) Pending() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.set.MaxPending - s.in.d.room
}

// State returns the state of the store.
func (s *Store) State() report.State {
	state := report.State{Version: s.version.Load(), Lost: s.lost.Load()}
	if latest := s.latest.Load(); latest != 0 {
		state.Latest = time.Unix(0, latest).In(s.set.Zone)
	}
	if problem := s.problem.Load(); problem != nil {
		state.Problem = *problem
	}
	return state
}

// Close commits the sums in memory and closes the database.
func (s *Store) Close(ctx context.Context) error {
	err := s.Flush(ctx)
	if closing := s.closeAll(); err == nil && closing != nil {
		err = describe(s.set.Path, closing)
	}
	return err
}

func (s *Store) closeAll() error {
	var err error
	if s.read != nil && s.read != s.write {
		err = s.read.Close()
	}
	if s.write != nil {
		if closing := s.write.Close(); err == nil {
			err = closing
		}
	}
	return err
}
