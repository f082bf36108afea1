package ingest

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/details"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/eventtest"
)

// addRedacted adds events as cowork_redaction passes them on, and commits them.
func addRedacted(t *testing.T, in *Ingest, events ...eventtest.Event) {
	t.Helper()
	require.NoError(t, in.Add(noon, eventtest.Redacted(events...))(t.Context()))
}

// call returns a call of a tool with an input.
func call(sequence int, input any) eventtest.Event {
	return eventOf("tool_result", sequence, map[string]any{"tool_name": "Bash", "success": "false", "tool_input": input})
}

const (
	contentQuery = "select prompt_id, n, name, content, missing from step_contents order by prompt_id, n, name"
	countQuery   = "select content_bytes, contents_cut, contents_refused from prompts order by id"
)

// TestContents checks which contents are stored, over several commits.
func TestContents(t *testing.T) {
	onBoth(t, func(t *testing.T, name string) {
		t.Helper()
		in := open(t, name, DefaultSettings())
		addRedacted(t, in,
			eventOf("user_prompt", 1, map[string]any{"prompt": "[REDACTED_PROMPT]", "prompt_text": "<REDACTED>"}),
			eventOf("user_prompt", 2, map[string]any{"prompt.id": "p2", "prompt": "scanned [REDACTED_EMAIL]", "prompt_text": "scanned [REDACTED_EMAIL]"}))
		e := call(3, `{"command":"ls"}`)
		e.Attrs["error"], e.Attrs["tool_parameters"], e.Attrs["output"] = "no\x00 file \xff", "", "never stored"
		addRedacted(t, in, e)
		addRedacted(t, in, e, call(4, map[string]any{"a": "b"}))
		require.Equal(t, []string{
			"p1, 1, error, no? file ?, 0",
			`p1, 1, tool_input, {"command":"ls"}, 0`,
			`p1, 2, tool_input, {"a":"b"}, 0`,
			"p2, 0, prompt, scanned [REDACTED_EMAIL], 0",
		}, rows(t, in, contentQuery))
		require.Equal(t, []string{"35, 0, 0", "24, 0, 0"}, rows(t, in, countQuery))
		require.Equal(t, details.ContentCounts{Stored: 4}, in.TakeStats().Contents)
	})
}

// TestContentsWithoutRedaction checks that nothing of a record is stored that redaction
// has not marked, whatever its attributes are.
func TestContentsWithoutRedaction(t *testing.T) {
	in := inMemory(t, DefaultSettings())
	e := call(1, "secret")
	e.Attrs["cowork.redaction.applied"] = true
	add(t, in, e)
	require.Empty(t, rows(t, in, contentQuery))
	require.Equal(t, []string{"0, 0, 1"}, rows(t, in, countQuery))
	require.Equal(t, details.ContentCounts{Refused: 1}, in.TakeStats().Contents)
}

// TestMaxContentBytes checks the limits of a content and of a prompt, and 0.
func TestMaxContentBytes(t *testing.T) {
	set := DefaultSettings()
	set.MaxContentBytes = 10
	in := inMemory(t, set)
	addRedacted(t, in, call(1, strings.Repeat("é", 20)))
	require.Equal(t, []string{"p1, 0, tool_input, ééééé, 30"}, rows(t, in, contentQuery))
	for i := range 20 {
		addRedacted(t, in, call(2+i, "0123456789"))
	}
	require.Len(t, rows(t, in, contentQuery), 16)
	require.Equal(t, []string{"160, 5, 0"}, rows(t, in, countQuery))
	require.Equal(t, details.ContentCounts{Stored: 16, Truncated: 1, Cut: 5}, in.TakeStats().Contents)

	set.MaxContentBytes = 0
	in = inMemory(t, set)
	addRedacted(t, in, call(1, "text"))
	add(t, in, call(2, "text"))
	require.Empty(t, rows(t, in, contentQuery))
	require.Equal(t, []string{"0, 0, 0"}, rows(t, in, countQuery))
	require.Zero(t, in.TakeStats().Contents)
}

// TestContentsInMemory checks that contents count against the limit of the memory, and
// that they are dropped before events are.
func TestContentsInMemory(t *testing.T) {
	set := DefaultSettings()
	set.MaxPending = 40
	in := inMemory(t, set)
	in.Add(noon, eventtest.Redacted(call(1, strings.Repeat("x", 4096))))
	require.Equal(t, 3+4096/512, in.Pending(), "an event, its prompt and step, and 4 KiB")
	in.Add(noon, eventtest.Redacted(call(2, strings.Repeat("y", 4096)), call(3, "z")))
	require.Less(t, in.Pending(), 40)
	require.NoError(t, in.Flush(t.Context()))
	require.Equal(t, []string{"p1, 0, tool_input, 4096", "p1, 1, tool_input, 4096"}, rows(t, in, "select prompt_id, n, name, length(content) from step_contents order by n"))
	require.Equal(t, []string{"8192, 1, 0"}, rows(t, in, countQuery))
	require.Equal(t, []string{"3"}, rows(t, in, "select tools from prompts"))
}

// TestContentsAreDeleted checks that contents are deleted with their prompts.
func TestContentsAreDeleted(t *testing.T) {
	onBoth(t, func(t *testing.T, name string) {
		t.Helper()
		set := DefaultSettings()
		set.MaxPrompts = 2
		in := open(t, name, set)
		for i := range 5 {
			addRedacted(t, in, ofPrompt(i, call(i, "text")))
		}
		require.NoError(t, in.Sweep(t.Context(), noon))
		require.Equal(t, []string{"p3", "p4"}, rows(t, in, "select prompt_id from step_contents order by 1"))
		require.NoError(t, in.Sweep(t.Context(), noon.Add(set.Days*2)))
		require.Empty(t, rows(t, in, contentQuery))
	})
}
