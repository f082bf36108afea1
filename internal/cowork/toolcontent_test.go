package cowork

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
)

// TestToolContents checks what a tool call does in the forms that clients send.
func TestToolContents(t *testing.T) {
	const command, path, url, text = "command", "path", "url", "text"
	for name, test := range map[string]struct {
		attributes map[string]any
		want       map[string]string
	}{
		"Bash": {
			map[string]any{
				"tool_name":       "Bash",
				"tool_parameters": `{"bash_command":"echo","full_command":"echo \"a\\tb\"\n\u003e x; ls","description":"List"}`,
				"tool_input":      `{"command":"echo \"a","description":"List"}`,
			},
			map[string]string{command: "echo \"a\\tb\"\n> x; ls", text: "echo\necho \"a\\tb\"\n> x; ls\nList\necho \"a\nList"},
		},
		"Bash of the Cowork workspace": {
			map[string]any{"tool_name": "Bash", "tool_parameters": `{"bash_command":"ls -la","full_command":"ls -la | wc","timeout":5}`},
			map[string]string{command: "ls -la | wc", text: "ls -la\nls -la | wc"},
		},
		"the whole command in bash_command": {
			map[string]any{"tool_parameters": `{"bash_command":"rm -rf x"}`, "tool_input": `{"command":"rm"}`},
			map[string]string{command: "rm -rf x", text: "rm -rf x\nrm"},
		},
		"the first word in bash_command": {
			map[string]any{"tool_parameters": `{"bash_command":"rm","full_command":""}`, "tool_input": `{"command":"rm -rf x"}`},
			map[string]string{command: "rm -rf x", text: "rm\n\nrm -rf x"},
		},
		"tool_input cut within a value": {
			map[string]any{"tool_name": "Bash", "tool_input": `{"description":"x","command":"curl 'http://a' \u00`},
			map[string]string{command: "curl 'http://a' ", text: "x\ncurl 'http://a' "},
		},
		"an escape that is invalid": {
			map[string]any{"tool_name": "Bash", "tool_input": `{"command":"a \q b"}`},
			map[string]string{command: `a \q b`, text: `a \q b`},
		},
		"a command within another argument": {
			map[string]any{"tool_name": "mcp_tool", "tool_input": `{"outer":{"command":"ls","url":"u","list":["a",{"b":"c"}]},"n":5}`},
			map[string]string{text: "ls\nu\na\nc"},
		},
		"a key in a text": {
			map[string]any{"tool_name": "mcp_tool", "tool_input": `{"body":"{\"command\":\"ls\"}"}`},
			map[string]string{text: `{"command":"ls"}`},
		},
		"Read on Windows": {
			map[string]any{"tool_name": "Read", "tool_input": `{"file_path":"C:\\Users\\jane\\.env"}`},
			map[string]string{path: "C:/Users/jane/.env", text: `C:\Users\jane\.env`},
		},
		"Grep": {
			map[string]any{"tool_name": "Grep", "tool_input": `{"pattern":"key","path":"/etc"}`},
			map[string]string{path: "/etc", text: "key\n/etc"},
		},
		"NotebookEdit": {
			map[string]any{"tool_name": "NotebookEdit", "tool_input": `{"notebook_path":"a.ipynb"}`},
			map[string]string{path: "a.ipynb", text: "a.ipynb"},
		},
		"a path of another tool": {
			map[string]any{"tool_name": "mcp_tool", "tool_input": `{"path":"/etc"}`},
			map[string]string{text: "/etc"},
		},
		"WebFetch": {
			map[string]any{"tool_name": "WebFetch", "tool_input": `{"url":"https://a.example/x?y","prompt":"summarise"}`},
			map[string]string{url: "https://a.example/x?y", text: "https://a.example/x?y\nsummarise"},
		},
		"decoded": {
			map[string]any{"tool_name": "Write", "tool_input": map[string]any{"file_path": `a\b`}},
			map[string]string{path: "a/b", text: "a\\b"},
		},
		"decoded list": {
			map[string]any{"tool_name": "Write", "tool_input": map[string]any{"list": []any{"x", map[string]any{"y": "z"}}}},
			map[string]string{text: "x\nz"},
		},
		"with the label of a span": {
			map[string]any{"tool_name": "Bash", "tool_input": "[TOOL INPUT: Bash]\n{\"command\":\"ls\"}"},
			map[string]string{command: "ls", text: "ls"},
		},
		"not JSON":   {map[string]any{"tool_name": "Bash", "tool_input": "ls -la"}, map[string]string{text: "ls -la"}},
		"a marker":   {map[string]any{"tool_name": "Bash", "tool_input": "[REDACTED]"}, map[string]string{text: "[REDACTED]"}},
		"a number":   {map[string]any{"tool_name": "Bash", "tool_input": 5}, nil},
		"no content": {map[string]any{"tool_name": "Bash", "success": true}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			rec := plog.NewLogRecord()
			require.NoError(t, rec.Attributes().FromRaw(test.attributes))
			e := EventOf(pcommon.NewResource(), pcommon.NewInstrumentationScope(), rec)
			for what, read := range map[string]func(Event) string{command: CommandOf, path: FilePathOf, url: URLOf, text: ToolTextOf} {
				require.Equal(t, test.want[what], read(e), what)
			}
		})
	}
}

// TestDeepToolText checks that decoded arguments are read up to a depth.
func TestDeepToolText(t *testing.T) {
	rec := plog.NewLogRecord()
	v := rec.Attributes().PutEmpty("tool_input")
	for range maxDepth {
		v = v.SetEmptySlice().AppendEmpty()
	}
	v.SetStr("deepest that is read")
	e := EventOf(pcommon.NewResource(), pcommon.NewInstrumentationScope(), rec)
	require.Equal(t, "deepest that is read", ToolTextOf(e))
	v.SetEmptySlice().AppendEmpty().SetStr("deeper")
	require.Empty(t, ToolTextOf(e))
}

func FuzzJSONTexts(f *testing.F) {
	f.Add(`{"a":"b","c":["d\u00e9",{"e":"f\ud83d\ude00"}]}`)
	f.Add(`{"a":"b\`)
	f.Fuzz(func(t *testing.T, s string) {
		total := 0
		jsonTexts(s, func(_ int, _, value string) bool {
			total += len(value)
			return true
		})
		require.LessOrEqual(t, total, 3*len(s)) // an invalid byte becomes a rune of three
	})
}
