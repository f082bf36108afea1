package coworkalertexporter

import (
	"context"
	"log/slog"
	"slices"
	"time"

	amalert "github.com/prometheus/alertmanager/alert"
	"github.com/prometheus/alertmanager/notify"
	"github.com/prometheus/common/model"
)

// A deliveryStage notifies one integration of a receiver, such as its first webhook.
// Alertmanager sends no notification of an alert that was resolved before the first one
// succeeded. After an outage of the receiver, or a kill during the first one, a
// deliveryStage sends such an alert as firing, and then as resolved.
//
// It is safe for concurrent use.
type deliveryStage struct {
	next notify.Stage
	name string // of the integration, in undelivered.json
	log  *undeliveredLog
}

// Exec notifies the integration of the alerts of a group.
func (s *deliveryStage) Exec(ctx context.Context, l *slog.Logger, alerts ...*amalert.Alert) (context.Context, []*amalert.Alert, error) {
	group, _ := notify.GroupKey(ctx)
	now := time.Now()
	undelivered := s.log.alertsOf(s.name, group)
	shown := slices.Clone(alerts)
	held := 0
	var firing []model.Fingerprint
	for i, a := range alerts {
		fingerprint := a.Fingerprint()
		if a.ResolvedAt(now) {
			if !undelivered[fingerprint] {
				continue
			}
			again := *a
			again.EndsAt = time.Time{}
			shown[i] = &again
			held++
		}
		firing = append(firing, fingerprint)
	}
	s.log.begin(s.name, group, firing)
	_, _, err := s.next.Exec(ctx, l, shown...)
	switch {
	case err != nil && !s.log.set(s.name, group, firing):
		return ctx, alerts, nil // Alertmanager removes the resolved alerts of the group
	case err != nil:
		return ctx, alerts, err
	}
	if held == 0 {
		s.log.delivered(s.name, group, firing)
	} else {
		s.log.set(s.name, group, nil)
		_, _, err = s.next.Exec(ctx, l, alerts...)
	}
	return ctx, alerts, err
}
