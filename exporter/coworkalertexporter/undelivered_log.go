package coworkalertexporter

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/prometheus/alertmanager/dispatch"
	"github.com/prometheus/alertmanager/notify"
	"github.com/prometheus/common/model"
)

// An undeliveredLog has the alerts of which an integration was not notified yet, although
// they were firing. Calls that change it return when it is stored.
//
// It is safe for concurrent use.
type undeliveredLog struct {
	limit   int
	changed func(map[string]map[string][]string) // stores the log
	dropped func(int)                            // counts alerts above the limit

	storing sync.Mutex // held while the log is stored; taken before mu
	stored  int        // the version that is stored, under storing
	closed  bool       // under storing

	mu      sync.Mutex
	version int
	size    int
	byKey   map[undeliveredKey]fingerprints
	groups  map[model.Fingerprint]int // how many have an alert
	// notified has the firing alerts of which a group's last notification was. It is not
	// stored.
	notified map[undeliveredKey]fingerprints
}

// An undeliveredKey is a group of alerts for an integration.
type undeliveredKey struct{ integration, group string }

type fingerprints map[model.Fingerprint]bool

func fingerprintsOf(alerts []model.Fingerprint) fingerprints {
	set := make(fingerprints, len(alerts))
	for _, fingerprint := range alerts {
		set[fingerprint] = true
	}
	return set
}

func (l *undeliveredLog) alertsOf(integration, group string) fingerprints {
	l.mu.Lock()
	defer l.mu.Unlock()
	return maps.Clone(l.byKey[undeliveredKey{integration, group}])
}

// begin adds the firing alerts of a notification that is to be sent, except those of which
// this run has notified: a kill before its outcome must not lose them. It adds none above
// the limit; if the notification fails, set counts them.
func (l *undeliveredLog) begin(integration, group string, firing []model.Fingerprint) {
	l.mu.Lock()
	key := undeliveredKey{integration, group}
	all := slices.Collect(maps.Keys(l.byKey[key]))
	before := len(all)
	for _, fingerprint := range firing {
		if !l.byKey[key][fingerprint] && !l.notified[key][fingerprint] {
			all = append(all, fingerprint)
		}
	}
	if len(all) > before && l.size-before+len(all) <= l.limit {
		l.insert(key, all)
	}
	l.mu.Unlock()
	l.store()
}

// set replaces the undelivered alerts of a group. It returns false if there are too many:
// then none of the group is kept.
func (l *undeliveredLog) set(integration, group string, alerts []model.Fingerprint) bool {
	l.mu.Lock()
	key := undeliveredKey{integration, group}
	delete(l.notified, key)
	before := len(l.byKey[key])
	kept := l.size-before+len(alerts) <= l.limit
	if !kept {
		l.dropped(len(alerts))
		alerts = nil
	}
	l.insert(key, alerts)
	l.mu.Unlock()
	l.store()
	return kept
}

// delivered removes the alerts of a group, after a notification of the firing ones.
func (l *undeliveredLog) delivered(integration, group string, firing []model.Fingerprint) {
	l.set(integration, group, nil)
	if len(firing) > 0 {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.notified[undeliveredKey{integration, group}] = fingerprintsOf(firing)
	}
}

// insert replaces the alerts of a group. In an outage they are the same at each retry, which
// is no change: each change stores the log of all groups.
func (l *undeliveredLog) insert(key undeliveredKey, alerts []model.Fingerprint) {
	before, set := l.byKey[key], fingerprintsOf(alerts)
	if maps.Equal(before, set) {
		return
	}
	l.version++
	l.size += len(set) - len(before)
	for fingerprint := range before {
		if l.groups[fingerprint]--; l.groups[fingerprint] == 0 {
			delete(l.groups, fingerprint)
		}
	}
	delete(l.byKey, key)
	if len(set) == 0 {
		return
	}
	for fingerprint := range set {
		l.groups[fingerprint]++
	}
	l.byKey[key] = set
}

// store stores what changed. Calls at the same time share a write.
func (l *undeliveredLog) store() {
	l.storing.Lock()
	defer l.storing.Unlock()
	l.mu.Lock()
	version := l.version
	if version == l.stored || l.closed {
		l.mu.Unlock()
		return
	}
	all := l.encode()
	l.mu.Unlock()
	l.changed(all)
	l.stored = version
}

// close ends the storing of changes. Alertmanager's dispatcher stops without waiting for
// notifications in progress: one that fails later must not replace the file, which another
// instance can have opened by then.
func (l *undeliveredLog) close() {
	l.storing.Lock()
	defer l.storing.Unlock()
	l.closed = true
}

// has reports whether an integration was not notified of an alert.
func (l *undeliveredLog) has(fingerprint model.Fingerprint) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.groups[fingerprint] > 0
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
