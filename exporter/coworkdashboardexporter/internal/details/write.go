package details

import (
	"context"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
)

// An Event is an event of a commit, with the ids of its names.
type Event struct {
	*Detail
	At                 int64 // Unix nanoseconds
	Day                int64 // the date, as a number
	User, Organization int64
	// PluginName and EnabledVia are those of an event that names a plugin.
	PluginName, EnabledVia int64
	// Tool and Connector are those of a call, a decision, or a failed request.
	Tool, Connector int64
	// Sources are what the event shows that its user has or reaches.
	Sources []SourceRow
	// Counted is set if the page counts the event.
	Counted bool
	Numbers Numbers
}

// Limits bound what is stored: prompts, steps of each, sessions, alerts, and the bytes of
// a content.
type Limits struct{ Prompts, Steps, Sessions, Alerts, Content int }

// Dropped counts what was not stored, or deleted, because of the limits, and what was too
// old.
type Dropped struct{ Prompts, Steps, Tools, Sessions, Alerts, Old int64 }

// A Writer writes details in a transaction.
type Writer struct {
	Tx     *database.Tx
	Limits Limits
	// Several is set if other collectors can write at the same time.
	Several bool
	// Trim is set if the rows beyond the limits are deleted too. More is set if there are
	// more of them.
	Trim, More bool
	Dropped    Dropped
	Contents   ContentCounts
}

// Write writes the details of the new events of a commit, and the counts of the setup
// check.
func (w *Writer) Write(ctx context.Context, events []Event, counts *Counts) error {
	if err := w.writePrompts(ctx, events); err != nil {
		return err
	}
	if err := writeAlerts(ctx, w, events); err != nil {
		return err
	}
	if err := writePluginUsers(ctx, w.Tx, events); err != nil {
		return err
	}
	if err := writeSources(ctx, w.Tx, events); err != nil {
		return err
	}
	if err := w.Tx.Insert(ctx, "setup_counts", CountColumns, addSetupCounts, counts.Rows()); err != nil || !w.Trim {
		return err
	}
	var err error
	w.More, err = w.deleteSurplus(ctx)
	return err
}

const addSetupCounts = `on conflict (day, what, a, b) do update set count = setup_counts.count + excluded.count,
	first_ns = case when excluded.first_ns < setup_counts.first_ns then excluded.first_ns else setup_counts.first_ns end,
	last_ns = case when excluded.last_ns > setup_counts.last_ns then excluded.last_ns else setup_counts.last_ns end`

// lock is how a query ends that locks the rows until the end of the transaction. SQLite has
// one writer.
func (w *Writer) lock() string {
	if w.Several {
		return " for update"
	}
	return ""
}
