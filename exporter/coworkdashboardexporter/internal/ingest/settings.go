package ingest

import "time"

// Settings configure what is stored, and how much of it.
type Settings struct {
	// Zone is the time zone of hours, days and weeks.
	Zone *time.Location
	// Hours and Days are how long sums are stored: those of an hour, and those of a day
	// or a week. Identities is how long repeated events are recognised.
	Hours, Days, Identities time.Duration
	// MaxPrompts and MaxSteps bound the stored prompts and the steps of each.
	MaxPrompts, MaxSteps int
	// MaxContentBytes bounds each content of a step; 0 stores none.
	MaxContentBytes int
	// MaxSessions bounds the stored sessions.
	MaxSessions int
	// MaxUsers bounds the distinct users, MaxNames the distinct names of each other
	// kind. Further names count as (other).
	MaxUsers, MaxNames int
	// MaxAlerts bounds the stored alerts.
	MaxAlerts int
	// MaxRecent bounds the recent events whose repetition is recognised in memory.
	MaxRecent int
	// MaxPending bounds the entries in memory that are not committed yet: events, steps
	// and alerts.
	MaxPending int
}

// DefaultSettings returns the settings of a default configuration.
func DefaultSettings() Settings {
	const day = 24 * time.Hour
	return Settings{
		Zone: time.UTC, Hours: 14 * day, Days: 400 * day, Identities: 2 * day,
		MaxPrompts: 5000, MaxSteps: 200, MaxContentBytes: 4096, MaxSessions: 200_000, MaxUsers: 200_000, MaxNames: 2000, MaxAlerts: 1000,
		MaxRecent: 500_000, MaxPending: 500_000,
	}
}
