package chart

import (
	"slices"
	"time"
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
