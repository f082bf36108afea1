package details

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"
)

// An alertState is the latest state of an alert in a commit.
type alertState struct {
	*Alert
	seen          int64 // in Unix seconds
	notifications int64
}

// alertsOf returns the latest states of the alerts of some records, and how many records
// of further alerts exceed a limit.
func alertsOf(events []Event, most int) (states map[string]alertState, dropped int64) {
	states = map[string]alertState{}
	for i := range events {
		e := &events[i]
		if e.Alert == nil {
			continue
		}
		s, known := states[e.Alert.Fingerprint]
		if !known && len(states) >= most {
			dropped++
			continue
		}
		if seen := e.At / int64(time.Second); !known || seen >= s.seen {
			s.Alert, s.seen = e.Alert, seen
		}
		s.notifications++
		states[e.Alert.Fingerprint] = s
	}
	return states, dropped
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

// writeAlerts writes the states of alerts.
func writeAlerts(ctx context.Context, w *Writer, events []Event) error {
	states, dropped := alertsOf(events, w.Limits.Alerts)
	w.Dropped.Alerts += dropped
	if len(states) == 0 {
		return nil
	}
	var rows [][]any
	for _, key := range slices.Sorted(maps.Keys(states)) {
		s := states[key]
		rows = append(rows, []any{s.Fingerprint, s.Name, s.Severity, s.Status, s.Group, s.Starts, s.Ends, s.seen, s.notifications})
	}
	return w.Tx.Insert(ctx, "alerts", alertColumns, updateAlert, rows)
}
