package coworkalertexporter

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func testBook(configure func(*Config)) *book {
	cfg := createDefaultConfig().(*Config)
	configure(cfg)
	return newBook(cfg)
}

// at returns an alert as a record of a minute has it.
func at(name string, minute int, status string) alert {
	made := noon.Add(time.Duration(minute) * time.Minute)
	a := alert{Labels: map[string]string{nameLabel: name}, At: made, StartsAt: noon}
	if status == resolved {
		a.EndsAt = made
	}
	return a
}

// say plays an Alertmanager that takes everything, and returns the statuses.
func say(b *book, now time.Time) (said []string) {
	for _, n := range b.notices(b.due(now), now) {
		b.taken(n.key, n.status, now)
		said = append(said, n.Labels[nameLabel]+" "+n.status)
	}
	return said
}

// TestOverBeforeHeard has an alert end before anyone could be told that it fires: both
// are told, the end when the alert has fired for long enough.
func TestOverBeforeHeard(t *testing.T) {
	b := testBook(func(*Config) {})
	require.True(t, b.note("a", at("a", 0, firing), noon, false))
	require.True(t, b.note("a", at("a", 1, resolved), noon, false))
	now := noon.Add(time.Hour) // Alertmanager is back
	require.Equal(t, []string{"a firing"}, say(b, now))
	require.Empty(t, say(b, now.Add(59*time.Second)))
	require.Equal(t, []string{"a resolved"}, say(b, now.Add(time.Minute)))
	require.Empty(t, say(b, now.Add(119*time.Second)))
	require.Equal(t, []string{"a resolved"}, say(b, now.Add(2*time.Minute)), "said again")
	b.expire(now.Add(6 * time.Minute))
	require.Empty(t, b.entries, "said for long enough")
}

// TestAgain has an alert fire, end and fire again.
func TestAgain(t *testing.T) {
	b := testBook(func(cfg *Config) { cfg.MinimumFiring = 0 })
	for i, status := range []string{firing, resolved, firing, resolved} {
		require.True(t, b.note("a", at("a", i, status), noon, false))
		require.Equal(t, []string{"a " + status}, say(b, noon.Add(time.Duration(i)*time.Minute)))
	}
}

// TestOldRecord checks that a record that comes after its successor changes nothing.
func TestOldRecord(t *testing.T) {
	b := testBook(func(cfg *Config) { cfg.MinimumFiring = 0 })
	require.True(t, b.note("a", at("a", 1, firing), noon, false))
	require.True(t, b.note("a", at("a", 2, resolved), noon, false))
	require.False(t, b.note("a", at("a", 1, firing), noon, false))
	require.False(t, b.note("a", at("a", 2, firing), noon, false), "of the same time, too")
	require.True(t, b.note("a", at("a", 3, firing), noon, false))
}

func TestForget(t *testing.T) {
	b := testBook(func(*Config) {})
	b.note("a", at("a", 0, firing), noon, false)
	forgotten, _ := b.expire(noon.Add(24*time.Hour - 1))
	require.Zero(t, forgotten)
	forgotten, _ = b.expire(noon.Add(24 * time.Hour))
	require.Equal(t, 1, forgotten)
	require.Empty(t, b.entries)
}

// TestEvict checks who goes first: what is over, then what was not heard of for long.
func TestEvict(t *testing.T) {
	b := testBook(func(cfg *Config) { cfg.MaxAlerts, cfg.MinimumFiring = 2, 0 })
	for i, status := range []string{firing, firing, resolved, firing} {
		name := fmt.Sprint(i)
		b.note(name, at(name, i, status), noon.Add(time.Duration(i)*time.Second), false)
	}
	say(b, noon.Add(time.Minute))
	_, evicted := b.expire(noon.Add(time.Minute))
	require.Equal(t, 2, evicted)
	require.Contains(t, b.entries, "1")
	require.Contains(t, b.entries, "3")
}

// TestNotices checks that the times of an alert fit each other whatever the clocks of
// others say.
func TestNotices(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := testBook(func(cfg *Config) { cfg.MinimumFiring = 0 })
		minutes := rapid.IntRange(-1000, 1000)
		a := at("a", minutes.Draw(t, "made"), rapid.SampledFrom([]string{firing, resolved}).Draw(t, "status"))
		a.StartsAt = noon.Add(time.Duration(minutes.Draw(t, "start")) * time.Minute)
		b.note("a", a, noon, false)
		n := b.notices([]string{"a", "unknown"}, noon)
		require.Len(t, n, 1)
		require.True(t, n[0].StartsAt.Before(noon))
		require.True(t, n[0].EndsAt.After(n[0].StartsAt))
		require.Equal(t, n[0].status == firing, n[0].EndsAt.After(noon))
	})
}

// TestOrder sends records of some alerts, some twice, to an Alertmanager that is away
// at times: each alert is told as it fired and ended, never an end without a start,
// and what is told last is what is true.
func TestOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := testBook(func(*Config) {})
		told := map[string][]string{}
		last := map[string]string{}
		now := noon
		for i := range rapid.IntRange(1, 60).Draw(t, "steps") {
			name := rapid.SampledFrom([]string{"a", "b"}).Draw(t, "name")
			if last[name] == "" || last[name] == resolved {
				last[name] = firing
			} else {
				last[name] = resolved
			}
			record := at(name, i, last[name])
			for range rapid.IntRange(1, 2).Draw(t, "times") {
				b.note(name, record, now, false)
			}
			now = now.Add(time.Duration(rapid.IntRange(0, 200).Draw(t, "seconds")) * time.Second)
			if rapid.Bool().Draw(t, "listens") {
				hear(t, b, now, told)
			}
			b.expire(now)
		}
		hear(t, b, now, told)
		hear(t, b, now.Add(2*time.Minute), told)
		for name, status := range last {
			if heard := told[name]; heard[len(heard)-1] != status {
				t.Fatalf("%s is %s, told %v", name, status, heard)
			}
		}
	})
}

func hear(t *rapid.T, b *book, now time.Time, told map[string][]string) {
	for _, n := range b.notices(b.due(now), now) {
		b.taken(n.key, n.status, now)
		heard := told[n.key]
		if len(heard) == 0 && n.status == resolved {
			t.Fatalf("%s: an end without a start", n.key)
		}
		told[n.key] = append(heard, n.status)
	}
}
