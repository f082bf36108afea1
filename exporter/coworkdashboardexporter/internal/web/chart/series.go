package chart

import (
	"slices"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// A seriesSet collects numbers by time and series.
type seriesSet struct {
	times  []time.Time // sorted, without duplicates
	names  []string    // in the order in which they first occur
	totals map[string]float64
	values map[point]float64
}

type point struct {
	at   int64
	name string
}

func newSeriesSet() *seriesSet {
	return &seriesSet{totals: map[string]float64{}, values: map[point]float64{}}
}

// addRow adds a row of time, name and number. A row of two columns has no name and
// belongs to the series of the given name.
func (s *seriesSet) addRow(row []any, name string) error {
	if len(row) < 2 {
		return errShape
	}
	at, ok := row[0].(time.Time)
	if len(row) == 3 {
		name, _ = row[1].(string)
	}
	if !ok {
		return errShape
	}
	if _, seen := s.totals[name]; !seen {
		s.names = append(s.names, name)
		s.totals[name] = 0
	}
	if i, seen := slices.BinarySearchFunc(s.times, at, time.Time.Compare); !seen {
		s.times = slices.Insert(s.times, i, at)
	}
	if v, ok := finite(row[len(row)-1]); ok {
		s.totals[name] += v
		s.values[point{at.Unix(), name}] += v
	}
	return nil
}

func (s *seriesSet) value(t time.Time, name string) (float64, bool) {
	v, ok := s.values[point{t.Unix(), name}]
	return v, ok
}

// fillGaps adds the missing times between the first and the last. With zero set, a
// missing number becomes 0; else it remains unknown.
func (s *seriesSet) fillGaps(zero bool, zone *time.Location) {
	if step := s.step(); step > 0 {
		s.times = regularTimes(s.times, step, zone)
	}
	if !zero {
		return
	}
	for _, t := range s.times {
		for _, name := range s.names {
			if _, ok := s.value(t, name); !ok {
				s.values[point{t.Unix(), name}] = 0
			}
		}
	}
}

// step returns the shortest distance between two times.
func (s *seriesSet) step() time.Duration {
	step := time.Duration(0)
	for i := 1; i < len(s.times); i++ {
		if d := s.times[i].Sub(s.times[i-1]); step == 0 || d < step {
			step = d
		}
	}
	return step
}

// regularTimes returns the times with the missing steps between them. A step of a day
// follows the calendar: days have 23 to 25 hours.
func regularTimes(times []time.Time, step time.Duration, zone *time.Location) []time.Time {
	next := func(t time.Time) time.Time { return t.Add(step) }
	if step >= 23*time.Hour {
		days := int((step + 2*time.Hour) / (24 * time.Hour))
		next = func(t time.Time) time.Time { return report.StartOfDay(t.In(zone), days) }
	}
	all := []time.Time{times[0]}
	for _, t := range times[1:] {
		for at := next(all[len(all)-1]); at.Before(t) && len(all) < maxTimes; at = next(at) {
			all = append(all, at)
		}
		if all = append(all, t); len(all) >= maxTimes {
			break
		}
	}
	return all
}
