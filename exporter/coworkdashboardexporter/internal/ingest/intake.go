package ingest

import (
	"time"

	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/digest"
)

// An intake reads events into batches. It is not safe for concurrent use.
type intake struct {
	set      Settings
	names    *names
	calendar calendar
	recent   digest.Set
	maxSlots int // of recent
	stats    *Stats

	now   time.Time
	batch *batch
}

func newIntake(set Settings, stats *Stats) *intake {
	return &intake{
		set: set, names: newNames(set, stats), calendar: newCalendar(set.Zone),
		maxSlots: digest.SlotsFor(set.MaxRecent), stats: stats, batch: &batch{number: 1},
	}
}

// addBatch adds the events of a batch.
func (in *intake) addBatch(now time.Time, ld plog.Logs) {
	in.now = now
	in.batch.arrived = max(in.batch.arrived, now.Unix())
	for e := range cowork.Events(ld) {
		in.add(e)
	}
}

func (in *intake) add(e cowork.Event) { _ = e }
