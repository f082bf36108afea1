package store

import "time"

// Settings configure a store.
type Settings struct {
	// Path is the database's file, "" for a database in memory.
	Path string
	// Zone is the time zone of hours and days.
	Zone *time.Location
	// SeatValueUSD is the value of a seat per month, 0 if unknown.
	SeatValueUSD float64

	// Hours and Days are how long hourly and daily sums are stored.
	Hours, Days time.Duration
	// MaxPrompts and MaxSteps bound the stored prompts and the steps of each.
	MaxPrompts, MaxSteps int
	// MaxUsers bounds the distinct users, MaxNames the distinct names of each other
	// category. Further names count as (other).
	MaxUsers, MaxNames int
	// MaxAlerts bounds the stored alerts.
	MaxAlerts int
	// MaxRecent bounds the recent events for the detection of duplicates.
	MaxRecent int
	// MaxPending bounds the sums in memory that are not committed yet.
	MaxPending int

	// MaxPages bounds the size of the database, 0 for no bound.
	MaxPages int
	// readOnly opens a database that another store writes.
	readOnly bool
}

// DefaultSettings returns settings for a database in memory.
func DefaultSettings() Settings {
	const day = 24 * time.Hour
	return Settings{
		Zone: time.UTC, Hours: 14 * day, Days: 400 * day,
		MaxPrompts: 5000, MaxSteps: 200, MaxUsers: 50_000, MaxNames: 2000, MaxAlerts: 1000,
		MaxRecent: 500_000, MaxPending: 200_000,
	}
}

// The fixed limits.
const (
	maxNameBytes = 120
	readers      = 3                // connections for queries
	readTimeout  = 10 * time.Second // of a query
	busyTimeout  = 2 * time.Second  // of a commit while another process holds the lock
	setupDays    = 7                // covered by the setup check
	sessionDays  = 7                // until a session counts as new
)
