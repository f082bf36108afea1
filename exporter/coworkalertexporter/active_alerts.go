package coworkalertexporter

// This file holds the active alerts: their update by records, their expiry, and the
// alerts that are posted.

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"
)

// activeAlerts holds the alerts to send to Alertmanager and the delivery state of each.
// Records update it, and requests are built from it.
//
// It never reads the clock. It is not safe for concurrent use.
type activeAlerts struct {
	resendInterval, expiry, minimumFiring, forgetAfter time.Duration

	// isUndelivered reports whether an alert must be kept after it was resolved: a receiver
	// was not notified of it yet.
	isUndelivered func(labels map[string]string) bool

	links pageLinks
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
		links:          pageLinks(strings.TrimSuffix(cfg.PageURL, "/")),
		resendInterval: cfg.ResendInterval, expiry: cfg.Expiry, minimumFiring: cfg.MinimumFiring, forgetAfter: cfg.ForgetAfter,
		isUndelivered: func(map[string]string) bool { return false },
		limit:         cfg.MaxAlerts, byKey: map[string]*activeAlert{}, firingKeys: map[string]string{}, unsaved: map[string]struct{}{},
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
		case !active.ResolvedAt.IsZero() && aa.isUndelivered(active.Alert.Labels):
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

// A postableAlert is an alert in the body of POST /api/v2/alerts.
type postableAlert struct {
	Labels      map[string]string `json:"labels"`
	Annotations map[string]string `json:"annotations,omitempty"`
	StartsAt    time.Time         `json:"startsAt"`
	EndsAt      time.Time         `json:"endsAt"`
	// GeneratorURL links to the alerts of the page.
	GeneratorURL string `json:"generatorURL,omitempty"`
	key, status  string
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
			Labels: active.Alert.Labels, Annotations: aa.links.annotate(active.Alert.Annotations),
			StartsAt: active.Alert.StartsAt, EndsAt: now.Add(aa.expiry),
			key: key, status: active.status(now, minimumFiring),
		}
		p.GeneratorURL = aa.links.alerts(p.status)
		if latest := now.Add(-time.Millisecond); p.StartsAt.After(latest) {
			p.StartsAt = latest
		}
		if p.status == resolved {
			p.EndsAt = earlier(active.Alert.EndsAt, now)
			if earliest := p.StartsAt.Add(time.Millisecond); p.EndsAt.Before(earliest) {
				p.EndsAt = earliest
			}
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
