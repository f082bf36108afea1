package e2e

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"
)

// TestPageEventsLive follows records in a browser: they appear without a reload, a pause
// stops them, filters select them, and each is there as JSON, redacted.
func TestPageEventsLive(t *testing.T) {
	t.Parallel()
	overlay := filepath.Join(t.TempDir(), "events.yaml")
	require.NoError(t, os.WriteFile(overlay, []byte(`
processors: {cowork_correlation: {idle_timeout: 1s}}
connectors: {cowork_rules: {evaluation_interval: 1s}}
service: {pipelines: {logs/alerts: {exporters: [file/alerts, cowork_dashboard]}}}
`), 0o600))
	p := startPage(t, overlay)
	b := openBrowser(t, p.url())
	b.visit(t, "/events")
	require.Contains(t, evaluate[string](t, b, `document.querySelector("#events").innerText`), "No record has arrived since this collector started.")
	require.False(t, evaluate[bool](t, b, `!!document.querySelector(".banner")`), "the default configuration redacts")
	evaluate[bool](t, b, `window.same = true`)

	// Records arrive in the open page.
	send := func(run string) {
		t.Helper()
		for _, r := range captures(t)[run] {
			if r.signal == "logs" {
				status, answer := p.post(t, r)
				require.Equal(t, http.StatusOK, status, answer)
			}
		}
	}
	rows := func(kind string) string {
		return `[...document.querySelectorAll(".events li")].filter(r => r.querySelector(".kind").innerText.trim() === "` + kind + `")`
	}
	send("basic-json")
	b.await(t, rows("tool_result")+`.length > 0`)
	b.await(t, rows("prompt_summary")+`.length > 0`)
	now := time.Now()
	status, answer := p.post(t, request{signal: "logs", contentType: contentTypes["json"], body: fmt.Appendf(nil, `{"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"cowork"}}]},
		"scopeLogs":[{"scope":{"name":"com.anthropic.claude_code.events"},"logRecords":[{"timeUnixNano":"%d","attributes":[{"key":"event.name","value":{"stringValue":"permission_mode_changed"}},
		{"key":"session.id","value":{"stringValue":"3f1c0f6e-0b5e-4a8e-9a57-4c2f3f6a1b01"}},{"key":"event.timestamp","value":{"stringValue":"%s"}},{"key":"event.sequence","value":{"intValue":"1"}},
		{"key":"from_mode","value":{"stringValue":"default"}},{"key":"to_mode","value":{"stringValue":"bypassPermissions"}}]}]}]}]}`, now.UnixNano(), now.UTC().Format(time.RFC3339))})
	require.Equal(t, http.StatusOK, status, answer)
	b.await(t, rows("alert")+`.length > 0`)
	require.True(t, evaluate[bool](t, b, `window.same === true`), "without a reload")

	// A record opens with the keyboard, stays open while others arrive, and is redacted.
	id := evaluate[string](t, b, rows("user_prompt")+`[0].id.slice(2)`)
	b.do(t, chromedp.SendKeys(chromedp.CSS("#s-"+id), kb.Enter))
	b.await(t, `document.getElementById("d-`+id+`").open`)
	shown := evaluate[string](t, b, `document.getElementById("j-`+id+`").textContent`)
	var record struct{ Attributes map[string]any }
	require.NoError(t, json.Unmarshal([]byte(shown), &record), shown)
	require.Equal(t, "[REDACTED_PROMPT]", record.Attributes["prompt"])
	evaluate[bool](t, b, `document.getElementById("c-`+id+`").click(), true`)
	b.await(t, `document.getElementById("c-`+id+`").textContent === "Copied"`)
	count := `document.querySelectorAll(".events li").length`
	open := evaluate[int](t, b, count)
	send("traced-json")
	b.await(t, count+` > `+strconv.Itoa(open))
	require.True(t, evaluate[bool](t, b, `document.getElementById("d-`+id+`").open && document.activeElement.id === "s-`+id+`"`), "still open, with the focus")
	b.checkAccessible(t, "/events")

	// A paused page stays as it is. The state of it is in its address.
	evaluate[bool](t, b, `document.querySelector("#pause").click(), true`)
	b.await(t, `document.readyState === "complete" && document.querySelector("#pause").textContent === "Resume"`)
	paused := evaluate[string](t, b, `location.pathname + location.search`)
	require.Contains(t, paused, "until=")
	before := evaluate[int](t, b, count)
	send("connectors-json")
	b.visit(t, paused)
	require.Equal(t, before, evaluate[int](t, b, count))
	require.Contains(t, evaluate[string](t, b, `document.querySelector("#events").innerText`), "arrived since")
	evaluate[bool](t, b, `document.querySelector("#pause").click(), true`)
	b.await(t, rows("mcp_server_connection")+`.length > 0`)

	// Filters: by kind with a link, by an attribute in the form, by user and prompt.
	b.visit(t, "/events?limit=1000")
	evaluate[bool](t, b, rows("alert")+`[0].querySelector(".kind a").click(), true`)
	b.await(t, `location.search === "?kind=alert&limit=1000" && document.querySelectorAll(".events li").length > 0`)
	require.True(t, evaluate[bool](t, b, rows("alert")+`.length === document.querySelectorAll(".events li").length`))
	b.visit(t, "/events?attribute=tool_name%3DRead")
	require.Positive(t, evaluate[int](t, b, count))
	require.True(t, evaluate[bool](t, b, `[...document.querySelectorAll(".events li")].every(r => r.innerText.includes("Read"))`))
	var found struct {
		Events []struct{ Kind, User, Prompt string }
	}
	p.read(t, "/api/events.json?attribute=tool_name~read", &found)
	require.NotEmpty(t, found.Events)
	first := found.Events[0]
	p.read(t, "/api/events.json?kind=tool_result&prompt="+first.Prompt+"&user="+url.QueryEscape(first.User), &found)
	require.NotEmpty(t, found.Events)
	_, all := p.fetch(t, "/api/events.json")
	require.NotContains(t, strings.ToLower(string(all)), "@example.com", "addresses are redacted")

	b.requireQuiet(t)
	b.withoutScripts(t)
	b.visit(t, "/events?kind=tool_result")
	require.Contains(t, evaluate[string](t, b, `document.querySelector("#events pre").textContent`), `"tool_name"`)
}

// TestPageEventsWithoutRedaction hides content that did not pass redaction.
func TestPageEventsWithoutRedaction(t *testing.T) {
	t.Parallel()
	overlay := filepath.Join(t.TempDir(), "open.yaml")
	require.NoError(t, os.WriteFile(overlay, []byte(`processors: {cowork_redaction: {enabled: false}}`), 0o600))
	p := startPage(t, overlay)
	for _, r := range captures(t)["basic-json"] {
		if r.signal == "logs" {
			status, answer := p.post(t, r)
			require.Equal(t, http.StatusOK, status, answer)
		}
	}
	var answer struct {
		Unredacted bool
		Events     []struct {
			Kind   string
			Hidden int
			Record struct{ Attributes map[string]any }
		}
	}
	p.read(t, "/api/events.json?kind=user_prompt", &answer)
	require.True(t, answer.Unredacted)
	require.NotEmpty(t, answer.Events)
	require.Equal(t, "[REDACTED_CONTENT]", answer.Events[0].Record.Attributes["prompt"])
	require.Positive(t, answer.Events[0].Hidden)
	_, page := p.fetch(t, "/events")
	require.Contains(t, string(page), "No redaction is known in front of this page.")
	var setup struct {
		Redacted bool
		Advice   []struct{ What string }
	}
	require.Eventually(t, func() bool {
		p.read(t, "/api/setup.json", &setup)
		return strings.Contains(setup.Advice[0].What, "Content arrived without redaction")
	}, waitLimit, 100*time.Millisecond)
	require.False(t, setup.Redacted)
}
