package language

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
)

func TestConverters(t *testing.T) {
	l := newLanguage(t)
	bash := map[string]any{"tool_name": "Bash", "tool_parameters": `{"full_command":"echo \"a\" | sh"}`}
	check := func(text string, attributes map[string]any, want bool) {
		t.Helper()
		holds, err := l.For("rule").Condition(text)
		require.NoError(t, err)
		ld := call(attributes)
		for ev := range l.Events(ld) {
			require.Equal(t, want, holds(ev), text)
			require.Equal(t, want, holds(ev), "%s, again", text)
		}
		require.Equal(t, want, holds(the(ld)), "%s, on its own", text)
	}
	check(`Command() == "echo \"a\" | sh\n#\necho a | sh\na"`, bash, true)
	check(`Command() == "ls -la"`, map[string]any{"tool_parameters": `{"full_command":"ls -la"}`}, true)
	check(`IsMatch(Command(), "(?m)^curl x$")`, map[string]any{"tool_parameters": `{"full_command":"sudo /usr/bin/c''u\\rl \"x\""}`}, true)
	check(`attributes["tool_name"] == "Bash" and IsMatch(Command(), "(?m)[|] *sh$")`, bash, true)
	check(`Command() == nil`, bash, false)
	check(`Command() == nil and FilePath() == nil and URL() == nil and ToolText() == nil`, map[string]any{"success": true}, true)
	check(`IsMatch(Command(), ".")`, map[string]any{"success": true}, false)
	check(`IsMatch(FilePath(), "/[.]ssh/")`, map[string]any{"tool_name": "Read", "tool_input": `{"file_path":"C:\\x\\.ssh\\id"}`}, true)
	check(`IsMatch(URL(), "^https://a[.]example/")`, map[string]any{"tool_name": "WebFetch", "tool_input": `{"url":"https://a.example/"}`}, true)
	check(`IsMatch(ToolText(), "hidden")`, map[string]any{"tool_name": "mcp_tool", "tool_input": `{"a":{"b":["hidden"]}}`}, true)
	write := map[string]any{"tool_name": "mcp_tool", "tool_parameters": `{"mcp_server_name":"files","mcp_tool_name":"write_file"}`, "tool_input": `{"path":"/etc/hosts"}`}
	check(`FileWritten() == "/etc/hosts" and FileRead() == nil and ConnectorTool() == "files/write_file"`, write, true)
	check(`FileRead() == "/a" and FileWritten() == nil and ConnectorTool() == nil`, map[string]any{"tool_name": "Read", "tool_input": `{"file_path":"/a"}`}, true)
	require.Empty(t, l.Faults())
}

// TestConvertedOfEachEvent checks that a value is not kept for the next event.
func TestConvertedOfEachEvent(t *testing.T) {
	l := newLanguage(t)
	command, err := l.For("rule").Text(`Command()`)
	require.NoError(t, err)
	ld := plog.NewLogs()
	for _, text := range []string{"one", "two", ""} {
		batch := call(map[string]any{"tool_parameters": `{"full_command":"` + text + `"}`})
		batch.ResourceLogs().At(0).CopyTo(ld.ResourceLogs().AppendEmpty())
	}
	var got []string
	for ev := range l.Events(ld) {
		text, _ := command(ev)
		got = append(got, text)
	}
	require.Equal(t, []string{"one", "two", ""}, got)
}

// TestConvertedOnce checks that a value is computed once for an event.
func TestConvertedOnce(t *testing.T) {
	l := newLanguage(t)
	holds, err := l.For("rule").Condition(`Command() == "x"`)
	require.NoError(t, err)
	for ev := range l.Events(call(map[string]any{"tool_parameters": `{"full_command":"a \"text\" with escapes"}`})) {
		holds(ev)
		require.Zero(t, testing.AllocsPerRun(100, func() { holds(ev) }))
	}
}

func TestConverterChecks(t *testing.T) {
	require.Empty(t, Check(`IsMatch(Command(), "x")`, []string{"tool_result"}))
	require.Empty(t, Check(`IsMatch(Command(), "x")`, []string{"api_request", "tool_decision"}))
	require.Empty(t, Check(`IsMatch(Command(), "x")`, nil))
	require.Empty(t, Check(`IsMatch(attributes["model"], "Command()")`, []string{"api_request"}))
	require.Equal(t, []string{"Command(): api_request has none (tool_decision, tool_result has)"}, Check(`IsMatch(Command(), "x")`, []string{"api_request"}))
	for _, text := range []string{`Command()`, `Substring(FilePath(), 0, 5)`, `URL()`, `Concat([ToolText()], "")`} {
		require.ErrorContains(t, Shown(text), "(): may hold content", text)
	}
}

func TestAttributes(t *testing.T) {
	require.Equal(t, []string{"a", "tool_input", "tool_parameters"},
		Attributes(`attributes["a"] == "attributes[\"b\"]" and IsMatch(Command(), "x") and log.attributes["a"] != nil and resource.attributes["c"] == nil`))
	require.Empty(t, Attributes(`Hour(time) == 5`))
	require.Len(t, converters, len(converted{}))
	for _, c := range converters {
		for _, name := range c.reads {
			require.NotNil(t, cowork.AttributeOf(name))
		}
	}
}
