package coworkalertexporter

import (
	"context"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	amalert "github.com/prometheus/alertmanager/alert"
	"github.com/prometheus/alertmanager/dispatch"
	"github.com/prometheus/alertmanager/notify"
	"github.com/prometheus/common/model"
)

// A deliveryStage notifies one integration of a receiver, such as its first webhook.
// Alertmanager sends no notification of an alert that was resolved before the first one
// succeeded. After an outage of the receiver, a deliveryStage sends such an alert as
// firing, and then as resolved.
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
	_, _, err := s.next.Exec(ctx, l, shown...)
	switch {
	case err != nil && !s.log.set(s.name, group, firing):
		return ctx, alerts, nil // Alertmanager removes the resolved alerts of the group
	case err != nil:
		return ctx, alerts, err
	}
	s.log.set(s.name, group, nil)
	if held > 0 {
		_, _, err = s.next.Exec(ctx, l, alerts...)
	}
	return ctx, alerts, err
}

// An undeliveredLog has the alerts of which an integration was not notified yet, although
// they were firing.
//
// It is safe for concurrent use.
type undeliveredLog struct {
	limit   int
	changed func(map[string]map[string][]string) // stores the log
	dropped func(int)                            // counts alerts above the limit

	mu    sync.Mutex
	size  int
	byKey map[undeliveredKey]map[model.Fingerprint]bool
}

// An undeliveredKey is a group of alerts for an integration.
type undeliveredKey struct{ integration, group string }

func (l *undeliveredLog) alertsOf(integration, group string) map[model.Fingerprint]bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return maps.Clone(l.byKey[undeliveredKey{integration, group}])
}

// set replaces the undelivered alerts of a group. It returns false if there are too many:
// then none of the group is kept.
func (l *undeliveredLog) set(integration, group string, alerts []model.Fingerprint) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	key := undeliveredKey{integration, group}
	before := l.byKey[key]
	kept := l.size-len(before)+len(alerts) <= l.limit
	if !kept {
		l.dropped(len(alerts))
		alerts = nil
	}
	if len(before) == 0 && len(alerts) == 0 {
		return kept
	}
	l.insert(key, alerts)
	l.changed(l.encode())
	return kept
}

func (l *undeliveredLog) insert(key undeliveredKey, alerts []model.Fingerprint) {
	l.size -= len(l.byKey[key])
	delete(l.byKey, key)
	if len(alerts) == 0 {
		return
	}
	set := make(map[model.Fingerprint]bool, len(alerts))
	for _, fingerprint := range alerts {
		set[fingerprint] = true
	}
	l.byKey[key] = set
	l.size += len(set)
}

// has reports whether an integration was not notified of an alert.
func (l *undeliveredLog) has(fingerprint model.Fingerprint) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, alerts := range l.byKey {
		if alerts[fingerprint] {
			return true
		}
	}
	return false
}

// encode returns the log as it is stored: fingerprints by integration and group.
func (l *undeliveredLog) encode() map[string]map[string][]string {
	out := map[string]map[string][]string{}
	for key, alerts := range l.byKey {
		if out[key.integration] == nil {
			out[key.integration] = map[string][]string{}
		}
		for fingerprint := range alerts {
			out[key.integration][key.group] = append(out[key.integration][key.group], fingerprint.String())
		}
		slices.Sort(out[key.integration][key.group])
	}
	return out
}

// restore inserts a stored log. Fingerprints that cannot be parsed are left out.
func (l *undeliveredLog) restore(stored map[string]map[string][]string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for integration, groups := range stored {
		for group, texts := range groups {
			var alerts []model.Fingerprint
			for _, text := range texts {
				if fingerprint, err := model.ParseFingerprint(text); err == nil {
					alerts = append(alerts, fingerprint)
				}
			}
			if l.size+len(alerts) <= l.limit {
				l.insert(undeliveredKey{integration, group}, alerts)
			}
		}
	}
}

// removeUnrouted removes the groups that no route and integration have: a receiver that was
// away can have been removed from the configuration, and its alerts would wait for good.
func (l *undeliveredLog) removeUnrouted(route *dispatch.Route, stages notify.RoutingStage) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for key := range l.byKey {
		if !isRouted(key, route, stages) {
			l.insert(key, nil)
		}
	}
}

// isRouted reports whether a route sends a group to an integration.
func isRouted(key undeliveredKey, route *dispatch.Route, stages notify.RoutingStage) (routed bool) {
	route.Walk(func(r *dispatch.Route) {
		fanout, _ := stages[r.RouteOpts.Receiver].(notify.FanoutStage)
		routed = routed || strings.HasPrefix(key.group, r.Key()+":") && slices.ContainsFunc(fanout, func(s notify.Stage) bool {
			d, ok := s.(*deliveryStage)
			return ok && d.name == key.integration
		})
	})
	return routed
}
