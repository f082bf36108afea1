package e2e

import (
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
)

const (
	stepsPrompt  = "0aa84ef6-0c18-4720-8c5d-4ba43985c011"
	stepsSession = "f4e2b124-f977-4412-8b09-da2871d3f914"
)

// promptWithSteps returns a prompt with a subagent that calls a tool, a failed tool with a
// hostile input and a secret, a rejected tool, and a failed request.
func promptWithSteps(now time.Time) plog.Logs {
	ld := plog.NewLogs()
	rl := ld.ResourceLogs().AppendEmpty()
	rl.Resource().Attributes().PutStr("service.name", "cowork")
	sl := rl.ScopeLogs().AppendEmpty()
	sl.Scope().SetName("com.anthropic.claude_code.events")
	input, _ := json.Marshal(map[string]any{
		"command": "grep -r " + hostile + " --token=ghp_16C7e42F292c6912E7710c838347Ae178B4a", "description": "line one\nline two", "limit": 3,
	})
	for i, e := range []map[string]any{
		{"event.name": "user_prompt", "prompt": "Summarise the sales", "prompt_length": "19"},
		{"event.name": "api_request", "request_id": "req_01", "model": "claude-opus-5-5", "duration_ms": 900, "input_tokens": 321, "output_tokens": 45, "cache_read_tokens": 15000, "cache_creation_tokens": 2000, "cost_usd": 0.015},
		{"event.name": "tool_decision", "tool_use_id": "toolu_01", "request_id": "req_01", "tool_name": "Agent", "decision": "accept", "source": "config", "permission_mode": "bypassPermissions"},
		{"event.name": "tool_result", "tool_use_id": "toolu_01", "request_id": "req_01", "tool_name": "Agent", "success": "true", "duration_ms": "90", "tool_input": `{"prompt":"Find the totals"}`},
		{"event.name": "api_request", "request_id": "req_02", "agent_id": "ac32989f35b966c4f", "agent.name": "general-purpose", "model": "claude-opus-5-5", "duration_ms": 700, "input_tokens": 1, "output_tokens": 1, "cost_usd": 0.01},
		{"event.name": "tool_result", "tool_use_id": "toolu_02", "request_id": "req_02", "tool_name": "Bash", "success": "false", "error_type": "ShellError", "error": "exit 2\n" + hostile, "duration_ms": "280", "tool_input": string(input)},
		{"event.name": "subagent_completed", "agent_id": "ac32989f35b966c4f", "agent_type": "general-purpose", "duration_ms": 2000, "total_tool_uses": 1},
		{"event.name": "tool_decision", "tool_use_id": "toolu_03", "request_id": "req_01", "tool_name": "Write", "decision": "reject", "source": "user_reject", "tool_parameters": `{"file_path":"/tmp/report.md"}`},
		{"event.name": "api_error", "request_id": "req_03", "model": "claude-opus-5-5", "status_code": 529, "error": "Overloaded", "duration_ms": 500},
	} {
		rec := sl.LogRecords().AppendEmpty()
		at := now.Add(time.Duration(i-10) * time.Second)
		rec.SetTimestamp(pcommon.NewTimestampFromTime(at))
		_ = rec.Attributes().FromRaw(e) // strings and numbers only: cannot fail
		rec.Attributes().PutStr("prompt.id", stepsPrompt)
		rec.Attributes().PutStr("session.id", stepsSession)
		rec.Attributes().PutStr("event.timestamp", at.UTC().Format("2006-01-02T15:04:05.000Z"))
		rec.Attributes().PutInt("event.sequence", int64(i))
		rec.Body().SetStr("claude_code." + e["event.name"].(string))
	}
	return ld
}

// openSteps starts a page with the prompt, and opens it in a browser.
func openSteps(t *testing.T, configs ...string) (*dashboard, *browser) {
	t.Helper()
	p := startPage(t, configs...)
	p.sendEvents(t, &p.sum, promptWithSteps(time.Now().UTC()))
	p.awaitFigures(t)
	b := openBrowser(t, p.url())
	b.visit(t, "/prompts/"+url.PathEscape(stepsPrompt))
	return p, b
}

// stepOf is a step as the page shows it.
type stepOf struct {
	Kind, Level, Text string
	Failed            bool
}

const readSteps = `[...document.querySelectorAll(".fall > li")].map(li => ({
	Kind: (li.querySelector(".what code") || li.querySelector(".what strong")).textContent, Level: li.className.slice(0, 2), Failed: li.classList.contains("failed"), Text: li.innerText}))`

// TestPageSteps checks what a prompt shows of its steps: what they did as redaction left
// it, below the request or the subagent that caused them, and what failed.
func TestPageSteps(t *testing.T) {
	t.Parallel()
	p, b := openSteps(t)
	evaluate[bool](t, b, `document.querySelectorAll("details").forEach(d => d.open = true), true`)
	var tree []string
	all := map[string]stepOf{}
	for _, s := range evaluate[[]stepOf](t, b, readSteps) {
		tree = append(tree, s.Level+" "+s.Kind)
		all[s.Level+" "+s.Kind] = s
	}
	require.Equal(t, []string{
		"d0 user_prompt", "d0 api_request", "d1 tool_result", "d1 tool_decision",
		"d0 subagent_completed", "d1 api_request", "d2 tool_result", "d0 api_error",
	}, tree)
	require.Contains(t, all["d1 tool_result"].Text, "Find the totals")
	require.Contains(t, all["d1 tool_result"].Text, "allowed by config", "the permission is a part of its call")
	require.Contains(t, all["d1 tool_result"].Text, "bypassPermissions")
	require.Contains(t, all["d0 api_request"].Text, "15\u00a0k from cache")

	bash := all["d2 tool_result"]
	require.True(t, bash.Failed)
	require.Contains(t, bash.Text, "failed: ShellError")
	require.Contains(t, bash.Text, "grep -r <img src=x onerror=")
	require.Contains(t, bash.Text, "[REDACTED_API_KEY]")
	require.Contains(t, bash.Text, "line one\nline two")
	require.Contains(t, bash.Text, "exit 2")
	require.NotContains(t, evaluate[string](t, b, `document.documentElement.outerHTML`), "ghp_")
	require.NotContains(t, bash.Text, "\u202e")
	require.True(t, all["d1 tool_decision"].Failed)
	require.Contains(t, all["d1 tool_decision"].Text, "rejected by user_reject")
	require.Contains(t, all["d1 tool_decision"].Text, "/tmp/report.md")
	require.NotContains(t, all["d0 user_prompt"].Text, "Summarise", "redaction replaces prompts")
	b.requireUnharmed(t)

	// From the list of failures to the steps.
	failures := evaluate[string](t, b, `document.querySelector("#failures").innerText`)
	for _, text := range []string{"ShellError: exit 2", "rejected by user_reject: /tmp/report.md", "status 529: Overloaded"} {
		require.Contains(t, failures, text)
	}
	evaluate[bool](t, b, `document.querySelector("#failures a").click(), true`)
	require.True(t, evaluate[bool](t, b, `document.querySelector("li:target").classList.contains("failed")`))
	b.checkAccessible(t, "a prompt")
	b.checkKeyboard(t, "/prompts/"+stepsPrompt)
	b.requireQuiet(t)

	// Nothing of the content is in the collector's log.
	require.NotContains(t, p.log.String(), "onerror")
}

// TestPageStepsWithoutRedaction checks that the page stores no content of records that no
// cowork_redaction has redacted, also if a client pretends that one has, and states so.
func TestPageStepsWithoutRedaction(t *testing.T) {
	t.Parallel()
	plain := filepath.Join(t.TempDir(), "plain.yaml")
	require.NoError(t, os.WriteFile(plain, []byte(`
processors: {cowork_redaction: {enabled: false}, cowork_event: {trust_marks: false}}
`), 0o600))
	p := startPage(t, plain)
	ld := promptWithSteps(time.Now().UTC())
	ld.ResourceLogs().At(0).ScopeLogs().At(0).Scope().Attributes().PutBool("cowork.redaction.applied", true)
	p.sendEvents(t, &p.sum, ld)
	p.awaitFigures(t)
	status, body := p.fetch(t, "/prompts/"+stepsPrompt)
	require.Equal(t, 200, status)
	require.Contains(t, string(body), "6 texts of its steps are not stored, since no cowork_redaction has redacted them")
	for _, text := range []string{"grep", "Summarise", "Overloaded", "report.md"} {
		require.NotContains(t, string(body), text)
	}
}

// TestPagePromptPhone checks that a prompt fits a phone: nothing is cut, nothing scrolls
// sideways, and the contents are readable without scripts.
func TestPagePromptPhone(t *testing.T) {
	t.Parallel()
	_, b := openSteps(t)
	b.withoutScripts(t)
	b.do(t, chromedp.EmulateViewport(390, 844))
	b.visit(t, "/prompts/"+stepsPrompt)
	require.LessOrEqual(t, evaluate[int](t, b, `document.documentElement.scrollWidth`), 390)
	for _, summary := range evaluate[[]string](t, b, `[...document.querySelectorAll(".fall summary")].map(s => s.parentElement.id)`) {
		b.do(t, chromedp.Click(chromedp.CSS("#"+summary+" > summary")))
	}
	require.True(t, evaluate[bool](t, b, `[...document.querySelectorAll(".fall details")].every(d => d.open)`))
	require.LessOrEqual(t, evaluate[int](t, b, `document.documentElement.scrollWidth`), 390, "with all contents")
	cut := evaluate[[]string](t, b, `[...document.querySelectorAll(".fall *")].filter(e => e.checkVisibility() && !e.closest(".sr") && e.getBoundingClientRect().right > 390).map(e => e.outerHTML.slice(0, 100))`)
	require.Empty(t, cut)
	lanes := evaluate[[]float64](t, b, `[...document.querySelectorAll(".fall .lane")].map(e => e.getBoundingClientRect().width)`)
	require.Len(t, lanes, 8)
	for _, width := range lanes {
		require.Greater(t, width, 250.0, "a bar has the width of the phone")
	}
	require.Contains(t, strings.Join(evaluate[[]string](t, b, `[...document.querySelectorAll(".fall pre")].map(e => e.innerText)`), "\n"), "line one\nline two")
	b.requireUnharmed(t)
	b.requireQuiet(t)
}
