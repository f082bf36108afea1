package ingest

import (
	"context"
	"crypto/rand"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// An Ingest keeps events until they are committed. It is safe for concurrent use.
type Ingest struct {
	// OtherZone is the time zone of the days that were stored before, if it differs from that
	// of the settings: it was changed, or another collector has another one. It is constant.
	OtherZone string

	set    Settings
	db     *database.DB
	writer string // the name of this process in the table writers
	write  func(context.Context, func(context.Context, *database.Tx) error) error
	ready  chan struct{}

	mu    sync.Mutex // guards the fields below
	in    *intake
	stats Stats

	flushing chan struct{} // guards the fields below; holds an element while it is free
	ids      []int64       // of the rows of names, by reference
	days     []int64       // the last days of the rows
	surplus  bool          // whether the next commit deletes details beyond the limits
	people   people        // that this process has written

	swept     atomic.Int64 // the hour of the last complete sweep
	committed atomic.Int64 // the number of the last commit
	latest    atomic.Int64
	lost      atomic.Int64
	problem   atomic.Pointer[string]
}

// New returns an ingest that writes to a database.
func New(ctx context.Context, db *database.DB, set Settings) (*Ingest, error) {
	if set.Zone == nil {
		set.Zone = time.UTC
	}
	in := &Ingest{set: set, db: db, writer: rand.Text(), write: db.Write, ready: make(chan struct{}, 1), flushing: make(chan struct{}, 1)}
	in.in = newIntake(set, &in.stats)
	in.people = newPeople(set.MaxUsers)
	in.flushing <- struct{}{}
	if err := in.load(ctx); err != nil {
		return nil, err
	}
	return in, in.forgetNames(ctx)
}

// errNoRoom reports events that are not stored.
var errNoRoom = errors.New("page: no room in memory for events while the database is not writable (mend the database, or raise max_pending)")

// Add adds the events of a batch. It does not wait for the database. The function that it
// returns does: it commits, or waits for the commit of, all events of the batch, and
// returns why that failed.
func (in *Ingest) Add(now time.Time, ld plog.Logs) (wait func(context.Context) error) {
	in.mu.Lock()
	before := in.stats.Lost
	in.in.addBatch(now, ld)
	lost := in.stats.Lost - before
	number := in.in.lastNumber()
	crowded := in.in.crowded()
	in.mu.Unlock()
	in.lost.Add(lost)
	if crowded {
		select {
		case in.ready <- struct{}{}:
		default: // it is known already
		}
	}
	return func(ctx context.Context) error {
		if err := in.waitFor(ctx, number); err != nil {
			return err
		}
		if lost > 0 {
			return errNoRoom
		}
		return nil
	}
}

// Ready returns a channel that receives when the memory for events is half full, so that
// they must be committed before the next interval.
func (in *Ingest) Ready() <-chan struct{} { return in.ready }

// TakeStats returns the counts since the previous call.
func (in *Ingest) TakeStats() Stats {
	in.mu.Lock()
	defer in.mu.Unlock()
	taken := in.stats
	in.stats = Stats{}
	taken.Retries = in.db.TakeRetries()
	return taken
}

// Pending returns the number of entries in memory that are not committed yet.
func (in *Ingest) Pending() int {
	in.mu.Lock()
	defer in.mu.Unlock()
	return in.in.pending
}

// State returns the state of the stored data.
func (in *Ingest) State() report.State {
	state := report.State{Version: in.committed.Load(), Lost: in.lost.Load()}
	if latest := in.latest.Load(); latest != 0 {
		state.Latest = time.Unix(0, latest).In(in.set.Zone)
	}
	if problem := in.problem.Load(); problem != nil {
		state.Problem = *problem
	}
	return state
}

// Close commits what is in memory. It does not close the database.
func (in *Ingest) Close(ctx context.Context) error { return in.Flush(ctx) }

// load reads the time of the newest event, and records the time zone.
func (in *Ingest) load(ctx context.Context) error {
	return in.write(ctx, func(ctx context.Context, tx *database.Tx) error {
		var latest int64
		if err := tx.QueryRow(ctx, "select coalesce(max(last_ns), 0) from setup_counts where what = 'kind'").Scan(&latest); err != nil {
			return err
		}
		in.latest.Store(latest)
		var err error
		in.OtherZone, err = recordZone(ctx, tx, in.set.Zone)
		return err
	})
}
