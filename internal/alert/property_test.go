package alert

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// ordered are rules whose aggregates do not depend on the order of events.
func ordered() []Spec {
	by, cost, w := []string{"user"}, Amount{Attribute: "cost_usd"}, time.Hour
	return []Spec{
		{Name: "count", Count: &CountSpec{Above: 1e9}, Window: w, GroupBy: by, IncludeMissing: true},
		{Name: "ratio", Ratio: &RatioSpec{Of: "true"}, Condition: "success=false", Window: w, GroupBy: by, IncludeMissing: true},
		{Name: "sum", Sum: &SumSpec{Amount: cost, Above: 1e9}, Window: w, GroupBy: by, IncludeMissing: true},
		{Name: "budget", Budget: &BudgetSpec{Amount: cost, Above: 1e9, Period: "day"}, GroupBy: by, IncludeMissing: true},
		{Name: "distinct", Distinct: &DistinctSpec{Attribute: "tool", Above: 100}, Window: w, GroupBy: by, IncludeMissing: true},
		{Name: "spike", Spike: &SpikeSpec{Amount: cost, Above: 1e9, Baseline: 2 * w}, Window: w, GroupBy: by, IncludeMissing: true},
	}
}

// groupValues returns the value of each rule for each group.
func groupValues(r *rig) map[string]float64 {
	out := map[string]float64{}
	for _, w := range r.e.states {
		for n := range w.groups.fromOldest() {
			out[w.rule.Name+" "+n.value.identity.values[0]], _ = n.value.aggregate.evaluate(r.now.UnixNano(), false)
		}
	}
	return out
}

// An occurrence is an event and its age.
type occurrence struct {
	ago   time.Duration
	attrs attributes
}

func occurrences(t *rapid.T) (list []occurrence) {
	for range rapid.IntRange(0, 40).Draw(t, "n") {
		list = append(list, occurrence{time.Duration(rapid.IntRange(0, 600).Draw(t, "ago")) * time.Second, randomAttributes(t)})
	}
	return list
}

// TestOrderWithinLateness checks that the order of events within the lateness makes no
// difference.
func TestOrderWithinLateness(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := occurrences(t)
		one, two := bounded(t, settings, ordered()...), bounded(t, settings, ordered()...)
		for _, o := range list {
			one.send("x", o.ago, o.attrs)
		}
		for _, o := range rapid.Permutation(list).Draw(t, "order") {
			two.send("x", o.ago, o.attrs)
		}
		require.Equal(t, groupValues(one), groupValues(two))
	})
}

// TestNaive compares windows with a list of all events.
func TestNaive(t *testing.T) {
	const w = int64(time.Hour)
	rapid.Check(t, func(t *rapid.T) {
		r := bounded(t, settings, ordered()...)
		type seen struct {
			at    int64
			attrs attributes
		}
		var all []seen
		for _, o := range occurrences(t) {
			r.pass(time.Duration(rapid.IntRange(0, 600).Draw(t, "pass")) * time.Second)
			all = append(all, seen{r.now.Add(-o.ago).UnixNano(), o.attrs})
			r.send("x", o.ago, o.attrs)
		}
		count, failed, cost, tools := map[string]float64{}, map[string]float64{}, map[string]float64{}, map[string][]string{}
		for _, s := range all {
			if width := w / buckets; r.now.UnixNano()/width-s.at/width >= buckets {
				continue
			}
			user := s.attrs["user.id"].(string)
			if user == "" {
				user = shownNone
			}
			count[user]++
			cost[user] += s.attrs["cost_usd"].(float64)
			if s.attrs["success"] == false {
				failed[user]++
			}
			if tool := s.attrs["tool_name"].(string); !slices.Contains(tools[user], tool) {
				tools[user] = append(tools[user], tool)
			}
		}
		got := groupValues(r)
		for user, n := range count {
			require.Equal(t, n, got["count "+user])
			require.Equal(t, cost[user], got["sum "+user])
			require.Equal(t, float64(len(tools[user])), got["distinct "+user])
			require.Equal(t, failed[user]/n, got["ratio "+user])
		}
	})
}

// TestResolvedAfterFiring checks the order of alerts with every kind of rule and every
// bound: an alert is resolved after it fired, and once, and in the end only absent groups
// fire.
func TestResolvedAfterFiring(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		set := settings
		set.MaxGroups = rapid.IntRange(1, 5).Draw(t, "groups")
		set.MaxActive = rapid.IntRange(1, 3).Draw(t, "active")
		r := bounded(t, set, zoo()...)
		out := sendRandom(t, r, rapid.IntRange(0, 60).Draw(t, "events"))
		for range 60 {
			out = append(out, r.pass(time.Hour)...)
		}
		fires := map[string]string{}
		for _, a := range out {
			_, known := fires[a.Fingerprint]
			if a.Status == Firing {
				require.True(t, a.EndsAt.IsZero())
				fires[a.Fingerprint] = a.Rule.Name
				continue
			}
			require.True(t, known, "%s is resolved, and did not fire", a.Rule.Name)
			require.False(t, a.EndsAt.Before(a.StartsAt))
			delete(fires, a.Fingerprint)
		}
		for _, name := range fires {
			require.Equal(t, "rule_6", name)
		}
		for _, w := range r.e.states {
			require.LessOrEqual(t, w.groups.n, set.MaxGroups)
			require.LessOrEqual(t, w.counts[firing]-w.suppressed, set.MaxActive)
			require.Zero(t, w.counts[pending])
		}
	})
}
