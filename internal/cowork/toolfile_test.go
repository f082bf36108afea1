package cowork

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
)

// TestToolFiles checks which file a call reads or writes, by tools of the client and of
// connectors, in both forms of a connector's tool.
func TestToolFiles(t *testing.T) {
	const read, written, tool, command = "read", "written", "tool", "command"
	mcp := func(server, name, input string) map[string]any {
		return map[string]any{"tool_name": "mcp_tool", "tool_parameters": `{"mcp_server_name":"` + server + `","mcp_tool_name":"` + name + `"}`, "tool_input": input}
	}
	for name, test := range map[string]struct {
		attributes map[string]any
		want       map[string]string
	}{
		"Read":                   {map[string]any{"tool_name": "Read", "tool_input": `{"file_path":"/a/.env"}`}, map[string]string{read: "/a/.env"}},
		"Write":                  {map[string]any{"tool_name": "Write", "tool_input": `{"file_path":"C:\\a\\b"}`}, map[string]string{written: "C:/a/b"}},
		"Glob":                   {map[string]any{"tool_name": "Glob", "tool_input": `{"path":"/a"}`}, nil},
		"Bash":                   {map[string]any{"tool_name": "Bash", "tool_input": `{"command":"ls","cmd":"longer"}`}, map[string]string{command: "ls"}},
		"read of a connector":    {mcp("files", "read_text_file", `{"path":"/home/jane/.ssh/id_rsa"}`), map[string]string{read: "/home/jane/.ssh/id_rsa", tool: "files/read_text_file"}},
		"list of a connector":    {mcp("files", "read_multiple_files", `{"paths":["~/a","~/b"]}`), map[string]string{read: "~/a", tool: "files/read_multiple_files"}},
		"write of a connector":   {mcp("files", "write_file", `{"path":"C:\\a\\b","content":"path"}`), map[string]string{written: "C:/a/b", tool: "files/write_file"}},
		"address of a connector": {mcp("files", "writeFile", `{"uri":"file:///etc/hosts"}`), map[string]string{written: "/etc/hosts", tool: "files/writeFile"}},
		"commit of a connector": {
			mcp("github", "push_files", `{"branch":"main","files":[{"path":".github/workflows/a.yml","content":"x"}]}`),
			map[string]string{written: "./.github/workflows/a.yml", tool: "github/push_files"},
		},
		"name in full": {
			map[string]any{"tool_name": "mcp__files__edit_file", "tool_input": `{"path":"/a"}`},
			map[string]string{written: "/a", tool: "files/edit_file"},
		},
		"a path that is only named": {mcp("files", "list_directory", `{"path":"/a"}`), map[string]string{tool: "files/list_directory"}},
		"command of a connector":    {mcp("shell", "run", `{"cmd":"ls -la","cwd":"/a"}`), map[string]string{tool: "shell/run", command: "ls -la"}},
		"code of a connector":       {mcp("notebook", "execute", `{"code":"print(1)"}`), map[string]string{tool: "notebook/execute", command: "print(1)"}},
		"no name":                   {map[string]any{"tool_name": "mcp_tool"}, map[string]string{tool: "/mcp_tool"}},
	} {
		t.Run(name, func(t *testing.T) {
			rec := plog.NewLogRecord()
			require.NoError(t, rec.Attributes().FromRaw(test.attributes))
			e := EventOf(pcommon.NewResource(), pcommon.NewInstrumentationScope(), rec)
			for what, value := range map[string]func(Event) string{read: FileReadOf, written: FileWrittenOf, tool: ConnectorToolOf, command: CommandOf} {
				require.Equal(t, test.want[what], value(e), what)
			}
		})
	}
}
