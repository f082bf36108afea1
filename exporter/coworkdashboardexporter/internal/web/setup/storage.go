package setup

import (
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/chart"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
)

const day = 24 * time.Hour

// A Retention bounds the figures and prompts of the database.
type Retention struct {
	Hours, Days time.Duration // age of hourly and of daily figures
	Prompts     int           // number of prompts with their steps
}

// A Storage is the view of the database: its size, its tables, and what it keeps.
type Storage struct {
	Size   string // "" if it is not known
	Kept   []string
	Tables chart.Panel
}

func newStorage(req *chart.Request, s report.Storage, kept []string) Storage {
	view := Storage{Kept: kept, Tables: storedTable(req, s.Tables)}
	if s.Engine != "" {
		view.Size = s.Engine + ", " + format.Number(float64(s.Bytes), "By")
	}
	return view
}

// keptLines describes what the database keeps, and how many days of prompts that is at the
// rate of this collector.
func keptLines(r Retention, kinds []report.Kind) []string {
	if r.Days == 0 {
		return nil
	}
	prompts := "Prompts with their steps: the newest " + format.Count(float64(r.Prompts)) + "."
	if perDay := promptsPerDay(kinds); perDay > 0 {
		days := min(float64(r.Prompts)/perDay, r.Days.Hours()/day.Hours())
		prompts += " At " + format.Count(perDay) + " a day, these are " + format.Number(days*day.Seconds(), "s") + "."
	}
	return []string{
		"Hourly figures: " + format.Number(r.Hours.Seconds(), "s") + ".",
		"Daily figures and alerts: " + format.Number(r.Days.Seconds(), "s") + ".",
		prompts,
	}
}

// promptsPerDay returns the average number of prompts of a day since the first, 0 if
// there is less than a day of them.
func promptsPerDay(kinds []report.Kind) float64 {
	for _, k := range kinds {
		if k.Name == "user_prompt" && k.Last.Sub(k.First) >= day {
			return float64(k.Events) / k.Last.Sub(k.First).Hours() * day.Hours()
		}
	}
	return 0
}
