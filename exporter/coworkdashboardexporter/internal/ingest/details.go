package ingest

// This file is the interface to what is stored besides sums. The helper of details
// replaces it.

import (
	"context"
	"time"

	"github.com/cowork-otel/collector/internal/cowork"
)

// A detail is what is stored of an event besides sums. It costs nothing for an event that
// has none.
type detail struct{}

// entries returns how many entries the detail counts for in memory.
func (d detail) entries() int { return 0 }

// setupCounts are the counts of the setup check of one batch.
type setupCounts struct{}

func (s *setupCounts) empty() bool { return true }

// detailOf reads the details of an event with a name and a moment.
func (in *intake) detailOf(cowork.Event, string, *event) detail { return detail{} }

// addSetup counts an event for the setup check. The kind is nil if it is unknown.
func (in *intake) addSetup(cowork.Event, *cowork.Kind, string, moment) {}

// writeSessions writes the sessions of the new events and calls countSession for the first
// event of each new session, before sums are written.
func (c *commit) writeSessions(context.Context, transaction) error { return nil }

// writeDetails writes the details of the new events and the setup counts.
func (c *commit) writeDetails(context.Context, transaction) error { return nil }

// sweepDetails deletes details beyond their limits, at most a bounded number of rows, and
// reports whether there may be more.
func (in *Ingest) sweepDetails(context.Context, transaction, time.Time) (more bool, err error) {
	return false, nil
}
