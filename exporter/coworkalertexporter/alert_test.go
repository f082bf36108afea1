package coworkalertexporter

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"
	"pgregory.net/rapid"

	"github.com/cowork-otel/collector/internal/cowork"
)

// parseOne parses one record with the given attributes, after an optional change.
func parseOne(t *testing.T, own attributes, change func(plog.LogRecord)) (a alert, truncated int, skipped string) {
	t.Helper()
	cfg := createDefaultConfig().(*Config)
	for ev := range cowork.Events(recordsOf(t, noon, own)) {
		if change != nil {
			change(ev.Record())
		}
		return newAlertParser(cfg.Labels, cfg.Annotations).parse(ev, noon.Add(time.Hour))
	}
	return alert{}, 0, ""
}

func TestParseAlert(t *testing.T) {
	a, _, skipped := parseOne(t, attributes{
		"alert.value": 0.25, "alert.threshold": 0.2, "connector": "gmail", "user": "u1", "prompt.id": "p1",
		"prompt": secret, "user.email": secret, "alert.starts_at": "2026-11-02T11:59:00Z",
	}, nil)
	require.Empty(t, skipped)
	require.Equal(t, map[string]string{
		"alertname": "api_error", "severity": "critical", "fingerprint": "0f", "connector": "gmail", "user": "u1",
	}, a.Labels)
	require.Equal(t, map[string]string{"summary": "API error", "value": "0.25", "threshold": "0.2", "prompt_id": "p1"}, a.Annotations)
	require.Equal(t, noon.Add(-time.Minute), a.StartsAt)
	require.Equal(t, noon, a.RecordedAt)
	require.True(t, a.firing())

	a, _, _ = parseOne(t, attributes{"alert.status": "resolved", "alert.ends_at": "2026-11-02T12:00:30Z", "alert.starts_at": "yesterday"}, nil)
	require.Equal(t, noon, a.StartsAt)
	require.Equal(t, noon.Add(30*time.Second), a.EndsAt)

	_, _, skipped = parseOne(t, attributes{"alert.status": "perhaps"}, nil)
	require.Equal(t, noStatus, skipped)
	_, _, skipped = parseOne(t, attributes{"alert.name": ""}, nil)
	require.Equal(t, noName, skipped)
	_, _, skipped = parseOne(t, attributes{"event.name": "api_error"}, func(rec plog.LogRecord) { rec.SetEventName("api_error") })
	require.Equal(t, otherEvent, skipped)
}

func TestSeverity(t *testing.T) {
	check := func(own attributes, text string, number plog.SeverityNumber, want string) {
		t.Helper()
		a, _, _ := parseOne(t, own, func(rec plog.LogRecord) { rec.SetSeverityText(text); rec.SetSeverityNumber(number) })
		require.Equal(t, want, a.Labels[severityLabel])
	}
	check(nil, "WARNING", plog.SeverityNumberFatal, "warning")
	check(nil, "", plog.SeverityNumberFatal, "critical")
	check(nil, "WARN", plog.SeverityNumberWarn, "warning")
	check(nil, secret, plog.SeverityNumberUnspecified, "info")
	check(attributes{"alert.severity": "info"}, "CRITICAL", plog.SeverityNumberError, "info")
}

func TestTruncatedValues(t *testing.T) {
	a, truncated, _ := parseOne(t, attributes{"connector": strings.Repeat("é", maxLabel), "alert.message": strings.Repeat("x", maxAnnotation+1), "tool": "a\xffb"}, nil)
	require.Equal(t, strings.Repeat("é", maxLabel/2), a.Labels["connector"])
	require.Len(t, a.Annotations["summary"], maxAnnotation)
	require.Equal(t, "a\uFFFDb", a.Labels["tool"])
	require.Equal(t, 2, truncated)
}

// TestLabelName checks that old releases of Alertmanager accept every name.
func TestLabelName(t *testing.T) {
	require.Equal(t, "user_email", labelName("user.email"))
	require.Equal(t, "_1st", labelName("1st"))
	require.Equal(t, "summary", annotationName("alert.message"))
	rapid.Check(t, func(t *rapid.T) {
		require.Regexp(t, `^([a-zA-Z]|_($|[a-zA-Z0-9]))[a-zA-Z0-9_]*$`, labelName(rapid.String().Draw(t, "attribute")))
	})
}

// TestRuleLabels checks that the labels of a rule are copied and replace no other label.
func TestRuleLabels(t *testing.T) {
	ld := recordsOf(t, noon, attributes{
		"user": "u", "alert.labels.team": "platform", "alert.labels.user": "x", "alert.labels.severity": "none", "alert.labels.a.b": "c", "alert.group.x": "y",
	})
	for ev := range cowork.Events(ld) {
		a, _, _ := newAlertParser(createDefaultConfig().(*Config).Labels, nil).parse(ev, noon)
		require.Equal(t, map[string]string{
			nameLabel: "api_error", severityLabel: "critical", fingerprintLabel: "0f", "user": "u", "team": "platform", "a_b": "c",
		}, a.Labels)
	}
	require.ErrorContains(t, validateNames([]string{"prompt.*"}, labelName, "labels"), "labels::0: ")
	require.ErrorContains(t, validateNames([]string{ruleLabels}, annotationName, "annotations"), "annotations::0: ")
}

// TestPageLinks checks the links of alerts to the page.
func TestPageLinks(t *testing.T) {
	none := pageLinks("")
	annotations := map[string]string{"prompt_id": examplePrompt}
	require.Empty(t, none.alerts(firing))
	require.Equal(t, annotations, none.annotate(annotations))
	page := pageLinks("https://cowork.example.com")
	require.Equal(t, "https://cowork.example.com/alerts#p-alerts_firing", page.alerts(firing))
	require.Equal(t, "https://cowork.example.com/alerts#p-alerts_recent", page.alerts(resolved))
	require.Equal(t, "https://cowork.example.com/prompts/"+examplePrompt, page.annotate(annotations)[promptURL])
	require.NotContains(t, annotations, promptURL, "the alert itself is not changed")
	atStep := page.annotate(map[string]string{"prompt_id": examplePrompt, "event_id": "cd78a8d99425bb59"})
	require.Equal(t, "https://cowork.example.com/prompts/"+examplePrompt+"?event=cd78a8d99425bb59#alert-step", atStep[promptURL])
	require.Equal(t, "https://cowork.example.com/prompts/a%2F..%2Fb", page.annotate(map[string]string{"prompt_id": "a/../b"})[promptURL])
}
