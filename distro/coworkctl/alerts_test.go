package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const (
	ruleList   = "testdata/alert-rules.yaml"
	ruleConfig = "testdata/alert-config.yaml"
	overloaded = "../../testdata/captures/api-error-json/003_v1_logs.json"
)

// A timedEvent is an event a number of seconds after noon; a negative one has no time.
type timedEvent struct {
	second     int
	attributes map[string]any
}

// eventsFile writes events as the collector does, one batch per line.
func eventsFile(t *testing.T, events ...timedEvent) string {
	t.Helper()
	var lines []string
	for n, e := range events {
		attributes := []any{}
		for key, value := range e.attributes {
			attributes = append(attributes, map[string]any{"key": key, "value": map[string]any{"stringValue": value}})
		}
		record := map[string]any{"attributes": attributes}
		if e.second >= 0 {
			record["timeUnixNano"] = fmt.Sprint(noon.Add(time.Duration(e.second) * time.Second).UnixNano())
		}
		line, err := json.Marshal(map[string]any{"resourceLogs": []any{map[string]any{
			"resource":  map[string]any{"attributes": []any{map[string]any{"key": "service.name", "value": map[string]any{"stringValue": "cowork"}}}},
			"scopeLogs": []any{map[string]any{"logRecords": []any{record}}},
		}}})
		require.NoError(t, err, n)
		lines = append(lines, string(line))
	}
	file := filepath.Join(t.TempDir(), "events.json")
	require.NoError(t, os.WriteFile(file, []byte(strings.Join(lines, "\n")+"\n"), 0o600))
	return file
}

func call(second int, connector, success, milliseconds string) timedEvent {
	return timedEvent{second, map[string]any{
		"event.name": "tool_result", "tool_name": "mcp__" + connector + "__search", "success": success, "duration_ms": milliseconds,
		"user.email": "jane@example.com", "error": "hunter2", "tool_input": `{"q":"hunter2"}`,
	}}
}

var calls = []timedEvent{
	call(0, "crm", "false", "100"), call(60, "crm", "true", "100"), call(90, "wiki", "true", "7200"), call(300, "crm", "false", "100"), call(330, "wiki", "false", "100"),
}

// TestAlerts compares the output for rules in both forms with golden files.
func TestAlerts(t *testing.T) {
	events := eventsFile(t, calls...)
	list := succeeds(t, "alerts", "--rules", ruleList, "--events", events)
	require.Empty(t, list.err)
	golden(t, "alerts-list", list.out)
	golden(t, "alerts-config", succeeds(t, "alerts", "--rules", ruleConfig, "--events", events).out)
	golden(t, "alerts-json", succeeds(t, "alerts", "--rules", ruleList, "--events", events, "--format", "json").out)
}

// TestAlertsOfACapture evaluates the default rules on a real client's telemetry.
func TestAlertsOfACapture(t *testing.T) {
	out := succeeds(t, "alerts", "--events", overloaded).out
	require.Regexp(t, `^\S+ \S+ firing   api_error critical \{model=claude-opus-5-5\} 1 API error: claude-opus-5-5 answered with status 529`, out)
	require.Regexp(t, `\n\S+ \S+ resolved api_error critical`, out)
}

// TestAlertsSortEvents checks that the order of events and files does not matter.
func TestAlertsSortEvents(t *testing.T) {
	want := succeeds(t, "alerts", "--rules", ruleList, "--events", eventsFile(t, calls...)).out
	backwards := slices.Clone(calls)
	slices.Reverse(backwards)
	require.Equal(t, want, succeeds(t, "alerts", "--rules", ruleList, "--events", eventsFile(t, backwards...)).out)
	first, second := eventsFile(t, calls[2:]...), eventsFile(t, calls[:2]...)
	require.Equal(t, want, succeeds(t, "alerts", "--rules", ruleList, "--events", first, "--events", second).out)
}

// TestAlertsAfter checks that --after decides which alerts are resolved.
func TestAlertsAfter(t *testing.T) {
	events := eventsFile(t, calls...)
	long := succeeds(t, "alerts", "--rules", ruleList, "--events", events).out
	require.Contains(t, long, "resolved failing_connector")
	short := succeeds(t, "alerts", "--rules", ruleList, "--events", events, "--after", "0s").out
	require.NotContains(t, short, "resolved failing_connector")
	require.True(t, strings.HasPrefix(long, short))
}

func TestAlertsExpected(t *testing.T) {
	events := eventsFile(t, calls...)
	got := succeeds(t, "alerts", "--rules", ruleList, "--events", events).out
	expected := filepath.Join(t.TempDir(), "expected.txt")
	require.NoError(t, os.WriteFile(expected, []byte("# in a comment\n\n"+strings.ReplaceAll(got, "\n", "\r\n")), 0o600))
	args := []string{"alerts", "--rules", ruleList, "--events", events, "--expect", expected}
	require.Equal(t, fmt.Sprintf("%d alerts, as expected\n", strings.Count(got, "\n")), succeeds(t, args...).out)

	require.NoError(t, os.WriteFile(expected, []byte(strings.ReplaceAll(got, "warning", "critical")), 0o600))
	r := command(t, args...)
	require.Equal(t, 1, r.status)
	require.Empty(t, r.err)
	require.Regexp(t, `(?m)^-.* firing   failing_connector critical `, r.out)
	require.Regexp(t, `(?m)^\+.* firing   failing_connector warning `, r.out)
}

// TestAlertsUndated checks that events without a time are reported.
func TestAlertsUndated(t *testing.T) {
	r := succeeds(t, "alerts", "--rules", ruleList, "--events", eventsFile(t, call(-1, "wiki", "true", "7200")))
	require.Empty(t, r.out)
	require.Equal(t, "alerts: ignored 1 events without a time\n", r.err)
}

// TestAlertsWarn checks that a rule with a suspicious condition causes a warning.
func TestAlertsWarn(t *testing.T) {
	file := filepath.Join(t.TempDir(), "rules.yaml")
	require.NoError(t, os.WriteFile(file, []byte(`- {name: a, severity: info, message: m, condition: 'attributes["duration_ms"] == "5000"'}`), 0o600))
	r := succeeds(t, "alerts", "--rules", file, "--events", eventsFile(t, calls...))
	require.Regexp(t, `^alerts: warning: rules::a: condition: attribute "duration_ms" is a number`, r.err)
}

func TestAlertsRefuse(t *testing.T) {
	events := eventsFile(t, calls...)
	rules := func(text string) []string {
		file := filepath.Join(t.TempDir(), "rules.yaml")
		require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
		return []string{"alerts", "--events", events, "--rules", file}
	}
	for name, refused := range map[string]struct {
		args []string
		want string
	}{
		"no events":      {[]string{"alerts"}, `alerts: --events: no file \(the default`},
		"after":          {[]string{"alerts", "--events", events, "--after", "-1s"}, `alerts: --after: -1s: must be from 0s to 8784h0m0s`},
		"no such file":   {[]string{"alerts", "--events", events, "--rules", "none.yaml"}, `alerts: open none.yaml: no such file`},
		"no such expect": {[]string{"alerts", "--events", events, "--expect", "none.txt"}, `alerts: --expect: open none.txt: no such file`},
		"no YAML":        {rules("a: [hunter2"), `alerts: \S+: yaml: line 1: did not find expected`},
		"a word":         {rules("rules"), `alerts: \S+: is neither a list of rules nor a configuration$`},
		"no connector":   {rules("connectors: {routing: {}}"), `alerts: \S+: connectors: has no cowork_rules$`},
		"unknown key":    {rules("- {name: a, severity: info, colour: red}"), `(?s)alerts: \S+: .*rules::a::colour: is no key`},
		"condition":      {rules("- {name: a, severity: info, message: m, condition: 'attributes['}"), `(?s)alerts: \S+: .*rules::a::condition: `},
		"section":        {rules("cowork_rules/one: {repeat_interval: 1s}"), `alerts: \S+: cowork_rules/one: repeat_interval: 1s: must be`},
	} {
		r := command(t, refused.args...)
		require.Equal(t, 1, r.status, name)
		require.Regexp(t, "^coworkctl: "+refused.want, strings.TrimSpace(r.err), name)
		require.NotContains(t, r.err, "hunter2", name)
	}
}

// TestAlertsShowNoContent checks that the alerts of all built-in rules contain no
// content of the events, in both output formats.
func TestAlertsShowNoContent(t *testing.T) {
	file := filepath.Join(t.TempDir(), "rules.yaml")
	require.NoError(t, os.WriteFile(file, []byte("builtin_rules: [all]\n"), 0o600))
	for _, form := range []string{"--format=text", "--format=json"} {
		r := succeeds(t, "alerts", "--rules", file, "--events", eventsFile(t, calls...), form)
		require.Contains(t, r.out, "tool_failure")
		require.NotContains(t, r.out+r.err, "hunter2")
	}
}
