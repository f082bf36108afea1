package store

import "time"

// Settings say where a store is and how much it keeps.
type Settings struct {
	// Path is the database's file, "" for a database in memory.
	Path string
	// Zone is where hours and days begin.
	Zone *time.Location
	// SeatValueUSD is what a seat is worth a month, 0 if nobody said.
	SeatValueUSD float64

	// Hours and Days are how long sums by hour and by day are kept.
	Hours, Days time.Duration
	// MaxPrompts and MaxSteps bound the prompts that are kept and the steps of each.
	MaxPrompts, MaxSteps int
	// MaxUsers bounds the users that are told apart, MaxNames the names of each other
	// sort. Whoever finds no room is among the others.
	MaxUsers, MaxNames int
	// MaxAlerts bounds the alerts that are kept.
	MaxAlerts int
	// MaxRecent bounds the events that are known when they come again.
	MaxRecent int
	// MaxPending bounds the sums in memory that are not committed yet.
	MaxPending int

	// MaxPages bounds the database's size, 0 for no bound.
	MaxPages int
	// ReadOnly opens a database that another store writes.
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

// The bounds that nobody needs to set.
const (
	maxNameBytes = 120
	readers      = 3                // connections that read
	readTimeout  = 10 * time.Second // that an answer may take
	busyTimeout  = 2 * time.Second  // that a commit waits for another process
	setupDays    = 7                // that the check of the set-up looks at
	sessionDays  = 7                // that a session is known for
)
