package ingest

import (
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/fact"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// An event is what a commit writes of one event. Its observations are a part of those of
// its batch.
type event struct {
	id        uint64 // identifies what counts once, 0 if each event counts
	at        moment
	org, user nameRef
	person    person
	from, to  uint32 // its observations
	detail
}

// An observation is a number that is added to the sums of a fact.
type observation struct {
	value  int64
	labels [maxLabels]uint32 // references to names, or numbers such as a bucket
	fact   uint8
	sum    uint8
}

// maxLabels is the largest number of labels of a fact.
const maxLabels = 3

// A batch holds the events of one commit, in the order of their arrival.
type batch struct {
	number       int64 // of the commit, increasing
	events       []event
	observations []observation
	setup        setupCounts
	entries      int   // that count against the limit of pending entries
	arrived      int64 // Unix seconds of the latest arrival
	latest       int64 // the time of the newest event in Unix nanoseconds
}

func newBatch(number int64) *batch { return &batch{number: number} }

// empty reports whether there is nothing to commit.
func (b *batch) empty() bool { return len(b.events) == 0 && b.setup.empty() }

// A moment is the time of an event. It shares the slot with other events of the hour.
type moment struct {
	ns   int64 // Unix nanoseconds
	slot *slot
}

// A slot is an hour with the keys of the tables of sums.
type slot struct {
	// at are the values of the time columns by grain. That of the hour is 0 for an event
	// that is older than hours are stored.
	at        [3]int64
	hourOfDay uint32
}

// day returns the date of the event as a number such as 20261129.
func (m moment) day() int64 { return m.slot.at[fact.Day] }

// The accepted times of an event.
const (
	earliest = 1577836800     // 2020, before the first client
	ahead    = 24 * time.Hour // after the arrival, for wrong clocks
)

// A calendar returns the slots of a zone. It caches them by the quarter of an hour, the
// unit of all offsets of zones. It is not safe for concurrent use.
type calendar struct {
	zone  *time.Location
	slots map[quarter]*slot
	last  quarter
	found *slot // of last
}

// A quarter is a quarter of an hour since 1970, and whether its hour is stored.
type quarter struct {
	n      int64
	hourly bool
}

// maxSlots bounds the cache, which begins anew beyond it: forty days of both kinds.
const maxSlots = 8192

func newCalendar(zone *time.Location) calendar {
	return calendar{zone: zone, slots: map[quarter]*slot{}}
}

// locate returns the slot of a time.
func (c *calendar) locate(unix int64, hourly bool) *slot {
	q := quarter{unix / 900, hourly}
	if q == c.last && c.found != nil {
		return c.found
	}
	s := c.slots[q]
	if s == nil {
		s = slotOf(time.Unix(unix, 0).In(c.zone), hourly)
		if len(c.slots) >= maxSlots {
			clear(c.slots)
		}
		c.slots[q] = s
	}
	c.last, c.found = q, s
	return s
}

func slotOf(t time.Time, hourly bool) *slot {
	monday := (int(t.Weekday()) + 6) % 7
	s := &slot{hourOfDay: uint32(t.Hour())}
	s.at[fact.Day] = dateNumber(t)
	s.at[fact.Week] = dateNumber(time.Date(t.Year(), t.Month(), t.Day()-monday, 12, 0, 0, 0, time.UTC))
	if hourly {
		s.at[fact.Hour] = report.StartOfHour(t).Unix()
	}
	return s
}

// dateNumber returns the date of a time as a number such as 20261129.
func dateNumber(t time.Time) int64 {
	year, month, day := t.Date()
	return int64(year)*10000 + int64(month)*100 + int64(day)
}
