package answer

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/fact"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// A series is a line: a number for each slot of a span. It is nil where the number is not
// known.
type series struct {
	name    string
	numbers []any
	total   float64
}

// lineRows returns a row for each series and slot. The columns are the time, perhaps the name
// of the series, and the number.
func lineRows(ctx context.Context, a *answer) ([][]any, int, error) {
	list, err := a.series(ctx)
	if err != nil {
		return nil, 0, err
	}
	if q := &a.panel.Query; q.Split == nil {
		slices.SortStableFunc(list, func(a, b *series) int {
			return cmp.Or(cmp.Compare(b.total, a.total), cmp.Compare(a.name, b.name))
		})
		if q.Top > 0 && len(list) > q.Top {
			list = list[:q.Top]
		}
	}
	var rows [][]any
	slots := a.span.slots
	if coarse := a.coarseSlots(); coarse != nil {
		slots = coarse
	}
	for _, one := range list {
		for i, slot := range slots {
			row := []any{slot.at, one.name, one.numbers[i]}
			if len(a.panel.Columns) == 2 {
				row = slices.Delete(row, 1, 2)
			}
			rows = append(rows, row)
		}
	}
	return rows, 0, nil
}

// nothing returns the number of a slot without events: 0 for sums. Shares and durations
// have none.
func nothing(unit string) any {
	switch unit {
	case "1", "s":
		return nil
	case "USD":
		return 0.0
	}
	return int64(0)
}

// series reads the numbers of a line by time.
func (a *answer) series(ctx context.Context) ([]*series, error) {
	q, columns := &a.panel.Query, a.panel.Columns
	values := []string{"t"}
	for _, part := range q.Split {
		values = append(values, part.Value)
	}
	key := ""
	if q.Split == nil {
		values = append(values, columns[len(columns)-1].Value)
		if len(columns) == 3 {
			key = columns[1].Value
			values = append(values, key)
		}
	}
	s := a.newStatement(a.span)
	s.coarse = a.coarseSlots()
	rows, _, err := a.query(ctx, s, s.selection(q, true, values, ""))
	if err != nil {
		return nil, err
	}
	slots := a.span.slots
	if s.coarse != nil {
		slots = s.coarse
		for _, row := range rows { // of weeks, days and hours
			at, _ := row[0].(int64)
			row[0] = timeOf(at, a.set.Zone).Unix()
		}
	}
	lines := newLines(slots, nothing(a.panel.Unit()))
	for _, part := range q.Split {
		lines.of(part.Name)
	}
	if q.Split == nil && key == "" {
		lines.of("")
	}
	for _, row := range rows {
		at, _ := row[0].(int64)
		switch {
		case q.Split != nil:
			for i, part := range q.Split {
				lines.add(part.Name, at, numberOf(row[i+1]))
			}
		case key != "":
			name, _ := row[2].(string)
			lines.add(name, at, numberOf(row[1]))
		default:
			lines.add("", at, numberOf(row[1]))
		}
	}
	return lines.list, nil
}

// The longest spans whose lines have a point for each hour and day, if they can be coarse.
const (
	maxHours = 48
	maxDays  = 31
)

// coarseSlots returns the days or weeks of a line that has no point for each hour or day,
// nil for other lines. The first and the last can be incomplete. Their keys are in Unix
// seconds.
func (a *answer) coarseSlots() (slots []slot) {
	in := a.span
	begins := func(at time.Time) bool { return at.Weekday() == time.Monday }
	longest := maxDays
	if in.grain == fact.Hour {
		begins = func(at time.Time) bool { return report.StartOfDay(at, 0).Equal(at) }
		longest = maxHours
	}
	if !a.panel.Query.Coarse || len(in.slots) <= longest {
		return nil
	}
	for i, s := range in.slots {
		if i == 0 || begins(s.at) {
			slots = append(slots, slot{s.at, s.at.Unix()})
		}
	}
	return slots
}

// lines are the series of a span, in the order in which they first occur.
type lines struct {
	slots []slot
	empty []any // the numbers of a series without events
	adds  bool  // whether numbers add up
	list  []*series
	named map[string]*series
}

func newLines(slots []slot, nothing any) *lines {
	return &lines{
		slots: slots, empty: slices.Repeat([]any{nothing}, len(slots)), adds: nothing != nil, named: map[string]*series{},
	}
}

func (l *lines) of(name string) *series {
	one := l.named[name]
	if one == nil {
		one = &series{name: name, numbers: slices.Clone(l.empty)}
		l.named[name], l.list = one, append(l.list, one)
	}
	return one
}

// add adds a number to the slot that contains a time. The hours that were stored before
// a change of the time zone can start within a slot.
func (l *lines) add(name string, at int64, number any) {
	i, found := slices.BinarySearchFunc(l.slots, at, func(s slot, at int64) int { return cmp.Compare(s.key, at) })
	if !found {
		i--
	}
	if i < 0 {
		return
	}
	one := l.of(name)
	if number == nil || !l.adds {
		one.numbers[i] = number
	} else {
		one.numbers[i] = plus(one.numbers[i], number)
	}
	one.total += floatOf(number)
}

// plus adds two numbers of a column, which have one type. The first can be unknown.
func plus(a, b any) any {
	switch b := b.(type) {
	case int64:
		a, _ := a.(int64)
		return a + b
	case float64:
		return floatOf(a) + b
	}
	return a
}

func floatOf(number any) float64 {
	switch n := number.(type) {
	case int64:
		return float64(n)
	case float64:
		return n
	}
	return 0
}
