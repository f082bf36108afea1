package webtest

import (
	"cmp"
	"math"
	"slices"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

func columns(namesAndUnits ...string) []report.Column {
	var out []report.Column
	for pair := range slices.Chunk(namesAndUnits, 2) {
		out = append(out, report.Column{Name: pair[0], Unit: pair[1]})
	}
	return out
}

func (t *Team) sum(f report.Filter, of func(hour) float64) float64 {
	n := 0.0
	t.within(f, func(h hour) { n += of(h) })
	return n
}

func before(f report.Filter) report.Filter {
	f.From, f.To = f.From.Add(-f.To.Sub(f.From)), f.From
	return f
}

func figure(of func(hour) float64) func(*Team, report.Filter) report.Table {
	return func(t *Team, f report.Filter) report.Table {
		return report.Table{
			Columns: columns("Now", "", "Before", ""),
			Rows:    [][]any{{t.sum(f, of), t.sum(f, of) * 0.883}},
		}
	}
}

func users(t *Team, f report.Filter) int64 {
	seen := map[int]bool{}
	t.within(f, func(h hour) { seen[h.user] = true })
	return int64(len(seen))
}

func active(t *Team, f report.Filter) report.Table {
	return report.Table{Columns: columns("Users", "{user}", "Before", "{user}"), Rows: [][]any{{users(t, f), users(t, before(f))}}}
}

func perUser(t *Team, f report.Filter) report.Table {
	var v any
	if n := users(t, f); n > 0 {
		v = t.sum(f, func(h hour) float64 { return h.cost }) / float64(n)
	}
	return report.Table{Columns: columns("Cost", "USD/{user}"), Rows: [][]any{{v}}}
}

func errorRate(t *Team, f report.Filter) report.Table {
	n := t.sum(f, func(h hour) float64 { return float64(h.requests) })
	if n == 0 {
		return report.Table{Columns: columns("Share", "1"), Rows: [][]any{{nil}}}
	}
	rate := t.sum(f, func(h hour) float64 { return float64(h.errors) }) / n
	return report.Table{Columns: columns("Share", "1", "Before", "1"), Rows: [][]any{{rate, rate + 0.012}}}
}

// ranked sums by a name, the most first.
func (t *Team) ranked(f report.Filter, name func(hour) string, of func(hour) float64) (names []string, sums map[string]float64) {
	sums = map[string]float64{}
	t.within(f, func(h hour) { sums[name(h)] += of(h) })
	for n := range sums {
		names = append(names, n)
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(sums[b], sums[a]), cmp.Compare(a, b)) })
	return names, sums
}

func byUser(t *Team, f report.Filter) report.Table {
	user := func(h hour) string { return t.name(h.user) }
	names, cost := t.ranked(f, user, func(h hour) float64 { return h.cost })
	_, prompts := t.ranked(f, user, func(h hour) float64 { return float64(h.prompts) })
	out := report.Table{Columns: columns("User", "", "Cost", "USD", "Prompts", "{prompt}")}
	for _, n := range names {
		out.Rows = append(out.Rows, []any{n, cost[n], int64(prompts[n])})
	}
	return out
}

func byModel(t *Team, f report.Filter) report.Table {
	model := func(h hour) string { return models[h.model] }
	names, cost := t.ranked(f, model, func(h hour) float64 { return h.cost })
	_, requests := t.ranked(f, model, func(h hour) float64 { return float64(h.requests) })
	out := report.Table{Columns: columns("Model", "", "Cost", "USD", "Requests", "{request}", "Each", "USD")}
	for _, n := range names {
		out.Rows = append(out.Rows, []any{n, cost[n], int64(requests[n]), cost[n] / requests[n]})
	}
	return out
}

// over sums by a moment and a name.
func (t *Team) over(f report.Filter, at func(hour) time.Time, name func(hour) string, of func(hour) float64) report.Table {
	type key struct {
		at   time.Time
		name string
	}
	sums := map[key]float64{}
	t.within(f, func(h hour) { sums[key{at(h), name(h)}] += of(h) })
	out := report.Table{Columns: columns("Time", "time", "Name", "", "Value", "")}
	for k, v := range sums {
		out.Rows = append(out.Rows, []any{k.at, k.name, v})
	}
	slices.SortFunc(out.Rows, func(a, b []any) int {
		return cmp.Or(a[0].(time.Time).Compare(b[0].(time.Time)), cmp.Compare(a[1].(string), b[1].(string)))
	})
	return out
}

func day(f report.Filter) func(hour) time.Time {
	return func(h hour) time.Time {
		y, m, d := h.at.In(f.Zone).Date()
		return time.Date(y, m, d, 0, 0, 0, 0, f.Zone)
	}
}

func byDay(t *Team, f report.Filter) report.Table {
	return t.over(f, day(f), func(h hour) string { return models[h.model] }, func(h hour) float64 { return h.cost })
}

func byHour(t *Team, f report.Filter) report.Table {
	at := day(f)
	if f.To.Sub(f.From) < 8*24*time.Hour {
		at = func(h hour) time.Time { return h.at }
	}
	out := t.over(f, at, func(hour) string { return "" }, func(h hour) float64 { return float64(h.prompts) })
	out.Columns = columns("Time", "time", "Prompts", "{prompt}")
	for i, row := range out.Rows {
		out.Rows[i] = []any{row[0], int64(row[2].(float64))}
	}
	return out
}

func byWeekday(t *Team, f report.Filter) report.Table {
	var sums [7][24]int64
	t.within(f, func(h hour) { at := h.at.In(f.Zone); sums[(at.Weekday()+6)%7][at.Hour()] += h.prompts })
	out := report.Table{Columns: columns("Day", "", "Hour", "{hour}", "Prompts", "{prompt}")}
	for d, hours := range sums {
		for h, n := range hours {
			out.Rows = append(out.Rows, []any{time.Weekday((d + 1) % 7).String(), int64(h), n})
		}
	}
	return out
}

func latency(t *Team, f report.Filter) report.Table {
	seen := t.over(f, day(f), func(hour) string { return "" }, func(h hour) float64 { return float64(h.requests) })
	out := report.Table{Columns: columns("Time", "time", "Share", "", "Seconds", "s")}
	for i, row := range seen.Rows {
		base := 3.1 + math.Sin(float64(i)/4)*0.6
		for j, name := range []string{"50 %", "95 %", "99 %"} {
			out.Rows = append(out.Rows, []any{row[0], name, base * []float64{1, 3.4, 7.2}[j]})
		}
	}
	return out
}
