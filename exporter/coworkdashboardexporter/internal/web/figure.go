package web

import (
	"math"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// A figureView is one number, large.
type figureView struct {
	Number cell
	Noun   string
	// Change is how it differs from the time before, "" where that is not known, and
	// Before what it was then.
	Change string
	Before string
	// Seat compares it with what a seat is worth.
	Seat string
}

// month is the mean length of one, to compare a month's price with any other time.
const month = 365.25 * 24 / 12 * float64(time.Hour)

func (p *painter) figure(v *panelView, t report.Table) error {
	if len(t.Columns) == 0 || len(t.Rows[0]) == 0 {
		return errShape
	}
	col := t.Columns[0]
	if v.Unit == "" {
		v.Unit = col.Unit
	}
	col.Unit = v.Unit
	f := &figureView{Number: p.cell(t.Rows[0][0], col)}
	v.Figure = f
	if !f.Number.Is("number") {
		return nil
	}
	f.Noun = noun(f.Number.Amount, col.Unit)
	f.Seat = p.seatOf(f.Number.Amount, col.Unit)
	if len(t.Rows[0]) > 1 {
		before := p.cell(t.Rows[0][1], col)
		if before.Is("number") {
			f.Change, f.Before = change(f.Number.Amount, before.Amount, col.Unit), before.Text
		}
	}
	return nil
}

// change tells the difference between two numbers, "" where there is nothing to tell:
// shares differ by points, all else by a part of what was before.
func change(now, before float64, unit string) string {
	if unit == "1" {
		return signed((now-before)*100, 1, nbsp+"points")
	}
	if before == 0 {
		return ""
	}
	part := (now - before) / before
	if math.Abs(part) >= 10 {
		return "×" + count(math.Round(now/before))
	}
	return signed(part*100, 0, nbsp+"%")
}

func signed(v float64, places int, unit string) string {
	text := trimmed(math.Abs(v), places)
	switch {
	case text == "0":
		return "the same"
	case v > 0:
		return "+" + text + unit
	}
	return "−" + text + unit
}

// seatOf compares what a user costs with what a seat is worth in the same time.
func (p *painter) seatOf(v float64, unit string) string {
	if p.seat <= 0 || unit != "USD/{user}" {
		return ""
	}
	worth := p.seat * float64(p.query.To.Sub(p.query.From)) / month
	return share(v/worth) + " of a seat’s " + dollars(worth) + " in this time"
}
