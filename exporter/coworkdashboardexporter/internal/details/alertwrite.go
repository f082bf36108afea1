package details

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"time"
)

// An alertState is the latest state of an alert in a commit.
type alertState struct {
	*Event
	notifications int64
}

// An alertChange is the key of a notification.
type alertChange struct {
	fingerprint string
	at          int64 // in Unix nanoseconds
}

// maxChanges bounds the stored notifications, for each alert that can be stored.
const maxChanges = 10

// alertsOf returns the latest states of the alerts of some records, the records by their
// keys, and how many records of further alerts exceed a limit.
func alertsOf(events []Event, most int) (states map[string]alertState, changes map[alertChange]*Event, dropped int64) {
	states, changes = map[string]alertState{}, map[alertChange]*Event{}
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
		if !known || e.At/int64(time.Second) >= s.At/int64(time.Second) {
			s.Event = e
		}
		s.notifications++
		states[e.Alert.Fingerprint] = s
		changes[alertChange{e.Alert.Fingerprint, e.At}] = e
	}
	return states, changes, dropped
}

var alertColumns = []string{
	"fingerprint", "name", "severity", "status", "detail", "message", "why", "advice", "measured", "user_id", "organization_id",
	"model", "tool", "connector", "prompt_id", "session_id", "starts_at", "ends_at", "last_seen", "tags", "event_id", "notifications",
}

// updateAlert replaces the state of an alert, unless it is older than the stored one.
var updateAlert = "on conflict (fingerprint) do update set " + func() string {
	var b strings.Builder
	for _, column := range alertColumns[1 : len(alertColumns)-1] {
		b.WriteString(column + " = case when excluded.last_seen >= alerts.last_seen then excluded." + column + " else alerts." + column + " end, ")
	}
	return b.String() + "notifications = alerts.notifications + excluded.notifications"
}()

var changeColumns = []string{"fingerprint", "at_ns", "status", "message", "prompt_id", "event_id"}

// writeAlerts writes the states of alerts and their notifications.
func writeAlerts(ctx context.Context, w *Writer, events []Event) error {
	states, changes, dropped := alertsOf(events, w.Limits.Alerts)
	w.Dropped.Alerts += dropped
	if len(states) == 0 {
		return nil
	}
	var rows [][]any
	for _, key := range slices.Sorted(maps.Keys(states)) {
		s := states[key]
		a := s.Alert
		rows = append(rows, []any{
			a.Fingerprint, a.Name, a.Severity, a.Status, a.Group, a.Message, a.Why, a.Advice, a.Measured, s.User, s.Organization,
			a.Model, a.Tool, a.Connector, a.Prompt, a.Session, a.Starts, a.Ends, s.At / int64(time.Second), a.Tags, a.Event, s.notifications,
		})
	}
	if err := w.Tx.Insert(ctx, "alerts", alertColumns, updateAlert, rows); err != nil {
		return err
	}
	rows = rows[:0]
	compare := func(a, b alertChange) int {
		return cmp.Or(strings.Compare(a.fingerprint, b.fingerprint), cmp.Compare(a.at, b.at))
	}
	for _, key := range slices.SortedFunc(maps.Keys(changes), compare) {
		a := changes[key].Alert
		rows = append(rows, []any{key.fingerprint, key.at, a.Status, a.Message, a.Prompt, a.Event})
	}
	return w.Tx.Insert(ctx, "alert_changes", changeColumns, "on conflict do nothing", rows)
}
