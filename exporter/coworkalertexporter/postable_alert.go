package coworkalertexporter

import (
	"cmp"
	"slices"
	"time"
)

// A postableAlert is an alert in the body of POST /api/v2/alerts.
type postableAlert struct {
	Labels      map[string]string `json:"labels"`
	Annotations map[string]string `json:"annotations,omitempty"`
	StartsAt    time.Time         `json:"startsAt"`
	EndsAt      time.Time         `json:"endsAt"`
	key, status string
}

// Statuses of an alert, in records and for Alertmanager.
const (
	firing   = "firing"
	resolved = "resolved"
)

// status returns the status to send. An alert is sent as firing before it is sent as
// resolved, and for minimumFiring, so that on-call people are notified of both.
func (active *activeAlert) status(now time.Time, minimumFiring time.Duration) string {
	if active.Alert.firing() || active.FiringAt.IsZero() || now.Before(active.FiringAt.Add(minimumFiring)) {
		return firing
	}
	return resolved
}

// isDue reports whether the alert of a key is to be sent now: it was not sent in this
// run, its resend interval is over, or it is resolved and was only sent as firing.
func (aa *activeAlerts) isDue(key string, now time.Time) bool {
	active, ok := aa.byKey[key]
	return ok && (active.lastSentAt.IsZero() ||
		now.Sub(active.lastSentAt) >= aa.resendInterval ||
		active.ResolvedAt.IsZero() && active.status(now, aa.minimumFiring) == resolved)
}

// due returns the keys of the alerts that are due, the one that started first ahead.
func (aa *activeAlerts) due(now time.Time) (keys []string) {
	for key := range aa.byKey {
		if aa.isDue(key, now) {
			keys = append(keys, key)
		}
	}
	slices.SortFunc(keys, func(x, y string) int {
		return cmp.Or(aa.byKey[x].Alert.StartsAt.Compare(aa.byKey[y].Alert.StartsAt), cmp.Compare(x, y))
	})
	return keys
}

// unsentResolved returns the keys of the resolved alerts that Alertmanager has not
// accepted as resolved.
func (aa *activeAlerts) unsentResolved() (keys []string) {
	for key, active := range aa.byKey {
		if !active.Alert.firing() && active.ResolvedAt.IsZero() {
			keys = append(keys, key)
		}
	}
	return keys
}

// postable returns the postable alerts of the keys that are active. Record times are of
// another clock, so startsAt and the endsAt of a resolved alert are limited to now, and
// endsAt is always after startsAt.
func (aa *activeAlerts) postable(keys []string, now time.Time, minimumFiring time.Duration) (alerts []postableAlert) {
	for _, key := range keys {
		active, ok := aa.byKey[key]
		if !ok {
			continue
		}
		p := postableAlert{
			Labels: active.Alert.Labels, Annotations: active.Alert.Annotations,
			StartsAt: earlier(active.Alert.StartsAt, now.Add(-time.Millisecond)),
			EndsAt:   now.Add(aa.expiry),
			key:      key, status: active.status(now, minimumFiring),
		}
		if p.status == resolved {
			p.EndsAt = later(earlier(active.Alert.EndsAt, now), p.StartsAt.Add(time.Millisecond))
		}
		alerts = append(alerts, p)
	}
	return alerts
}

// markAccepted records that Alertmanager accepted an alert.
func (aa *activeAlerts) markAccepted(p postableAlert, now time.Time) {
	active := aa.byKey[p.key]
	active.lastSentAt = now
	switch {
	case p.status == firing && active.FiringAt.IsZero():
		active.FiringAt = now
	case p.status == resolved && active.ResolvedAt.IsZero():
		active.ResolvedAt = now
	default:
		return
	}
	aa.unsaved[p.key] = struct{}{}
}

func earlier(t, u time.Time) time.Time {
	if t.Before(u) {
		return t
	}
	return u
}

func later(t, u time.Time) time.Time {
	if t.After(u) {
		return t
	}
	return u
}
