package synthetic

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
)

// present is the present of the demonstration, a Saturday.
var present = time.Date(2026, 11, 21, 13, 0, 0, 0, time.UTC)

// month returns the records of a demonstration until its present.
var month = sync.OnceValues(func() ([]pcommon.Map, error) {
	f, err := New(Settings{Seed: 1, Seats: 30, Start: present.AddDate(0, 0, -30), Present: present, Content: DefaultContent})
	if err != nil {
		return nil, err
	}
	var list []pcommon.Map
	for b := range f.Batches() {
		if b.Time.After(present) {
			break
		}
		for _, a := range records(b) {
			if stringOf(a, "event.name") == "cowork.alert" {
				alerted = append(alerted, a)
				continue
			}
			list = append(list, a)
		}
	}
	return list, nil
})

// alerted are the alerts of the month.
var alerted []pcommon.Map

// monthOf returns the records of a kind between two days of the month, counted from
// 0.
func monthOf(t *testing.T, kind string, from, to int) []pcommon.Map {
	t.Helper()
	all, err := month()
	require.NoError(t, err)
	begin := present.AddDate(0, 0, -30)
	return slices.DeleteFunc(slices.Clone(all), func(a pcommon.Map) bool {
		at := stamp(t, a)
		return stringOf(a, "event.name") != kind || at.Before(begin.AddDate(0, 0, from)) || !at.Before(begin.AddDate(0, 0, to))
	})
}

// portion returns the share of the records that match.
func portion(list []pcommon.Map, match func(pcommon.Map) bool) float64 {
	n := 0
	for _, a := range list {
		if match(a) {
			n++
		}
	}
	return float64(n) / float64(max(1, len(list)))
}

// TestScenarioPace checks that a month has a limited number of events, few prompts on
// weekends, and prompts shortly before the present.
func TestScenarioPace(t *testing.T) {
	all, err := month()
	require.NoError(t, err)
	require.Greater(t, len(all), 60_000)
	require.Less(t, len(all), 160_000)
	prompts := monthOf(t, "user_prompt", 0, 30)
	weekend := portion(prompts, func(a pcommon.Map) bool { day := stamp(t, a).Weekday(); return day == 0 || day == 6 })
	require.Greater(t, weekend, 0.02)
	require.Less(t, weekend, 0.15)
	lately := portion(prompts, func(a pcommon.Map) bool { return stamp(t, a).After(present.Add(-time.Hour)) })
	require.Positive(t, lately)
	last := all[len(all)-1]
	require.WithinDuration(t, present, stamp(t, last), 10*time.Minute)
}

// TestScenarioOutage checks that the API is overloaded for one hour of a working day.
func TestScenarioOutage(t *testing.T) {
	sc := newScenario(Settings{Start: present.AddDate(0, 0, -30), Present: present})
	require.Equal(t, time.Date(2026, 11, 18, 14, 0, 0, 0, time.UTC), sc.overload)
	failed := monthOf(t, "api_error", 0, 30)
	during := portion(failed, func(a pcommon.Map) bool {
		return !stamp(t, a).Before(sc.overload) && stamp(t, a).Before(sc.overload.Add(time.Hour)) && stringOf(a, "status_code") == "529"
	})
	require.Greater(t, during, 0.1)
	require.Less(t, during, 0.7)
}

// TestScenarioSpread checks the rollout of the organization's plugin and of the newest
// client to the seats.
func TestScenarioSpread(t *testing.T) {
	check := func(kind string, match func(pcommon.Map) bool) {
		t.Helper()
		var reached [3]map[string]bool
		for week := range reached {
			reached[week] = map[string]bool{}
			for _, a := range monthOf(t, kind, 10*week, 10*week+10) {
				if who := stringOf(a, "user.account_uuid"); who != "" && match(a) {
					reached[week][who] = true
				}
			}
		}
		require.Less(t, len(reached[0]), len(reached[1]))
		require.Less(t, len(reached[1]), len(reached[2]))
		require.Less(t, len(reached[2]), 30)
	}
	check("plugin_loaded", func(a pcommon.Map) bool { return stringOf(a, "enabled_via") == "org-policy" })
	check("api_request", func(a pcommon.Map) bool { _, newest := a.Get("ttft_ms"); return newest })
	require.NotEmpty(t, slices.DeleteFunc(monthOf(t, "skill_activated", 0, 30), func(a pcommon.Map) bool {
		return stringOf(a, "plugin.name") != orgPlugin.name
	}))
}

// TestScenarioFlaky checks that one connector fails more often than other tools, mostly
// in one week.
func TestScenarioFlaky(t *testing.T) {
	rate := func(from, to int, theirs bool) float64 {
		calls := slices.DeleteFunc(monthOf(t, "tool_result", from, to), func(a pcommon.Map) bool {
			return strings.Contains(stringOf(a, "tool_parameters"), flakyConnector) != theirs
		})
		return portion(calls, func(a pcommon.Map) bool { return stringOf(a, "success") == "false" })
	}
	require.Less(t, rate(0, 30, false), 0.04)
	require.Greater(t, rate(18, 25, true), 0.3)
	require.Less(t, rate(0, 18, true), 0.2)
}

// TestScenarioCache checks that cache reads increase over the month.
func TestScenarioCache(t *testing.T) {
	hits := func(from, to int) float64 {
		var read, all float64
		for _, a := range monthOf(t, "api_request", from, to) {
			r := numberOf(a, "cache_read_tokens")
			read += r
			all += r + numberOf(a, "input_tokens") + numberOf(a, "cache_creation_tokens")
		}
		return read / all
	}
	require.Less(t, hits(0, 10)+0.03, hits(10, 20))
	require.Less(t, hits(10, 20)+0.03, hits(20, 30))
}

// TestScenarioNight checks that the nightly task runs every night, later twice.
func TestScenarioNight(t *testing.T) {
	runs := map[string]int{}
	for _, a := range monthOf(t, "user_prompt", 0, 30) {
		if strings.Contains(stringOf(a, "prompt"), nightlyPrompt) {
			runs[stamp(t, a).Format("01-02 15:04")]++
		}
	}
	require.Len(t, runs, 30)
	once, twice := 0, 0
	for _, n := range runs {
		require.LessOrEqual(t, n, 2)
		once, twice = once+2-n, twice+n-1
	}
	require.Greater(t, once, 12)
	require.Greater(t, twice, 10)
}

// TestScenarioAlerts checks that alerts are in order of time, fire before they are
// resolved, and that some are still firing at the present.
func TestScenarioAlerts(t *testing.T) {
	_, err := month()
	require.NoError(t, err)
	firing := map[string]bool{}
	for _, a := range alerted {
		id := stringOf(a, "alert.fingerprint")
		if stringOf(a, "alert.status") == "resolved" {
			require.True(t, firing[id])
			require.Less(t, stringOf(a, "alert.starts_at"), stringOf(a, "alert.ends_at"))
			delete(firing, id)
			continue
		}
		require.False(t, firing[id])
		firing[id] = true
	}
	require.Len(t, firing, 2)
	require.Len(t, alerted, 10)
}

// TestScenarioLive checks that a demonstration continues after its present, and that
// settings that contradict one are refused.
func TestScenarioLive(t *testing.T) {
	set := Settings{Seed: 1, Seats: 4, Start: present.AddDate(0, 0, -1), Present: present, Until: present.Add(10 * time.Minute)}
	prompts := 0
	for _, b := range generate(t, set) {
		for _, a := range records(b) {
			if stringOf(a, "event.name") == "user_prompt" && !stamp(t, a).Before(present) {
				prompts++
			}
		}
	}
	require.Equal(t, 60, prompts)
	set.Every, set.Start = time.Second, present.Add(time.Second)
	_, err := New(set)
	require.EqualError(t, err, "present: every must be 0 in a demonstration\npresent: must not be before start")
}

// TestScenarioDanger checks that one user works without confirmation, only at the end, that
// the leaky connector gets secrets from then on, and that a connector fails today.
func TestScenarioDanger(t *testing.T) {
	bypass := map[string]bool{}
	for day := range 30 {
		for _, a := range monthOf(t, "tool_decision", day, day+1) {
			if stringOf(a, "permission_mode") == bypassMode {
				require.GreaterOrEqual(t, day, 25)
				bypass[stringOf(a, "user.account_uuid")] = true
			}
		}
	}
	require.Len(t, bypass, 1)
	leaking := func(from, to int) float64 {
		calls := slices.DeleteFunc(monthOf(t, "tool_result", from, to), func(a pcommon.Map) bool {
			return !strings.Contains(stringOf(a, "tool_parameters"), leakyConnector)
		})
		return portion(calls, func(a pcommon.Map) bool {
			return slices.ContainsFunc(leakedNouns, func(noun string) bool { return strings.Contains(stringOf(a, "tool_input"), noun+" ") })
		})
	}
	require.Zero(t, leaking(0, 25), "nothing else leaks")
	require.Greater(t, leaking(26, 30), 0.9)
}

// TestEgress checks that one user fetches pages of a disabled host in the last days, and
// that a new version of the organization's plugin reaches a part of the seats.
func TestEgress(t *testing.T) {
	fetches := func(from, to int) (users map[string]bool) {
		users = map[string]bool{}
		for _, a := range monthOf(t, "tool_result", from, to) {
			if strings.Contains(stringOf(a, "tool_input"), "https://"+pasteHost+"/") {
				users[stringOf(a, "session.id")] = true
			}
		}
		return users
	}
	require.Empty(t, fetches(0, 25))
	require.NotEmpty(t, fetches(26, 30))
	versions := func(from, to int) map[string]int {
		n := map[string]int{}
		for _, a := range monthOf(t, "plugin_loaded", from, to) {
			if stringOf(a, "plugin.name") == orgPlugin.name {
				n[stringOf(a, "plugin.version")]++
			}
		}
		return n
	}
	require.Zero(t, versions(0, 20)[newPluginVersion])
	late := versions(26, 30)
	require.Positive(t, late[newPluginVersion])
	require.Positive(t, late[orgPlugin.version])
}

// TestPeople checks that people differ, and that each has a team and the identities of the
// records.
func TestPeople(t *testing.T) {
	f, err := New(Settings{Seed: 1, Seats: 30, Start: present})
	require.NoError(t, err)
	names, accounts, teams := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, p := range f.People() {
		names[p.Name], accounts[p.AccountUUID], teams[p.Team] = true, true, true
		require.NotEmpty(t, p.CostCenter)
	}
	require.Len(t, names, 30)
	require.Greater(t, len(teams), 4)
	for _, a := range monthOf(t, "user_prompt", 0, 1) {
		if account := stringOf(a, "user.account_uuid"); account != "" {
			require.True(t, accounts[account])
		}
	}
}
