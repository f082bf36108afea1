package store

import (
	"time"

	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
)

// The kinds that this collector writes itself.
const (
	summaryKind = "prompt_summary"
	alertKind   = "alert"
)

// The largest accepted numbers of one event: a billion dollars in micro-dollars, more
// tokens than exist, and a month.
const (
	maxNumber       = 1e15
	maxMilliseconds = 30 * 24 * 3600 * 1000
)

// The accepted times of an event.
const (
	earliest = 1577836800     // 2020, before the first client
	ahead    = 24 * time.Hour // after the arrival, for wrong clocks
)

// hashesPerEntry is how many hashes count as one entry of a delta.
const hashesPerEntry = 16

// An intake adds events to a delta. It is not safe for concurrent use.
type intake struct {
	set        Settings
	dictionary *dictionary
	recent     *recent
	calendar   calendar
	sessions   *recent // already added
	stats      *Stats

	now         time.Time
	d           *delta
	costs, took reading // cached for the current event
}

func newIntake(set Settings, stats *Stats) *intake {
	return &intake{
		set: set, stats: stats, dictionary: newDictionary(set, stats), recent: newRecent(set.MaxRecent),
		calendar: calendar{zone: set.Zone}, sessions: newRecent(min(set.MaxRecent, 1<<16)),
		d: newDelta(set.MaxPending),
	}
}

// An eventKey is the time, the organization and the user of an event.
type eventKey struct {
	unix      int64 // in nanoseconds
	at        [len(grains)]int64
	hour      int
	org, user uint32
}

// addBatch adds the events of a batch.
func (in *intake) addBatch(now time.Time, ld plog.Logs) {
	in.now = now
	for e := range cowork.Events(ld) {
		in.event(e)
	}
}

func (in *intake) event(e cowork.Event) {
	if e.Redelivered() {
		in.stats.Duplicates++
		return
	}
	in.costs, in.took = reading{}, reading{}
	kind := e.Kind()
	name := "unknown"
	if kind != nil {
		name = kind.Name
	}
	if in.d.full() {
		in.stats.Lost++
		return
	}
	at, ok := in.when(e)
	if !ok { // before the identity is recorded, which may evict another
		in.stats.Old++
		return
	}
	if id := countedID(e); id != 0 {
		if !in.recent.remember(id) {
			in.stats.Duplicates++
			return
		}
		if in.d.recent = append(in.d.recent, id); len(in.d.recent)%hashesPerEntry == 0 {
			in.d.room--
		}
	}
	m := in.eventKey(e, at)
	in.stats.Events++
	in.d.events++
	in.d.latest = max(in.d.latest, m.unix)
	if kind == nil || !kind.Own {
		in.addTallies(e, kind, name, m)
	}
	if !e.Desktop() { // the client inside the desktop application sends the same events
		in.count(e, name, m)
	}
}

// when returns the time of an event, false if it is older than the retention.
func (in *intake) when(e cowork.Event) (time.Time, bool) {
	at := e.Time().AsTime()
	if at.Unix() < earliest || at.After(in.now.Add(ahead)) {
		in.stats.Misdated++
		at = in.now
	}
	return at, !at.Before(in.now.Add(-in.set.Days))
}

// eventKey returns the key of an event with a time.
func (in *intake) eventKey(e cowork.Event, at time.Time) (m eventKey) {
	m.unix = at.UnixNano()
	m.at, m.hour = in.calendar.locate(at.Unix())
	if at.Before(in.now.Add(-in.set.Hours)) {
		m.at[hourly] = notKept
	}
	day := m.at[daily]
	m.org = in.dictionary.id(catOrganization, e.Dimension("organization"), day)
	m.user = in.dictionary.id(catUser, e.User(), day)
	return m
}

// count adds an event to all of its sums.
func (in *intake) count(e cowork.Event, name string, m eventKey) {
	if count := kindHandlers[name]; count != nil {
		count(in, e, m)
	}
	if name == summaryKind || name == alertKind {
		return
	}
	in.d.addCell(people, m.at, cellKey{m.org, m.user, 0}, peopleSums(e, name))
	in.session(e, m)
	list, ok := countersOf[name]
	if !ok {
		list = countersOf[""]
	}
	for i := range list {
		in.addCounter(&list[i], e, m)
	}
	in.step(e, name, m)
}

var (
	oneEvent  = &sums{atEvents: 1}
	onePrompt = &sums{atEvents: 1, atPrompts: 1}
	oneTask   = &sums{atEvents: 1, atTasks: 1}
)

func peopleSums(e cowork.Event, name string) *sums {
	switch {
	case name != "user_prompt":
		return oneEvent
	case originOf(e) == cowork.OriginUser:
		return onePrompt
	default:
		return oneTask
	}
}

// session records the first event of a session.
func (in *intake) session(e cowork.Event, m eventKey) {
	id := e.SessionID()
	if id == "" {
		return
	}
	if hash := sessionDigest(id); in.sessions.remember(hash) {
		in.d.sessions[hash] = session{m.at, m.org, m.user}
		in.d.room--
	}
}

func (in *intake) addCounter(f *counter, e cowork.Event, m eventKey) {
	s, ok := f.count(in, e)
	if !ok {
		return
	}
	var id [3]uint32
	for i, n := range f.names {
		id[i] = in.dictionary.id(n.category, n.read(e), m.at[daily])
	}
	in.d.addCounter(f.kind, m.at, m.org, id[0], id[1], id[2], s)
}

// kindHandlers record more than counters for some kinds of events.
var kindHandlers = map[string]func(*intake, cowork.Event, eventKey){
	"user_prompt":     (*intake).prompt,
	"api_request":     (*intake).request,
	"api_error":       (*intake).apiError,
	"api_refusal":     (*intake).refusal,
	"tool_result":     (*intake).tool,
	"plugin_loaded":   (*intake).plugin,
	"skill_activated": (*intake).skill,
	summaryKind:       (*intake).summary,
	alertKind:         (*intake).alert,
}

func (in *intake) model(e cowork.Event, m eventKey) uint32 {
	return in.dictionary.id(catModel, byModel.read(e), m.at[daily])
}

func (in *intake) prompt(e cowork.Event, m eventKey) {
	if originOf(e) == cowork.OriginUser {
		in.d.addCounter(hourCounter, m.at, m.org, uint32(m.hour)+1, 0, 0, counterSums{1})
	}
	var s sums
	if in.tokens(e, &s) { // only few clients send tokens here
		in.d.addCell(spend, m.at, cellKey{m.org, m.user, in.model(e, m)}, &s)
	}
}

func (in *intake) request(e cowork.Event, m eventKey) {
	model := in.model(e, m)
	s := sums{atRequests: 1, atCost: in.cost(e)}
	in.tokens(e, &s)
	in.d.addCell(spend, m.at, cellKey{m.org, m.user, model}, &s)
	if ms, ok := in.milliseconds(e); ok {
		in.d.addLatency(requestLatency, m.at, m.org, model, ms)
	}
}

func (in *intake) apiError(e cowork.Event, m eventKey) {
	model := in.model(e, m)
	in.d.addCell(spend, m.at, cellKey{m.org, m.user, model}, &sums{atErrors: 1})
	if ms, ok := in.milliseconds(e); ok {
		in.d.addLatency(errorLatency, m.at, m.org, model, ms)
	}
}

func (in *intake) refusal(e cowork.Event, m eventKey) {
	in.d.addCell(spend, m.at, cellKey{m.org, m.user, in.model(e, m)}, &sums{atRefusals: 1})
}

func (in *intake) tool(e cowork.Event, m eventKey) {
	if ms, ok := in.milliseconds(e); ok {
		in.d.addLatency(toolCounter, m.at, m.org, in.dictionary.id(catTool, byTool.read(e), m.at[daily]), ms)
	}
}

func (in *intake) plugin(e cowork.Event, m eventKey) {
	in.adopt(pluginCounter, byPlugin, byEnabledVia, e, m)
}

func (in *intake) skill(e cowork.Event, m eventKey) { in.adopt(skillCounter, bySkill, name{}, e, m) }

func (in *intake) adopt(kind counterKind, what, via name, e cowork.Event, m eventKey) {
	day := m.at[daily]
	a := adoption{kind: kind, name: in.dictionary.id(what.category, what.read(e), day), user: m.user}
	if via.read != nil {
		a.via = in.dictionary.id(via.category, via.read(e), day)
	}
	if a.user != noName {
		in.d.addAdoption(a, m.org, day)
	}
}
