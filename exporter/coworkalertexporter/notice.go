package coworkalertexporter

import "time"

// A notice is an alert as Alertmanager's API has it.
type notice struct {
	Labels      map[string]string `json:"labels"`
	Annotations map[string]string `json:"annotations,omitempty"`
	StartsAt    time.Time         `json:"startsAt"`
	EndsAt      time.Time         `json:"endsAt"`
	key, status string
}

// notices returns what is said of alerts now. Their times are those of other clocks,
// perhaps: nothing starts or ends after now, and what ends has started.
func (b *book) notices(keys []string, now time.Time) (notices []notice) {
	for _, key := range keys {
		e, ok := b.entries[key]
		if !ok {
			continue
		}
		n := notice{Labels: e.Alert.Labels, Annotations: e.Alert.Annotations, key: key, status: b.status(e, now)}
		n.StartsAt = earlier(e.Alert.StartsAt, now.Add(-time.Millisecond))
		n.EndsAt = now.Add(b.expiry)
		if n.status == resolved {
			n.EndsAt = later(earlier(e.Alert.EndsAt, now), n.StartsAt.Add(time.Millisecond))
		}
		notices = append(notices, n)
	}
	return notices
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
