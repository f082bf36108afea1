package story

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.yaml.in/yaml/v3"
)

// A behaviour is an entry of testdata/behaviours: what a session does, and the built-in
// rules that it fires.
type behaviour struct {
	Name string `yaml:"name"`
	// Fires are rules that must fire in the profile strict. Without one, the behaviour is
	// harmless and no rule may fire in the profile standard.
	Fires []string `yaml:"fires"`
	// Each are shell commands, each of them a case of its own.
	Each []string `yaml:"each"`
	// Events are what the session does, in one prompt.
	Events []action `yaml:"events"`
	// Wait is how long the case lasts after its last event. The default is 6s.
	Wait time.Duration `yaml:"wait"`
}

// An action is an event of a session, or the decision and the result of a tool. One of the
// keys up to Event is set.
type action struct {
	Bash      string `yaml:"bash"`      // the command
	Read      string `yaml:"read"`      // the path
	Write     string `yaml:"write"`     // the path
	Edit      string `yaml:"edit"`      // the path
	Fetch     string `yaml:"fetch"`     // the URL
	Connector string `yaml:"connector"` // server/tool
	Tool      string `yaml:"tool"`      // the name of another tool
	Prompt    string `yaml:"prompt"`    // the text of a user_prompt
	Event     string `yaml:"event"`     // the kind of another event

	Input      map[string]any `yaml:"input"`      // further values of tool_input
	Parameters map[string]any `yaml:"parameters"` // further values of tool_parameters
	Attributes map[string]any `yaml:"attributes"` // further attributes of each record
	Rejected   bool           `yaml:"rejected"`   // the decision rejects, and there is no result
	Failed     bool           `yaml:"failed"`     // the tool fails
	After      time.Duration  `yaml:"after"`      // since the previous event, 2s by default
	Times      int            `yaml:"times"`      // how often, 1 by default
}

// loadBehaviours returns the cases of all files, with the commands of Each apart.
func loadBehaviours(t *testing.T) (cases []behaviour) {
	t.Helper()
	files, err := filepath.Glob("../../testdata/behaviours/*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, files, "no behaviours found")
	names := map[string]bool{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		var list []behaviour
		dec := yaml.NewDecoder(bytes.NewReader(text))
		dec.KnownFields(true)
		require.NoError(t, dec.Decode(&list), file)
		for _, b := range list {
			require.False(t, names[b.Name], "%s: %s: the name exists already", file, b.Name)
			names[b.Name] = true
			require.NotEqual(t, len(b.Each) == 0, len(b.Events) == 0, "%s: %s: has neither or both of each and events", file, b.Name)
			cases = append(cases, b.cases()...)
		}
	}
	return cases
}

// cases returns the behaviour, or one for each command of Each.
func (b behaviour) cases() (cases []behaviour) {
	if len(b.Events) > 0 {
		return []behaviour{b}
	}
	for i, command := range b.Each {
		one := b
		one.Name, one.Events = fmt.Sprintf("%s/%d", b.Name, i+1), []action{{Bash: command}}
		cases = append(cases, one)
	}
	return cases
}

// A session writes the events of a case. Its user, organization, session and prompt are
// those of no other case.
type session struct {
	number, sequence int
	now              time.Time
	lines            bytes.Buffer
}

// id returns a UUID of the session.
func (s *session) id(kind int) string {
	return fmt.Sprintf("%08x-5d0b-4b6e-9a35-%012x", kind, s.number)
}

// record writes an event.
func (s *session) record(kind string, attributes ...map[string]any) {
	s.sequence++
	line := map[string]any{
		"@body": "claude_code." + kind, "@time": s.now.UTC().Format("2006-01-02T15:04:05.000Z"), "@scope": "com.anthropic.claude_code.events",
		"@resource":  map[string]any{"service.name": "cowork"},
		"session.id": s.id(1), "organization.id": s.id(2), "user.account_uuid": s.id(3), "prompt.id": s.id(4),
		"event.name": kind, "event.timestamp": s.now.UTC().Format("2006-01-02T15:04:05.000Z"), "event.sequence": s.sequence,
	}
	for _, more := range attributes {
		maps.Copy(line, more)
	}
	_ = json.NewEncoder(&s.lines).Encode(line)
}

// tool writes the decision on a tool and its result, as clients send them.
func (s *session) tool(name string, input, parameters map[string]any, a action) {
	input, parameters = merged(input, a.Input), merged(parameters, a.Parameters)
	call := map[string]any{"tool_name": name, "tool_use_id": fmt.Sprintf("toolu_%d_%d", s.number, s.sequence)}
	if len(parameters) > 0 {
		call["tool_parameters"] = compactJSON(parameters)
	}
	decision := map[string]any{"decision": "accept", "source": "config", "tool_source": "builtin", "permission_mode": "default"}
	if a.Rejected {
		decision["decision"], decision["source"] = "reject", "user_reject"
	}
	s.record("tool_decision", call, decision, a.Attributes)
	if a.Rejected {
		return
	}
	s.now = s.now.Add(100 * time.Millisecond)
	for key, value := range input {
		if text, ok := value.(string); ok && len(text) > 512 {
			input[key] = text[:512] + "…"
		}
	}
	text := compactJSON(input)
	result := map[string]any{"tool_input": text, "success": strconv.FormatBool(!a.Failed), "duration_ms": "100", "tool_input_size_bytes": strconv.Itoa(len(text))}
	if name == "mcp_tool" {
		result["mcp_server_scope"] = "claudeai"
	}
	s.record("tool_result", call, result, a.Attributes)
}

// do writes the records of an action.
func (s *session) do(t *testing.T, a action) {
	t.Helper()
	switch {
	case a.Bash != "":
		first, _, _ := strings.Cut(a.Bash, " ")
		s.tool("Bash", map[string]any{"command": a.Bash, "description": "x"}, map[string]any{"bash_command": first, "full_command": a.Bash, "description": "x"}, a)
	case a.Connector != "":
		server, tool, ok := strings.Cut(a.Connector, "/")
		require.True(t, ok, "%s: has the form server/tool", a.Connector)
		s.tool("mcp_tool", nil, map[string]any{"mcp_server_name": server, "mcp_tool_name": tool}, a)
	case a.Fetch != "":
		s.tool("WebFetch", map[string]any{"url": a.Fetch, "prompt": "summarise"}, nil, a)
	case a.Read != "":
		s.tool("Read", map[string]any{"file_path": a.Read}, nil, a)
	case a.Write != "":
		s.tool("Write", map[string]any{"file_path": a.Write}, nil, a)
	case a.Edit != "":
		s.tool("Edit", map[string]any{"file_path": a.Edit}, nil, a)
	case a.Tool != "":
		s.tool(a.Tool, nil, nil, a)
	case a.Prompt != "":
		s.record("user_prompt", map[string]any{"prompt": a.Prompt, "prompt_length": strconv.Itoa(len(a.Prompt))}, a.Attributes)
	default:
		require.NotEmpty(t, a.Event, "an action without a key")
		s.record(a.Event, a.Attributes)
	}
}

// eventsOf returns the events of a case, which end at a time.
func eventsOf(t *testing.T, number int, b behaviour, end time.Time) plog.Logs {
	t.Helper()
	s := &session{number: number, now: end.Add(-durationOf(b))}
	for _, a := range b.Events {
		for range max(1, a.Times) {
			s.now = s.now.Add(cmp.Or(a.After, 2*time.Second))
			s.do(t, a)
		}
	}
	ld, err := Parse(s.lines.Bytes())
	require.NoError(t, err, b.Name)
	return ld
}

// durationOf returns the time that the events of a case take.
func durationOf(b behaviour) (d time.Duration) {
	for _, a := range b.Events {
		d += time.Duration(max(1, a.Times)) * (cmp.Or(a.After, 2*time.Second) + 100*time.Millisecond)
	}
	return d
}

// merged returns the values of two maps. Those of the second win.
func merged(first, second map[string]any) map[string]any {
	out := map[string]any{}
	maps.Copy(out, first)
	maps.Copy(out, second)
	return out
}

// compactJSON returns JSON without escapes for HTML, as clients write it.
func compactJSON(value any) string {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(value)
	return strings.TrimSuffix(out.String(), "\n")
}
