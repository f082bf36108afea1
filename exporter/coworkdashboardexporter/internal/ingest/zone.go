package ingest

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
)

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
