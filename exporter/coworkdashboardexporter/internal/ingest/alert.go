package ingest

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/details"
)

// An alertState is the latest state of an alert in a commit.
type alertState struct {
	*details.Alert
	seen          int64 // in Unix seconds
	notifications int64
}

// alerts returns the latest states of the alerts of the commit.
func (c *commit) alerts() map[string]alertState {
	states := map[string]alertState{}
	for _, e := range c.events {
		if e.alert == nil {
			continue
		}
		s, known := states[e.alert.Fingerprint]
		if !known && len(states) >= c.set.MaxAlerts {
			c.stats.AlertsDropped++
			continue
		}
		if seen := e.at.ns / int64(time.Second); !known || seen >= s.seen {
			s.Alert, s.seen = e.alert, seen
		}
		s.notifications++
		states[e.alert.Fingerprint] = s
	}
	return states
}

var alertColumns = []string{"fingerprint", "name", "severity", "status", "detail", "starts_at", "ends_at", "last_seen", "notifications"}

// updateAlert replaces the state of an alert, unless it is older than the stored one.
var updateAlert = "on conflict (fingerprint) do update set " + func() string {
	var b strings.Builder
	for _, column := range alertColumns[1:8] {
		b.WriteString(column + " = case when excluded.last_seen >= alerts.last_seen then excluded." + column + " else alerts." + column + " end, ")
	}
	return b.String() + "notifications = alerts.notifications + excluded.notifications"
}()

// surplusAlerts deletes the oldest alerts beyond a limit.
const surplusAlerts = `delete from alerts where fingerprint in (
	select fingerprint from alerts order by last_seen desc, fingerprint desc limit 100000 offset $1)`

// writeAlerts writes the states of alerts, and deletes the oldest beyond the limit.
func (c *commit) writeAlerts(ctx context.Context, tx transaction) error {
	states := c.alerts()
	if len(states) == 0 {
		return nil
	}
	var rows [][]any
	for _, key := range slices.Sorted(maps.Keys(states)) {
		s := states[key]
		rows = append(rows, []any{s.Fingerprint, s.Name, s.Severity, s.Status, s.Group, s.Starts, s.Ends, s.seen, s.notifications})
	}
	if err := tx.Insert(ctx, "alerts", alertColumns, updateAlert, rows); err != nil {
		return err
	}
	deleted, err := changeRows(ctx, tx, surplusAlerts, c.set.MaxAlerts)
	c.stats.AlertsDropped += deleted
	return err
}
