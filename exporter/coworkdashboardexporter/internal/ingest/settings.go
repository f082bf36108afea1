package ingest

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
)

// Settings configure what is stored, and how much of it.
type Settings struct {
	// Zone is the time zone of hours, days and weeks.
	Zone *time.Location
	// Hours and Days are how long sums are stored: those of an hour, and those of a day
	// or a week. Identities is how long repeated events are recognised.
	Hours, Days, Identities time.Duration
	// Sessions is how long sessions are stored after their last event.
	Sessions time.Duration
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
		Zone: time.UTC, Hours: 14 * day, Days: 400 * day, Identities: 2 * day, Sessions: 90 * day,
		MaxPrompts: 5000, MaxSteps: 200, MaxContentBytes: 4096, MaxSessions: 200_000, MaxUsers: 200_000, MaxNames: 2000, MaxAlerts: 1000,
		MaxRecent: 500_000, MaxPending: 500_000,
	}
}

// recordZone stores a time zone in the table settings, and returns the name of the one that
// was stored if its days begin at other times. The zone of a host has no name of its own, so
// that offsets are compared.
func recordZone(ctx context.Context, tx *database.Tx, zone *time.Location) (other string, err error) {
	before := map[string]string{}
	for _, setting := range [][2]string{{"zone", zone.String()}, {"zone_offsets", offsetsOf(zone)}} {
		key, value := setting[0], setting[1]
		var stored string
		err := tx.QueryRow(ctx, "select value from settings where key = $1", key).Scan(&stored)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return "", err
		}
		before[key] = stored
		if _, err := tx.Exec(ctx, "insert into settings (key, value) values ($1, $2) on conflict (key) do update set value = excluded.value", key, value); err != nil {
			return "", err
		}
	}
	if offsets := before["zone_offsets"]; offsets != "" && offsets != offsetsOf(zone) {
		return before["zone"], nil
	}
	return "", nil
}

// offsetsOf returns the offsets of a zone in winter and in summer.
func offsetsOf(zone *time.Location) string {
	at := func(month time.Month) string {
		return time.Date(2026, month, 1, 12, 0, 0, 0, time.UTC).In(zone).Format("-07:00")
	}
	return at(time.January) + " " + at(time.July)
}
