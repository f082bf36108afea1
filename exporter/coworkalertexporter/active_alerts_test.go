package coworkalertexporter

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func newTestAlerts(configure func(*Config)) *activeAlerts {
	cfg := createDefaultConfig().(*Config)
	configure(cfg)
	return newActiveAlerts(cfg)
}

// alertAt returns the alert of a record that was made minutes after noon.
func alertAt(name string, minute int, status string) alert {
	made := noon.Add(time.Duration(minute) * time.Minute)
	a := alert{Labels: map[string]string{nameLabel: name}, RecordedAt: made, StartsAt: noon}
	if status == resolved {
		a.EndsAt = made
	}
	return a
}

// acceptDue accepts all alerts that are due, as an Alertmanager does, and returns their
// names and statuses.
func acceptDue(aa *activeAlerts, now time.Time) (accepted []string) {
	for _, p := range aa.postable(aa.due(now), now, aa.minimumFiring) {
		aa.markAccepted(p, now)
		accepted = append(accepted, p.Labels[nameLabel]+" "+p.status)
	}
	return accepted
}

// TestResolvedBeforeSent checks that an alert that is resolved before it was sent as
// firing is sent as firing, and after minimum_firing as resolved.
func TestResolvedBeforeSent(t *testing.T) {
	aa := newTestAlerts(func(*Config) {})
	require.NotEmpty(t, aa.update(alertAt("a", 0, firing), noon, nil))
	require.NotEmpty(t, aa.update(alertAt("a", 1, resolved), noon, nil))
	now := noon.Add(time.Hour) // Alertmanager is available again
	require.Equal(t, []string{"a firing"}, acceptDue(aa, now))
	require.Empty(t, acceptDue(aa, now.Add(59*time.Second)))
	require.Equal(t, []string{"a resolved"}, acceptDue(aa, now.Add(time.Minute)))
	require.Empty(t, acceptDue(aa, now.Add(119*time.Second)))
	require.Equal(t, []string{"a resolved"}, acceptDue(aa, now.Add(2*time.Minute)), "sent again")
	aa.expire(now.Add(6 * time.Minute))
	require.Empty(t, aa.byKey, "the retention is over")
}

// TestFiringAgain checks that an alert that was resolved can be firing again.
func TestFiringAgain(t *testing.T) {
	aa := newTestAlerts(func(cfg *Config) { cfg.MinimumFiring = 0 })
	for i, status := range []string{firing, resolved, firing, resolved} {
		require.NotEmpty(t, aa.update(alertAt("a", i, status), noon, nil))
		require.Equal(t, []string{"a " + status}, acceptDue(aa, noon.Add(time.Duration(i)*time.Minute)))
	}
}

// TestStaleRecord checks that a record that arrives after its successor changes nothing.
func TestStaleRecord(t *testing.T) {
	aa := newTestAlerts(func(cfg *Config) { cfg.MinimumFiring = 0 })
	require.NotEmpty(t, aa.update(alertAt("a", 1, firing), noon, nil))
	require.NotEmpty(t, aa.update(alertAt("a", 2, resolved), noon, nil))
	require.Empty(t, aa.update(alertAt("a", 1, firing), noon, nil))
	require.Empty(t, aa.update(alertAt("a", 2, firing), noon, nil), "same time")
	require.NotEmpty(t, aa.update(alertAt("a", 3, firing), noon, nil))
}

// TestClockSetBack checks that an alert of a time when the clock was a day ahead is sent
// again and can be resolved after the clock is set back.
func TestClockSetBack(t *testing.T) {
	aa := newTestAlerts(func(cfg *Config) { cfg.MinimumFiring = 0 })
	ahead := noon.Add(24 * time.Hour)
	require.NotEmpty(t, aa.update(alertAt("a", 24*60, firing), ahead, nil))
	require.Equal(t, []string{"a firing"}, acceptDue(aa, ahead))
	aa.expire(noon)
	require.Equal(t, []string{"a firing"}, acceptDue(aa, noon.Add(time.Minute)), "sent before it expires")
	require.NotEmpty(t, aa.update(alertAt("a", 2, resolved), noon.Add(2*time.Minute), nil))
	require.Equal(t, []string{"a resolved"}, acceptDue(aa, noon.Add(2*time.Minute)))
}

func TestForgetAfter(t *testing.T) {
	aa := newTestAlerts(func(*Config) {})
	aa.update(alertAt("a", 0, firing), noon, nil)
	forgotten, _ := aa.expire(noon.Add(24*time.Hour - 1))
	require.Zero(t, forgotten)
	forgotten, _ = aa.expire(noon.Add(24 * time.Hour))
	require.Equal(t, 1, forgotten)
	require.Empty(t, aa.byKey)
}

// TestEviction checks that max_alerts evicts resolved alerts first, then the one without
// a record for longest.
func TestEviction(t *testing.T) {
	aa := newTestAlerts(func(cfg *Config) { cfg.MaxAlerts, cfg.MinimumFiring = 2, 0 })
	for i, status := range []string{firing, firing, resolved, firing} {
		aa.update(alertAt(fmt.Sprint(i), i, status), noon.Add(time.Duration(i)*time.Second), nil)
	}
	acceptDue(aa, noon.Add(time.Minute))
	_, evicted := aa.expire(noon.Add(time.Minute))
	require.Equal(t, 2, evicted)
	require.Contains(t, aa.byKey, alertAt("1", 1, firing).key())
	require.Contains(t, aa.byKey, alertAt("3", 3, firing).key())
}

// TestPostableTimes checks that startsAt and endsAt are consistent whatever the times of
// the record are.
func TestPostableTimes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		aa := newTestAlerts(func(cfg *Config) { cfg.MinimumFiring = 0 })
		minutes := rapid.IntRange(-1000, 1000)
		a := alertAt("a", minutes.Draw(t, "made"), rapid.SampledFrom([]string{firing, resolved}).Draw(t, "status"))
		a.StartsAt = noon.Add(time.Duration(minutes.Draw(t, "start")) * time.Minute)
		aa.update(a, noon, nil)
		p := aa.postable([]string{a.key(), "unknown"}, noon, 0)
		require.Len(t, p, 1)
		require.True(t, p[0].StartsAt.Before(noon))
		require.True(t, p[0].EndsAt.After(p[0].StartsAt))
		require.Equal(t, p[0].status == firing, p[0].EndsAt.After(noon))
	})
}

// TestStatusOrder sends records of two alerts, some twice, to an Alertmanager that is
// unavailable at times. No alert is sent as resolved first, and the last status sent is
// the status of the last record.
func TestStatusOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		aa := newTestAlerts(func(*Config) {})
		sent := map[string][]string{}
		last := map[string]string{}
		now := noon
		for i := range rapid.IntRange(1, 60).Draw(t, "steps") {
			name := rapid.SampledFrom([]string{"a", "b"}).Draw(t, "name")
			if last[name] == "" || last[name] == resolved {
				last[name] = firing
			} else {
				last[name] = resolved
			}
			record := alertAt(name, i, last[name])
			for range rapid.IntRange(1, 2).Draw(t, "times") {
				aa.update(record, now, nil)
			}
			now = now.Add(time.Duration(rapid.IntRange(0, 200).Draw(t, "seconds")) * time.Second)
			if rapid.Bool().Draw(t, "available") {
				acceptInOrder(t, aa, now, sent)
			}
			aa.expire(now)
		}
		acceptInOrder(t, aa, now, sent)
		acceptInOrder(t, aa, now.Add(2*time.Minute), sent)
		for name, status := range last {
			if statuses := sent[name]; statuses[len(statuses)-1] != status {
				t.Fatalf("%s is %s, sent %v", name, status, statuses)
			}
		}
	})
}

// acceptInOrder accepts all alerts that are due and adds their statuses to sent by name.
func acceptInOrder(t *rapid.T, aa *activeAlerts, now time.Time, sent map[string][]string) {
	for _, p := range aa.postable(aa.due(now), now, aa.minimumFiring) {
		aa.markAccepted(p, now)
		name := p.Labels[nameLabel]
		if len(sent[name]) == 0 && p.status == resolved {
			t.Fatalf("%s: sent as resolved before firing", name)
		}
		sent[name] = append(sent[name], p.status)
	}
}
