package coworkalertexporter

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"go.opentelemetry.io/collector/component"

	"github.com/cowork-otel/collector/internal/stateful"
)

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

// forgetFiring makes this run send the restored alerts as firing for minimum_firing, before
// it sends their end: the embedded Alertmanager of the previous run may have been killed
// before it notified of them. It does not notify again of those of which it has notified.
func (aa *activeAlerts) forgetFiring() {
	for _, active := range aa.byKey {
		if active.ResolvedAt.IsZero() {
			active.FiringAt = time.Time{}
		}
	}
}

// checkpoint stores the alerts that changed since the last checkpoint. After an error
// they remain unsaved.
func (aa *activeAlerts) checkpoint(ctx context.Context, store *stateful.Store) error {
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
