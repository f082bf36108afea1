package coworkalertexporter

// This file holds the active alerts: their update by records, their expiry, and their
// checkpoints. What is sent of them is in postable_alert.go.

import (
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"

	"go.opentelemetry.io/collector/component"

	"github.com/cowork-otel/collector/internal/stateful"
)

// activeAlerts holds the alerts to send to Alertmanager and the delivery state of each.
// Records update it, and requests are built from it.
//
// It never reads the clock. It is not safe for concurrent use.
type activeAlerts struct {
	resendInterval, expiry, minimumFiring, forgetAfter time.Duration

	limit int
	byKey map[string]*activeAlert
	// firingKeys holds the key of the firing alert of each rule group.
	firingKeys map[string]string
	// unsaved holds the keys of the alerts that differ from the storage.
	unsaved map[string]struct{}
}

// An activeAlert is an alert and its delivery state, as stored between runs.
type activeAlert struct {
	Alert alert `json:"alert"`
	// ReceivedAt is when the last record of the alert arrived.
	ReceivedAt time.Time `json:"heard"`
	// FiringAt is when Alertmanager first accepted the alert as firing, ResolvedAt when
	// it first accepted it as resolved. The zero time means not yet.
	FiringAt   time.Time `json:"fired,omitzero"`
	ResolvedAt time.Time `json:"over,omitzero"`
	// lastSentAt is when Alertmanager last accepted the alert in this run.
	lastSentAt time.Time
}

const (
	// resolvedRetention is how long a resolved alert is sent again. Alertmanager
	// requires it of its clients.
	resolvedRetention = 5 * time.Minute
	// clockTolerance is by how much the clock can be set back without correcting times.
	clockTolerance = time.Minute
)

func newActiveAlerts(cfg *Config) *activeAlerts {
	return &activeAlerts{
		resendInterval: cfg.ResendInterval, expiry: cfg.Expiry, minimumFiring: cfg.MinimumFiring, forgetAfter: cfg.ForgetAfter,
		limit: cfg.MaxAlerts, byKey: map[string]*activeAlert{}, firingKeys: map[string]string{}, unsaved: map[string]struct{}{},
	}
}

// update applies a record and returns the keys of the alerts that changed. It returns
// none if the record is stale. Updated holds the keys that earlier records of the same
// batch changed.
//
// The labels of a firing alert can change: with the severity of its rule, or with the
// list of labels. For Alertmanager it is another alert then, so update resolves the
// alert with the previous labels.
func (aa *activeAlerts) update(a alert, now time.Time, updated map[string]bool) (changed []string) {
	key := a.key()
	previousKey := aa.firingKeys[a.ruleGroup()]
	previous, ok := aa.byKey[previousKey]
	relabeled := ok && previousKey != key && previous.Alert.firing() && !a.RecordedAt.Before(previous.Alert.RecordedAt)
	if _, known := aa.byKey[key]; !relabeled || a.firing() || known {
		if !aa.updateKey(key, a, now, updated[key]) {
			return nil
		}
		changed = append(changed, key)
	}
	if relabeled {
		end := previous.Alert
		end.RecordedAt, end.EndsAt = a.RecordedAt, a.RecordedAt
		aa.updateKey(previousKey, end, now, true)
		changed = append(changed, previousKey)
	}
	return changed
}

// updateKey replaces the alert of a key, unless the record is stale. After a crash, a
// record can arrive again after its successor. With equal times, resolved is later than
// firing, unless both are in the same batch: a batch is in order.
func (aa *activeAlerts) updateKey(key string, a alert, now time.Time, sameBatch bool) bool {
	active, known := aa.byKey[key]
	switch {
	case !known:
		active = &activeAlert{}
		if !a.firing() {
			// An earlier run sent it as firing: minimum_firing is over.
			active.FiringAt = now.Add(-aa.minimumFiring)
		}
	case a.RecordedAt.Before(active.Alert.RecordedAt),
		a.RecordedAt.Equal(active.Alert.RecordedAt) && a.firing() && !active.Alert.firing() && !sameBatch:
		return false
	case a.firing() && !active.ResolvedAt.IsZero():
		active.FiringAt, active.ResolvedAt = time.Time{}, time.Time{}
	}
	if !known || a.firing() != active.Alert.firing() {
		active.lastSentAt = time.Time{}
	}
	active.Alert, active.ReceivedAt = a, now
	aa.insert(key, active)
	aa.unsaved[key] = struct{}{}
	return true
}

// insert sets the active alert of a key, without marking it as unsaved.
func (aa *activeAlerts) insert(key string, active *activeAlert) {
	aa.byKey[key] = active
	if group := active.Alert.ruleGroup(); group != "" && active.Alert.firing() {
		aa.firingKeys[group] = key
	}
}

func (aa *activeAlerts) remove(key string) {
	if active, ok := aa.byKey[key]; ok && aa.firingKeys[active.Alert.ruleGroup()] == key {
		delete(aa.firingKeys, active.Alert.ruleGroup())
	}
	delete(aa.byKey, key)
	aa.unsaved[key] = struct{}{}
}

// expire removes the resolved alerts after their retention, the alerts without a record
// for forget_after, and those above the limit. It returns the numbers of the last two.
func (aa *activeAlerts) expire(now time.Time) (forgotten, evicted int) {
	for key, active := range aa.byKey {
		if active.ReceivedAt.After(now.Add(clockTolerance)) {
			active.limitTimes(now)
		}
		switch {
		case !active.ResolvedAt.IsZero() && now.Sub(active.ResolvedAt) >= resolvedRetention:
			aa.remove(key)
		case now.Sub(active.ReceivedAt) >= aa.forgetAfter:
			aa.remove(key)
			forgotten++
		}
	}
	evicted = max(0, len(aa.byKey)-aa.limit)
	if evicted > 0 {
		for _, key := range aa.evictionOrder()[:evicted] {
			aa.remove(key)
		}
	}
	return forgotten, evicted
}

// evictionOrder returns the keys of the resolved alerts, latest first, then of the
// others, the one without a record for longest first.
func (aa *activeAlerts) evictionOrder() []string {
	return slices.SortedFunc(maps.Keys(aa.byKey), func(x, y string) int {
		a, b := aa.byKey[x], aa.byKey[y]
		return cmp.Or(b.ResolvedAt.Compare(a.ResolvedAt), a.ReceivedAt.Compare(b.ReceivedAt), cmp.Compare(x, y))
	})
}

// limitTimes limits the times of an alert to now, after the clock was set back.
// Otherwise every new record would be stale and no resend would be due.
func (active *activeAlert) limitTimes(now time.Time) {
	active.lastSentAt = time.Time{}
	for _, t := range []*time.Time{
		&active.ReceivedAt, &active.FiringAt, &active.ResolvedAt,
		&active.Alert.RecordedAt, &active.Alert.StartsAt, &active.Alert.EndsAt,
	} {
		*t = earlier(*t, now)
	}
}

// countByStatus returns the number of firing and of resolved alerts.
func (aa *activeAlerts) countByStatus(now time.Time) map[string]int64 {
	n := map[string]int64{firing: 0, resolved: 0}
	for _, active := range aa.byKey {
		n[active.status(now, aa.minimumFiring)]++
	}
	return n
}

// storagePrefix is the prefix of all keys, with the version of the values' format.
const storagePrefix = "alert/1/"

// storageOwner has a name, because the storage without a name is that of the queue.
func storageOwner(id component.ID) stateful.Owner {
	return stateful.Owner{Kind: component.KindExporter, ID: id, Name: "alerts"}
}

// restore inserts the stored alerts. It deletes those that are invalid, and returns the
// number of errors.
func (aa *activeAlerts) restore(ctx context.Context, store *stateful.Store) (errorCount int) {
	var invalid []stateful.Change
	walkErr := store.Walk(ctx, func(storageKey string, value []byte) bool {
		key, ok := strings.CutPrefix(storageKey, storagePrefix)
		active := &activeAlert{}
		if !ok || json.Unmarshal(value, active) != nil || len(active.Alert.Labels) == 0 || active.Alert.key() != key {
			invalid = append(invalid, stateful.Change{Key: storageKey})
		} else {
			aa.insert(key, active)
		}
		return true
	})
	errorCount = len(invalid)
	if walkErr != nil {
		errorCount++
	}
	if store.Write(ctx, invalid...) != nil {
		errorCount++
	}
	return errorCount
}

// checkpoint stores the alerts that changed since the last checkpoint. After an error
// they remain unsaved.
func (aa *activeAlerts) checkpoint(ctx context.Context, store *stateful.Store) error {
	if store == nil {
		clear(aa.unsaved)
		return nil
	}
	changes := make([]stateful.Change, 0, len(aa.unsaved))
	for key := range aa.unsaved {
		change := stateful.Change{Key: storagePrefix + key}
		if active, ok := aa.byKey[key]; ok {
			value, err := json.Marshal(active)
			if err != nil {
				return err
			}
			change.Value = value
		}
		changes = append(changes, change)
	}
	if err := store.Write(ctx, changes...); err != nil {
		return err
	}
	clear(aa.unsaved)
	return nil
}
