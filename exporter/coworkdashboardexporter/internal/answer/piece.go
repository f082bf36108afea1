package answer

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/fact"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// A piece is a part of a span that is read from the table of one grain.
type piece struct {
	grain fact.Grain
	// runs are the ranges of the time column, each inclusive.
	runs []timeRange
	// keys are all values of the time column.
	keys []int64
}

type timeRange struct{ from, to int64 }

// piecesOf divides a span into complete weeks, if a table has them, complete days, and
// hours. A total of the latest 90 days by user is read from 13 weeks and at most 6 days:
// that is a fifth of the rows.
func piecesOf(s span, grains []fact.Grain) []piece {
	pieces := map[fact.Grain]*piece{}
	add := func(g fact.Grain, key int64, follows bool) {
		p := pieces[g]
		if p == nil {
			p = &piece{grain: g}
			pieces[g] = p
		}
		p.keys = append(p.keys, key)
		if n := len(p.runs); follows && n > 0 {
			p.runs[n-1].to = key
		} else {
			p.runs = append(p.runs, timeRange{key, key})
		}
	}
	weeks := slices.Contains(grains, fact.Week)
	last := fact.Grain(255) // the grain of the previous part
	for i := 0; i < len(s.slots); {
		g, n := longest(s, i, weeks)
		add(g, keyOf(s.slots[i].at, g), g == last)
		last = g
		i += n
	}
	var list []piece
	for _, g := range []fact.Grain{fact.Week, fact.Day, fact.Hour} {
		if p := pieces[g]; p != nil {
			list = append(list, *p)
		}
	}
	return list
}

// longest returns the longest grain that fits into a span at a slot, and its number of
// slots.
func longest(s span, i int, weeks bool) (fact.Grain, int) {
	at := s.slots[i].at
	day := wholeDays(s, i, 1)
	if day == 0 {
		return fact.Hour, 1
	}
	if weeks && at.Weekday() == time.Monday {
		if n := wholeDays(s, i, 7); n > 0 {
			return fact.Week, n
		}
	}
	return fact.Day, day
}

// wholeDays returns how many slots the days that start at a slot have, 0 if the slot is
// not the start of a day, or if the span ends within the days and later figures exist.
func wholeDays(s span, i, days int) int {
	rest := 0
	if s.newest {
		rest = len(s.slots) - i
	}
	if s.grain == fact.Day {
		if i+days > len(s.slots) {
			return rest
		}
		return days
	}
	at := s.slots[i].at
	if !report.StartOfDay(at, 0).Equal(at) {
		return 0
	}
	end := report.StartOfDay(at, days)
	for n := i; n < len(s.slots); n++ {
		if !s.slots[n].at.Before(end) {
			return n - i
		}
	}
	if s.to.Before(end) {
		return rest
	}
	return len(s.slots) - i
}

// during returns the condition on the time column. With single set, it lists the values:
// the key of a table by user begins with the time and the user, so that the rows of a
// user are found one by one. A range would read the rows of all users.
func (p *piece) during(single bool) string {
	if single {
		return p.grain.String() + " in (" + joinInts(p.keys) + ")"
	}
	var runs []string
	for _, r := range p.runs {
		runs = append(runs, fmt.Sprintf("%s between %d and %d", p.grain, r.from, r.to))
	}
	if len(runs) == 1 {
		return runs[0]
	}
	return "(" + strings.Join(runs, " or ") + ")"
}

func joinInts(list []int64) string {
	var b strings.Builder
	for i, n := range list {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprint(&b, n)
	}
	return b.String()
}

// pieceOf returns a span as one piece, so that its rows have the time of their slots.
func pieceOf(s span) piece {
	p := piece{grain: s.grain}
	for _, slot := range s.slots {
		p.keys = append(p.keys, slot.key)
	}
	p.runs = []timeRange{{p.keys[0], p.keys[len(p.keys)-1]}}
	return p
}
