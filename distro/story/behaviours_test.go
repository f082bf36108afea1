package story

import (
	"cmp"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/alert"
	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/stateful/statefultest"
	"github.com/cowork-otel/collector/processor/coworkcorrelationprocessor"
)

// leastDetected is the share of the behaviours of testdata/behaviours whose rules fire.
const leastDetected = 0.9

// TestBehaviours runs every behaviour through the processors and the rules: those that name
// rules in the profile strict, and the harmless ones in standard.
func TestBehaviours(t *testing.T) {
	cases := loadBehaviours(t)
	requireRules(t, cases)
	strict, standard := runBehaviours(t, "strict", cases, nil), runBehaviours(t, "standard", cases, nil)
	requireDifferentRules(t, strict)
	var behaviours, detected, harmless int
	for i, b := range cases {
		if len(b.Fires) == 0 {
			harmless++
			if len(standard[i]) > 0 {
				t.Errorf("%s: is harmless, and fires %v in the profile standard", b.Name, standard[i])
			}
			continue
		}
		behaviours++
		if missing := slices.DeleteFunc(slices.Clone(b.Fires), func(rule string) bool { return slices.Contains(strict[i], rule) }); len(missing) > 0 {
			t.Logf("%s: does not fire %v, but %v", b.Name, missing, strict[i])
			continue
		}
		detected++
	}
	t.Logf("%d of %d behaviours are detected in the profile strict; %d harmless ones ran in standard", detected, behaviours, harmless)
	require.GreaterOrEqual(t, float64(detected), leastDetected*float64(behaviours), "too few behaviours are detected")
}

// sameRules is the share of common behaviours from which two rules are the same rule for a
// person who gets their alerts, if there are at least sameBehaviours.
const (
	sameRules      = 0.8
	sameBehaviours = 3
)

// requireDifferentRules checks that no two rules fire in nearly the same behaviours.
func requireDifferentRules(t *testing.T, fired [][]string) {
	t.Helper()
	count, common := map[string]int{}, map[[2]string]int{}
	for _, rules := range fired {
		slices.Sort(rules)
		for i, a := range rules {
			count[a]++
			for _, b := range rules[i+1:] {
				common[[2]string{a, b}]++
			}
		}
	}
	for pair, n := range common {
		all := count[pair[0]] + count[pair[1]] - n
		if n >= sameBehaviours && float64(n) >= sameRules*float64(all) {
			t.Errorf("%s and %s fire in the same %d of %d behaviours (merge them)", pair[0], pair[1], n, all)
		}
	}
}

// requireRules checks that the rules of all behaviours exist.
func requireRules(t *testing.T, cases []behaviour) {
	t.Helper()
	builtin, err := alert.Builtin()
	require.NoError(t, err)
	for _, b := range cases {
		for _, rule := range b.Fires {
			require.True(t, slices.ContainsFunc(builtin, func(s alert.Spec) bool { return s.Name == rule && s.Profile != "" }), "%s: %s: is no rule of a profile", b.Name, rule)
		}
	}
}

// runBehaviours runs the cases one after the other through one collector with the rules of
// a profile, and returns the rules that fire in each. The settings are those of other
// components.
func runBehaviours(t *testing.T, profile string, cases []behaviour, settings map[string]any) (fired [][]string) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(beginning))
		run := &storyRun{
			settings: confmap.NewFromStringMap(merged(settings, map[string]any{"cowork_rules": map[string]any{"builtin_rules": []any{profile}}})),
			storage:  statefultest.NewDisk(), redacted: plog.NewLogs(), correlated: plog.NewLogs(), alerts: plog.NewLogs(),
		}
		p := &pipeline{storyRun: run}
		p.rules(t)
		p.processor(t, coworkcorrelationprocessor.NewFactory())
		p.cleaners(t)
		for i, b := range cases {
			time.Sleep(durationOf(b))
			require.NoError(t, p.head.ConsumeLogs(t.Context(), eventsOf(t, i, b, time.Now())))
			time.Sleep(cmp.Or(b.Wait, 6*time.Second))
			synctest.Wait()
			fired = append(fired, run.takeFiring(&session{number: i}))
		}
		p.stop(t)
	})
	return fired
}

// takeFiring returns the rules of the alerts since the last call that begin to fire and
// that are not of another case.
func (run *storyRun) takeFiring(s *session) (rules []string) {
	run.mu.Lock()
	defer run.mu.Unlock()
	for ev := range cowork.Events(run.alerts) {
		user, organization := cmp.Or(attributeText(ev, "user"), s.id(3)), cmp.Or(attributeText(ev, "organization"), s.id(2))
		name := attributeText(ev, "alert.name")
		if attributeText(ev, "alert.status") == string(alert.Firing) && user == s.id(3) && organization == s.id(2) && !slices.Contains(rules, name) {
			rules = append(rules, name)
		}
	}
	run.alerts.ResourceLogs().RemoveIf(func(plog.ResourceLogs) bool { return true })
	return rules
}
