package coworkrulesconnector

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/confmap"

	"github.com/cowork-otel/collector/internal/alert"
)

// errorOf returns the error of decoding or validating a configuration.
func errorOf(t *testing.T, settings string) error {
	t.Helper()
	retrieved, err := confmap.NewRetrievedFromYAML([]byte(settings))
	require.NoError(t, err)
	conf, err := retrieved.AsConf()
	require.NoError(t, err)
	cfg := createDefaultConfig().(*Config)
	if err := conf.Unmarshal(cfg); err != nil {
		return err
	}
	return confmap.Validate(cfg)
}

// TestDays checks that durations of rules can have days and weeks.
func TestDays(t *testing.T) {
	cfg := configOf(t, `
repeat_interval: 1d
builtin_rules: [connector_error_rate]
overrides: {connector_error_rate: {window: 1d12h}}
rules:
  - {name: a, severity: info, window: 1d, count: {above: 1}}
  - {name: b, severity: info, new_term: {attribute: tool, learn: 1w}}
  - {name: c, severity: info, absent: 2d}
`)
	require.Equal(t, 24*time.Hour, cfg.RepeatInterval)
	require.Equal(t, 24*time.Hour, cfg.Rules[0].Window)
	require.Equal(t, 7*24*time.Hour, cfg.Rules[1].NewTerm.Learn)
	require.Equal(t, 48*time.Hour, cfg.Rules[2].Absent)
	specs, err := specsOf(cfg)
	require.NoError(t, err)
	require.Equal(t, 36*time.Hour, specs[0].Window)
	require.NoError(t, cfg.Validate())
}

// TestPlaceOfRule checks that a rule without a name is named by its place in the list of
// the file, whatever built-in rules come first.
func TestPlaceOfRule(t *testing.T) {
	cfg := configOf(t, "builtin_rules: [all]\nrules:\n- {name: a, severity: info}\n- {severity: info, events: [tool_reslt]}\n")
	require.ErrorContains(t, cfg.Validate(), "rules::#2::name: must be set")
	require.Equal(t, []string{`rules::#2: events::0: unknown kind "tool_reslt" (did you mean tool_result?)`}, cfg.Warnings())
}

func TestValidate(t *testing.T) {
	check := func(settings string, want ...string) {
		t.Helper()
		err := errorOf(t, settings)
		if len(want) == 0 {
			require.NoError(t, err)
		}
		for _, text := range want {
			require.ErrorContains(t, err, text)
		}
	}
	check(``)
	check(`builtin_rules: all`)
	check(`builtin_rules: []`)
	check(`cost_threshold_usd: 0`)
	check(rules(failing))
	check(`repeat_interval: 0s`, "repeat_interval: 0s: must be from 1m0s to 8784h0m0s (4h is the default)")
	check(`lateness: 300ns`, "lateness: 300ns: must have a unit of ms or more (5m is the default)")
	check(`lateness: -1s`, "lateness: -1s: must be from 0s to 24h0m0s (5m is the default)")
	check(`evaluation_interval: 1h`, "evaluation_interval: 1h0m0s: must be from 100ms to 1m0s (5s is the default)")
	check(`checkpoint_interval: 0s`, "checkpoint_interval: 0s: must be from 100ms to 1h0m0s (10s is the default)")
	check(`max_groups: 0`, "max_groups: 0: must be from 1 to 10000000 (10000 is the default)")
	check(`max_active: 0`, "max_active: 0: must be from 1 to 100000 (1000 is the default)")
	check(`cost_threshold_usd: -1`, "cost_threshold_usd: -1: must be a number of dollars, 0 or more")
	check(`builtin_rules: [api_eror, nonsense, tool_failur]`, "builtin_rules: api_eror: no such rule (did you mean \"api_error\"?)",
		"builtin_rules: nonsense: no such rule (must be of quiet, standard, strict, all, or a rule of internal/alert/builtin.md)",
		"builtin_rules: tool_failur: no such rule (did you mean \"tool_failure\"?)")
	check(`builtin_rules: [gist_created]`, "builtin_rules: gist_created: is part of paste_site now (write paste_site)")
	check(`overrides: {page_then_script: {enabled: false}}`, "overrides::page_then_script: no longer exists, since other rules fire in its place (remove it)")
	check(`overrides: {api_eror: {enabled: false}}`, "overrides::api_eror: no such rule (did you mean \"api_error\"?)")
	check(`overrides: {off_hours_activity: {enabled: true}}`, "overrides::off_hours_activity: is not in builtin_rules (name it there first)")
	check("overrides: {mine: {severity: info}}\nrules: [{name: mine, severity: info, message: m}]", "overrides::mine: is a rule of your own (change it in rules)")
	check(`overrides: {api_error: {name: other}}`, "overrides::api_error: name: must not be changed")
	check(`overrides: {api_error: {servity: info}}`, "overrides::api_error::servity: is no key")
	check("rules: [{name: api_error, severity: info}]", "rules::api_error: is the name of a built-in rule that is on (change that one in overrides")
	check("builtin_rules: [api_eror]\nrules: [{name: a, severity: loud}]", "api_eror: no such rule", "rules::a::severity: ")
	check("max_groups: 0\nlateness: -1s\n"+rules(`- {name: a, severity: loud, message: m}`), "max_groups: 0", "lateness: -1s", "severity: ")
}

// TestBadRules checks the errors of invalid rules: the place, and the correct form.
func TestBadRules(t *testing.T) {
	check := func(lines string, want ...string) {
		t.Helper()
		err := errorOf(t, rules(lines))
		for _, text := range want {
			require.ErrorContains(t, err, text)
		}
	}
	check("- {name: a, severity: info, message: m, frequency: {above: 1}}", "frequency")
	check(`- {name: a, severity: info, message: m, condition: 'attributes["x"] =='}`, "rules::a::condition: condition has invalid syntax")
	check("- {name: a, severity: info, message: m, window: 0s, count: {above: 1}}", "rules::a::window: ")
	check("- {name: a, severity: info, message: m, window: 5m, ratio: {above: 0.5}}", "rules::a::ratio::of: ")
	check("- {name: a, severity: info, message: m}\n- {name: a, severity: info, message: m}", "name: ")

	check("- {name: a, severity: info, rate: {above: 1}}", "rules::a::rate: is no key (must be of absent, action, budget, condition, content, count, ")
	check("- {name: a, severity: info, count: }", "rules::a::count: must have something below it, or be taken out")
	check("- {name: a, severity: info, count: 5}", "rules::a::count: must be keys with their values, such as {above: 5}")
	check("- {name: a, severity: info, window: 5m, count: {}}", "rules::a::count::above: must be set: how much is too much")
	check("- {name: a, severity: info, window: 5m, sum: {attribute: cost_usd, abvoe: 3}}", "rules::a::sum::abvoe: is no key (must be of above, attribute, value)", "rules::a::sum::above: must be set")
	check("- {name: a, severity: info, window: 5m, count: {above: many}}", "rules::a::count::above: must be a number")
	check("- {name: a, severity: info, keep_firing_for: 300}", "rules::a::keep_firing_for: must be a time with its unit, such as 30s, 15m, 24h or 7d")
	check("- {name: a, severity: info, window: 1day, count: {above: 1}}", "rules::a::window: must be a time with its unit")
	check("- {name: a, severity: info, absent: 0s}", "rules::a::absent: 0s: must be positive, such as 30m")
	check("- {name: a, severity: info, absent: }", "rules::a::absent: must have something below it")
	check("- {name: a, severity: info, labels: [a]}", "rules::a::labels: must be names with their values, such as {team: platform}")
	check("- {name: a, severity: info, enabled: maybe}", "rules::a::enabled: must be true or false")
	check("- only a text\n- {severity: info, group_by: {a: b}}", "rules::#1: must be a rule", "rules::#2::group_by: must be a list, such as [a, b]")
	err := errorOf(t, "overrides: {api_error: {sevrity: info, absent: soon}}")
	require.ErrorContains(t, err, "overrides::api_error::sevrity: is no key")
	require.ErrorContains(t, err, "overrides::api_error::absent: must be a time with its unit")
	check("- {name: a, severity: urgent, message: m}", "rules::a::severity: ", "info, warning or critical")
}

// TestFormerRules checks that no former rule exists, and that each has a successor that does.
func TestFormerRules(t *testing.T) {
	builtin, err := alert.Builtin()
	require.NoError(t, err)
	for name, now := range formerRules {
		require.Negative(t, indexOfRule(builtin, name), name)
		require.True(t, now == "" || indexOfRule(builtin, now) >= 0, now)
	}
}
