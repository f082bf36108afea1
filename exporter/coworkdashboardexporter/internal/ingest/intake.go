package ingest

import (
	"time"

	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/details"
	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/digest"
	"github.com/cowork-otel/collector/internal/metric"
)

// An intake reads events into batches. It is not safe for concurrent use.
type intake struct {
	set      Settings
	facts    *metric.FactReader
	names    *names
	labels   labelReader
	calendar calendar
	setup    details.Counter
	recent   digest.Set
	maxSlots int // of recent
	stats    *Stats
	origins  map[string]*details.SharedOrigin // of sessions with recent events

	now     time.Time
	batch   *batch
	closed  []*batch // whose events are complete, the next to commit first
	pending int      // entries of all batches
}

// maxBatch is how many events a commit has at most, so that it takes about two seconds. A
// row is written once for all events of the commit that add to it.
const maxBatch = 100_000

func newIntake(set Settings, stats *Stats) *intake {
	in := &intake{
		set: set, facts: metric.NewFactReader(), names: newNames(set, stats), calendar: newCalendar(set.Zone),
		maxSlots: digest.SlotsFor(set.MaxRecent), stats: stats, batch: newBatch(1),
	}
	in.labels.names = in.names
	return in
}

// addBatch adds the events of a batch.
func (in *intake) addBatch(now time.Time, ld plog.Logs) {
	in.now = now
	for e := range cowork.Events(ld) {
		in.addEvent(e)
	}
}

func (in *intake) addEvent(e cowork.Event) {
	if e.Redelivered() {
		in.stats.Duplicates++
		return
	}
	if in.pending >= in.set.MaxPending {
		in.stats.Lost++
		return
	}
	at, ok := in.when(e)
	if !ok { // before the identity is recorded, which may evict another
		in.stats.Old++
		return
	}
	r := in.facts.Read(e)
	if r.ID != 0 {
		if in.recent.Contains(r.ID) {
			in.stats.Duplicates++
			return
		}
		in.recent.Insert(r.ID, in.maxSlots)
	}
	in.stats.Invalid += int64(r.Invalid)
	in.stats.Overflow[hostKind] += int64(r.Omitted)
	in.append(e, &r, at)
}

// append adds an event that counts to the batch.
func (in *intake) append(e cowork.Event, r *metric.Reading, at moment) {
	b := in.batch
	b.arrived = max(b.arrived, in.now.Unix())
	b.latest = max(b.latest, at.ns)
	ev := event{
		id: storedID(e, r.ID), at: at,
		org: in.labels.organization(r.Organization), user: in.labels.user(r.User),
		from: uint32(len(b.observations)),
	}
	b.observations = in.labels.read(b.observations, r.Observations, at)
	ev.to = uint32(len(b.observations))
	kind := e.Kind()
	if kind == nil || !kind.Own { // a summary repeats names of the first event of its prompt
		ev.person = in.labels.person(e)
		in.addSetup(e, kind, r.Kind, at)
	}
	if !e.Desktop() { // the client inside the desktop application sends the same events
		ev.detail = in.detailOf(e, r.Kind, &ev)
	}
	b.events = append(b.events, ev)
	entries := 1 + ev.detail.entries()
	b.entries += entries
	in.pending += entries
	if len(b.events) >= maxBatch {
		in.close()
	}
}

// sessionBits are the first bits of a stored identity, which are those of its session.
const sessionBits = 20

// storedID returns the identity of an event as it is stored. Events that arrive together
// are of few sessions, so their rows are on few pages of the index: a commit of SQLite
// takes a third less than with identities at random. The other bits distinguish the
// events of a session.
func storedID(e cowork.Event, id digest.Digest) uint64 {
	session := e.SessionID()
	if id == 0 || session == "" {
		return uint64(id)
	}
	const rest = 64 - sessionBits
	return uint64(digest.Digest(4).Text(session).Sum())>>rest<<rest | uint64(id)>>sessionBits
}

// close ends the current batch.
func (in *intake) close() {
	if in.batch.empty() {
		return
	}
	in.closed = append(in.closed, in.batch)
	in.batch = newBatch(in.batch.number + 1)
}

// crowded reports whether the memory for events is half full.
func (in *intake) crowded() bool { return in.pending >= in.set.MaxPending/2 }

// lastNumber returns the number of the commit of the last event.
func (in *intake) lastNumber() int64 {
	if in.batch.empty() {
		return in.batch.number - 1
	}
	return in.batch.number
}

// when returns the time of an event, false if it is older than the retention.
func (in *intake) when(e cowork.Event) (moment, bool) {
	at := e.Time().AsTime()
	if at.Unix() < earliest || at.After(in.now.Add(ahead)) {
		in.stats.Misdated++
		at = in.now
	}
	if at.Before(in.now.Add(-in.set.Days)) {
		return moment{}, false
	}
	hourly := !at.Before(in.now.Add(-in.set.Hours))
	return moment{at.UnixNano(), in.calendar.locate(at.Unix(), hourly)}, true
}
