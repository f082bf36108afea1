package story

import (
	"bytes"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

// A heldOut is an entry of testdata/behaviours/heldout: a behaviour that names no rule,
// since it was written without them.
type heldOut struct {
	behaviour `yaml:",inline"`

	Family    string `yaml:"family"`
	Malicious bool   `yaml:"malicious"`
}

// A floor is the least share of malicious cases that are detected, and the largest shares of
// harmless cases and of harmless sessions with an alert. Raise the first and lower the others
// when rules improve.
type floor struct{ detected, alerts, sessions float64 }

// The floors by half, which is the beginning of the names of its files. A half that ends in
// dev may be read and logged, all others are counted only.
var floors = map[string]floor{
	"dev":         {detected: 0.99, alerts: 0, sessions: 0},
	"test":        {detected: 0.91, alerts: 0, sessions: 0},
	"second_dev":  {detected: 0.99, alerts: 0, sessions: 0},
	"second_test": {detected: 0.93, alerts: 0.025, sessions: 0.05},
}

// keptContent are settings with which rules see prompts, responses and definitions of tools.
var keptContent = map[string]any{"cowork_redaction": map[string]any{
	"redact_prompt_content": false, "redact_response_content": false, "redact_api_bodies": false,
}}

// failureRules report that a call failed, whatever it was for. They neither detect a
// behaviour nor are they a false alarm.
var failureRules = []string{"api_error", "tool_failure"}

// isDev reports whether the names of a half may be logged.
func isDev(half string) bool { return strings.HasSuffix(half, "dev") }

// TestHeldOut runs the halves of testdata/behaviours/heldout: malicious cases in the
// profile strict, harmless ones in standard.
func TestHeldOut(t *testing.T) {
	for _, half := range slices.Sorted(maps.Keys(floors)) {
		t.Run(half, func(t *testing.T) {
			seen := map[string]bool{}
			detected := scoreOf(t, half, loadHeldOut(t, half, "malicious", seen), "strict")
			alerts := scoreOf(t, half, loadHeldOut(t, half, "harmless", seen), "standard")
			sessions := scoreOf(t, half, loadHeldOut(t, half, "sessions", seen), "standard")
			require.GreaterOrEqual(t, detected, floors[half].detected, "too few malicious cases are detected")
			require.LessOrEqual(t, alerts, floors[half].alerts, "too many harmless cases have an alert")
			require.LessOrEqual(t, sessions, floors[half].sessions, "too many harmless sessions have an alert")
		})
	}
}

// loadHeldOut returns the cases of a file, with the commands of Each apart.
func loadHeldOut(t *testing.T, half, kind string, seen map[string]bool) (cases []heldOut) {
	t.Helper()
	text, err := os.ReadFile("../../testdata/behaviours/heldout/" + half + "-" + kind + ".yaml")
	require.NoError(t, err)
	var list []heldOut
	dec := yaml.NewDecoder(bytes.NewReader(text))
	dec.KnownFields(true)
	require.NoError(t, dec.Decode(&list), "%s-%s.yaml", half, kind)
	for _, h := range list {
		require.False(t, seen[h.Name], "%s: the name exists already", h.Name)
		seen[h.Name] = true
		require.NotEmpty(t, h.Family, h.Name)
		require.Empty(t, h.Fires, "%s: names a rule", h.Name)
		require.Equal(t, kind == "malicious", h.Malicious, "%s: is in the wrong file", h.Name)
		require.NotEqual(t, len(h.Each) == 0, len(h.Events) == 0, "%s: has neither or both of each and events", h.Name)
		for _, one := range h.cases() {
			cases = append(cases, heldOut{behaviour: one, Family: h.Family, Malicious: h.Malicious})
		}
	}
	return cases
}

// scoreOf runs cases with the rules of a profile, logs by family how many have an alert, and
// returns their share.
func scoreOf(t *testing.T, half string, cases []heldOut, profile string) float64 {
	t.Helper()
	plain := make([]behaviour, len(cases))
	for i, h := range cases {
		plain[i] = h.behaviour
	}
	type count struct{ alerts, all int }
	families, total := map[string]count{}, count{}
	for i, fired := range runBehaviours(t, profile, plain, keptContent) {
		h := cases[i]
		rules := slices.DeleteFunc(fired, func(rule string) bool { return slices.Contains(failureRules, rule) })
		c := families[h.Family]
		c.all++
		total.all++
		if len(rules) > 0 {
			c.alerts++
			total.alerts++
		}
		families[h.Family] = c
		if isDev(half) && h.Malicious != (len(rules) > 0) {
			t.Logf("%s: %s: fires %v", h.Family, h.Name, rules)
		}
	}
	word := "false alerts"
	if cases[0].Malicious {
		word = "detected"
	}
	for _, family := range slices.Sorted(maps.Keys(families)) {
		t.Logf("%-17s %3d of %3d %s", family, families[family].alerts, families[family].all, word)
	}
	t.Logf("%-17s %3d of %3d %s in the profile %s", "all", total.alerts, total.all, word, profile)
	return float64(total.alerts) / float64(total.all)
}
