package web

import (
	"math"
	"slices"
	"time"
)

// A graph is numbers by time and name, as they come.
type graph struct {
	times []time.Time // in order, once each
	names []string    // as first seen
	total map[string]float64
	cells map[point]float64
}

type point struct {
	at   int64
	name string
}

func newGraph() *graph {
	return &graph{total: map[string]float64{}, cells: map[point]float64{}}
}

// add takes a row of time, name where there are several, and number.
func (g *graph) add(row []any, name string) error {
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
	if _, seen := g.total[name]; !seen {
		g.names = append(g.names, name)
		g.total[name] = 0
	}
	if i, seen := slices.BinarySearchFunc(g.times, at, time.Time.Compare); !seen {
		g.times = slices.Insert(g.times, i, at)
	}
	if v, ok := amount(row[len(row)-1]); ok {
		g.total[name] += v
		g.cells[point{at.Unix(), name}] += v
	}
	return nil
}

func (g *graph) at(t time.Time, name string) (float64, bool) {
	v, ok := g.cells[point{t.Unix(), name}]
	return v, ok
}

// amount is a cell's number, if it has one.
func amount(v any) (float64, bool) {
	switch v := v.(type) {
	case int64:
		return float64(v), true
	case float64:
		return v, !math.IsNaN(v) && !math.IsInf(v, 0)
	}
	return 0, false
}

// fill gives each time between the first and the last its row: where nothing was
// counted, a sum is zero and a ratio is not known.
func (g *graph) fill(zero bool, zone *time.Location) {
	if step := g.step(); step > 0 {
		g.times = between(g.times, step, zone)
	}
	if !zero {
		return
	}
	for _, t := range g.times {
		for _, name := range g.names {
			if _, ok := g.at(t, name); !ok {
				g.cells[point{t.Unix(), name}] = 0
			}
		}
	}
}

// step is the shortest time between two times.
func (g *graph) step() time.Duration {
	step := time.Duration(0)
	for i := 1; i < len(g.times); i++ {
		if d := g.times[i].Sub(g.times[i-1]); step == 0 || d < step {
			step = d
		}
	}
	return step
}

// between returns the times with those that are missing among them. Days are those of
// the calendar: some have 23 hours, some 25.
func between(times []time.Time, step time.Duration, zone *time.Location) []time.Time {
	next := func(t time.Time) time.Time { return t.Add(step) }
	if step >= 23*time.Hour {
		days := int((step + 2*time.Hour) / (24 * time.Hour))
		next = func(t time.Time) time.Time { return t.In(zone).AddDate(0, 0, days) }
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
