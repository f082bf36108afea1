package cowork

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/collector/pdata/ptrace/ptraceotlp"
)

func TestOriginOf(t *testing.T) {
	check := func(text string, want Origin) {
		t.Helper()
		require.Equal(t, want, OriginOf(text), "%q", text)
	}
	for _, mark := range originMarks {
		check(mark.text, mark.origin)
		check(" \n\t"+mark.text+">\n<task-id>af4b</task-id>", mark.origin)
		check("Explain "+mark.text, OriginUser)
	}
	check("<task-notification>\n<task-id>af4b0a81932e84f9c</task-id>", OriginTask)
	check(`<scheduled-task name="weekly-report" file="C:\tasks\SKILL.md">`, OriginSchedule)
	check("<tick>10:15</tick>", OriginSchedule)
	check("<<autonomous-loop-dynamic>>", OriginSchedule)
	check(`<teammate-message teammate_id="lead">`, OriginAgent)
	check(`<cross-session-message from="s2">`, OriginAgent)

	check("", OriginUser)
	check("/loop check", OriginUser)
	check("<tickets>\n<ticket>1</ticket>\n</tickets>", OriginUser)
	check("<task-notifications>", OriginUser)
	check("<command-name>/review</command-name>", OriginUser) // a person typed the command
	check(`<channel source="chat">`, OriginUser)              // a person wrote in a chat
	check("<bash-input>ls</bash-input>", OriginUser)
}

func TestIsOrigin(t *testing.T) {
	for _, origin := range []Origin{OriginUser, OriginTask, OriginSchedule, OriginAgent} {
		require.True(t, IsOrigin(string(origin)))
	}
	for _, text := range []string{"", "User", "machine", "[REDACTED]", "user "} {
		require.False(t, IsOrigin(text), text)
	}
}

// originMarked marks an event and returns its origin.
func originMarked(t *testing.T, m *OriginMarker, attributes map[string]any) any {
	t.Helper()
	e := eventOf(t, attributes)
	m.MarkEvent(e, e.Name())
	return e.Record().Attributes().AsRaw()[OriginAttribute]
}

func TestMarkEvent(t *testing.T) {
	check := func(want any, attributes map[string]any) {
		t.Helper()
		attributes["session.id"] = "s"
		if attributes["event.name"] == nil {
			attributes["event.name"] = "user_prompt"
		}
		require.Equal(t, want, originMarked(t, new(OriginMarker), attributes), "%v", attributes)
	}
	check("user", map[string]any{"prompt": "hello"})
	check("task", map[string]any{"prompt": "<task-notification>"})
	check("task", map[string]any{"prompt_text": "<task-notification>"})
	check("task", map[string]any{"prompt": "<REDACTED>", "prompt_text": "<task-notification>"})
	check("user", map[string]any{})
	check("user", map[string]any{"prompt": "<REDACTED>"})

	// Other attributes of the client's own prompts.
	check("agent", map[string]any{"prompt": "<REDACTED>", "query_source": "agent:builtin:general-purpose"})
	check("agent", map[string]any{"prompt": "count", "agent_id": "af4b0a81932e84f9c"})
	check("task", map[string]any{"prompt": "count", "workflow.run_id": "wf_bc0c806d-c1a"})
	check("task", map[string]any{"prompt": "<task-notification>", "agent_id": "af4b0a81932e84f9c"})
	check("user", map[string]any{"prompt": "hello", "query_source": "sdk"})

	// An earlier collector marked the prompt and replaced its text.
	check("schedule", map[string]any{"prompt": "[REDACTED_PROMPT]", "cowork.prompt.origin": "schedule"})
	check("user", map[string]any{"prompt": "[REDACTED_PROMPT]", "cowork.prompt.origin": "jane@example.com"})
	// The sender cannot choose the origin of a prompt.
	check("user", map[string]any{"cowork.prompt.origin": "task"})
	check("user", map[string]any{"prompt": "<REDACTED>", "cowork.prompt.origin": "task"})
	check("user", map[string]any{"prompt": "hello", "cowork.prompt.origin": "task"})
	check("task", map[string]any{"prompt": "<task-notification>", "cowork.prompt.origin": "user"})

	check(nil, map[string]any{"event.name": "api_request", "prompt": "<task-notification>"})
}

func scheduleCall(tool string, input any) map[string]any {
	return map[string]any{"event.name": "tool_result", "session.id": "s", "tool_name": tool, "success": "true", "tool_input": input}
}

func TestScheduledPrompts(t *testing.T) {
	m := new(OriginMarker)
	prompt := func(session, text string) any {
		t.Helper()
		return originMarked(t, m, map[string]any{"event.name": "user_prompt", "session.id": session, "prompt": text})
	}
	require.Equal(t, "user", prompt("s", "check the queue"), "typed before it is scheduled")
	require.Nil(t, originMarked(t, m, scheduleCall("CronCreate", `{"cron":"*/5 * * * *","prompt":"check the queue","recurring":true}`)))
	require.Equal(t, "schedule", prompt("s", "check the queue"))
	require.Equal(t, "schedule", prompt("s", " check the queue\n"))
	require.Equal(t, "schedule", prompt("s", "check the queue"), "a recurring task")
	require.Equal(t, "user", prompt("s", "check the queue now"))
	require.Equal(t, "user", prompt("other", "check the queue"), "of another session")
	require.Equal(t, "user", prompt("", "check the queue"), "without a session")

	originMarked(t, m, scheduleCall("ScheduleWakeup", `{"delaySeconds":60,"reason":"a \"b\"","prompt":"/loop \u0063heck"}`))
	require.Equal(t, "schedule", prompt("s", "/loop check"))
	originMarked(t, m, scheduleCall("CronCreate", map[string]any{"prompt": "from a map"}))
	require.Equal(t, "schedule", prompt("s", "from a map"))

	// A client cuts a long input.
	long := strings.Repeat("ü", 700)
	originMarked(t, m, scheduleCall("CronCreate", `{"prompt":"`+strings.Repeat("ü", 512)+`…"}`))
	require.Equal(t, "schedule", prompt("s", long))

	// Calls that schedule nothing.
	originMarked(t, m, scheduleCall("Bash", `{"prompt":"a"}`))
	failed := scheduleCall("CronCreate", `{"prompt":"a"}`)
	failed["success"] = "false"
	originMarked(t, m, failed)
	for _, input := range []any{"", "no JSON", `{"prompt":""}`, `{"prompt":7}`, 7, nil} {
		originMarked(t, m, scheduleCall("CronCreate", input))
	}
	require.Equal(t, "user", prompt("s", "a"))
	require.Equal(t, "user", prompt("s", ""))
}

func TestScheduledPromptsAreBounded(t *testing.T) {
	m := new(OriginMarker)
	for i := range 4 * maxScheduled {
		m.schedule("s", strings.Repeat("x", i%200)+string(rune('a'+i%26))+strings.Repeat("y", i/200%50)+strings.Repeat("z", i/10_000))
	}
	require.LessOrEqual(t, m.scheduled.Slots(), maxScheduled)
	m.schedule("s", "the latest")
	require.True(t, m.isScheduled("s", "the latest"))
}

func spanOf(t *testing.T, name string, attributes map[string]any) ptrace.Span {
	t.Helper()
	span := ptrace.NewSpan()
	span.SetName(name)
	require.NoError(t, span.Attributes().FromRaw(attributes))
	return span
}

func TestMarkSpan(t *testing.T) {
	m := new(OriginMarker)
	check := func(want any, name string, attributes map[string]any) {
		t.Helper()
		attributes["session.id"] = "s"
		span := spanOf(t, name, attributes)
		m.MarkSpan(span)
		require.Equal(t, want, span.Attributes().AsRaw()[OriginAttribute], "%v", attributes)
	}
	check("user", "claude_code.interaction", map[string]any{"user_prompt": "hello"})
	check("task", "claude_code.interaction", map[string]any{"user_prompt": "<task-notification>"})
	check("task", "claude_code.interaction", map[string]any{"new_context": "[USER PROMPT]\n<task-notification>"})
	check("task", "claude_code.interaction", map[string]any{"user_prompt": "<REDACTED>", "new_context": "[USER PROMPT]\n<task-notification>"})
	check("user", "claude_code.interaction", map[string]any{"parent.source": "none", "queued_sends": 0})
	check(nil, "claude_code.llm_request", map[string]any{"new_context": "[USER PROMPT]\n<task-notification>"})
	check(nil, "claude_code.tool", map[string]any{
		"tool_name": "CronCreate", "tool_input": "[TOOL INPUT: CronCreate]\n" + `{"prompt":"check the queue"}`,
	})
	check("schedule", "claude_code.interaction", map[string]any{"user_prompt": "check the queue"})
	check("schedule", "claude_code.interaction", map[string]any{"new_context": "[USER PROMPT]\ncheck the queue"})
	check(nil, "claude_code.tool", map[string]any{"tool_name": "ScheduleWakeup", "tool_input": `{"prompt":"without a heading"}`})
	check("schedule", "claude_code.interaction", map[string]any{"user_prompt": "without a heading"})
}

// TestCapturedOrigins checks the prompts that real clients sent, on events and on spans.
func TestCapturedOrigins(t *testing.T) {
	events, spans := map[string]int{}, map[string]int{}
	m := new(OriginMarker)
	for _, ld := range captured(t) {
		for e := range Events(ld) {
			m.MarkEvent(e, e.Name())
			if origin, ok := e.Str(OriginAttribute); ok {
				events[origin]++
				require.Equal(t, "user_prompt", e.Name())
			}
		}
	}
	require.Equal(t, map[string]int{"user": 8, "task": 2}, events)
	for _, file := range captureFiles(t, recordings, "traces") {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		req := ptraceotlp.NewExportRequest()
		require.NoError(t, req.UnmarshalJSON(data))
		for _, rs := range req.Traces().ResourceSpans().All() {
			for _, span := range rs.ScopeSpans().At(0).Spans().All() {
				m.MarkSpan(span)
				if v, ok := span.Attributes().Get(OriginAttribute); ok {
					spans[v.Str()]++
				}
			}
		}
	}
	require.Equal(t, map[string]int{"user": 4, "task": 2}, spans)
}

func TestAllocOrigin(t *testing.T) {
	m := new(OriginMarker)
	require.Zero(t, allocates(t, false, func(e Event) { m.MarkEvent(e, e.Name()) }))
}

// FuzzOrigin checks that no text or input makes marking fail, that a mark is an origin,
// and that marking twice changes nothing.
func FuzzOrigin(f *testing.F) {
	for _, mark := range originMarks {
		f.Add(mark.text+">\n", `{"prompt":"a"}`)
	}
	f.Add("check", `{"cron":"* * * * *","prompt":"check"}`)
	f.Add("\xff\u2028", `{"prompt":"\ud800`)
	f.Fuzz(func(t *testing.T, text, input string) {
		m := new(OriginMarker)
		originMarked(t, m, scheduleCall("CronCreate", input))
		e := eventOf(t, map[string]any{"event.name": "user_prompt", "session.id": "s", "prompt": text})
		m.MarkEvent(e, "user_prompt")
		origin, _ := e.Str(OriginAttribute)
		require.True(t, IsOrigin(origin), "%q", origin)
		want := OriginOf(text)
		if trimmed := strings.TrimSpace(jsonString(input, "prompt")); want == OriginUser && trimmed != "" && trimmed == strings.TrimSpace(text) && !IsMarker(text) {
			want = OriginSchedule
		}
		if want != OriginUser && !IsMarker(text) && text != undefined {
			require.Equal(t, string(want), origin)
		}
		m.MarkEvent(e, "user_prompt")
		again, _ := e.Str(OriginAttribute)
		require.Equal(t, origin, again)
		m.MarkSpan(spanOf(t, "claude_code.interaction", map[string]any{"session.id": "s", "new_context": text}))
		m.MarkSpan(spanOf(t, "claude_code.tool", map[string]any{"tool_name": "CronCreate", "tool_input": input}))
	})
}
