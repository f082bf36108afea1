package language

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.yaml.in/yaml/v3"
	"pgregory.net/rapid"

	"github.com/cowork-otel/collector/internal/alert"
)

// TestGuard checks which events the guard of a condition leaves to OTTL.
func TestGuard(t *testing.T) {
	records := map[string]plog.Logs{
		"bash":   call(map[string]any{"tool_name": "Bash", "tool_input": `{"command":"curl x | sh"}`, "success": true, "n": 5}),
		"read":   call(map[string]any{"tool_name": "Read", "tool_input": `{"file_path":"/home/j/.ssh/id_rsa"}`, "success": false}),
		"number": call(map[string]any{"tool_name": 5}),
		"none":   call(nil),
	}
	for condition, want := range map[string]string{
		`attributes["tool_name"] == "Bash"`:                                    "bash",
		`log.attributes["tool_name"] == "Bash"`:                                "bash",
		`attributes["success"] == true`:                                        "bash",
		`attributes["success"] == false and attributes["tool_name"] == "Bash"`: "",
		`attributes["n"] == 7`:                                                 "bash",
		`attributes["n"] > -7`:                                                 "bash",
		`attributes["n"] != nil`:                                               "bash",
		`attributes["n"] == nil`:                                               "bash none number read",
		`attributes["n"] != 5`:                                                 "bash none number read",
		`"Bash" == attributes["tool_name"]`:                                    "bash none number read",
		`IsMatch(Command(), "\\bcurl\\b")`:                                     "bash",
		`IsMatch(Command(), "(?i)^WGET|\\bsh$")`:                               "bash",
		`IsMatch(Command(), "wget\\s+-O|dash")`:                                "",
		`IsMatch(Command(), ".*")`:                                             "bash",
		`IsMatch(attributes["tool_name"], "^Ba")`:                              "bash number",
		`IsMatch(resource.attributes["x"], "^Ba")`:                             "bash none number read",
		`IsMatch(Command(), attributes["pattern"])`:                            "bash none number read",
		`not IsMatch(Command(), "x")`:                                          "bash none number read",
		`IsMatch(Command(), "curl") and not IsMatch(Command(), "x")`:           "bash",
		`IsMatch(Command(), "curl") == true`:                                   "bash none number read",
		`true`:                                                                 "bash none number read",
		`(attributes["tool_name"] == "Read" or attributes["tool_name"] == "Grep") and IsMatch(FilePath(), "id_\\w+$") or IsMatch(Command(), "x\\s")`: "bash read",
		`(attributes["n"] + 1) > 3 and attributes["tool_name"] == "Bash"`:                                                                            "bash none number read", // fails where n is missing
		`attributes["tool_name"] == "Bash" and (attributes["n"] + 1) > 3`:                                                                            "bash",
		`Len(attributes["n"]) == 1 or attributes["tool_name"] == "Bash"`:                                                                             "bash none number read",
		`resource.attributes["a"] == "b" and attributes["tool_name"] == "Bash"`:                                                                      "bash",
		`attributes["tool_name"]["x"] == 1 and attributes["tool_name"] == "No"`:                                                                      "bash none number read",
		`attributes["tool_name"] == "Bash" and Len(attributes["tool_name"]) > 2`:                                                                     "bash",
	} {
		l, got := newLanguage(t), []string(nil)
		shared, err := l.conditionOf(condition)
		require.NoError(t, err, condition)
		for _, name := range []string{"bash", "none", "number", "read"} {
			for range l.Events(records[name]) {
				if shared.guard.mayHold(&l.targets) {
					got = append(got, name)
				}
			}
		}
		require.Equal(t, want, strings.Join(got, " "), condition)
	}
}

// TestGuardsOfBuiltinRules checks on the behaviours that each condition of the built-in
// rules holds on the same events as with OTTL alone, and that few events are left to OTTL.
func TestGuardsOfBuiltinRules(t *testing.T) {
	specs, err := alert.Builtin()
	require.NoError(t, err)
	l := newLanguage(t)
	plain, err := newParser(converterFactories(l))
	require.NoError(t, err)
	type pair struct {
		shared *sharedCondition
		plain  *condition
	}
	pairs := map[string]pair{}
	for _, s := range specs {
		for _, e := range s.Expressions() {
			if shared, err := l.conditionOf(e.Text); err == nil && !e.IsName {
				parsed, err := plain.condition(e.Text)
				require.NoError(t, err)
				pairs[e.Text] = pair{shared, parsed}
			}
		}
	}
	evaluated, left, held := 0, 0, 0
	for ev := range l.Events(behaviourRecords(t)) {
		for text, p := range pairs {
			want, wantErr := p.plain.Eval(context.Background(), l.current)
			got, err := l.holds(p.shared, ev)
			require.Equal(t, want, got, text)
			require.Equal(t, wantErr == nil, err == nil, text)
			evaluated++
			if p.shared.guard.mayHold(&l.targets) {
				left++
			}
			if got {
				held++
			}
		}
	}
	t.Logf("%d evaluations, %d left to OTTL, %d conditions hold", evaluated, left, held)
	require.Greater(t, held, 500)
	require.Less(t, left, evaluated/10)
}

// behaviourRecords returns tool calls with the texts of the behaviours as their arguments.
func behaviourRecords(t *testing.T) plog.Logs {
	t.Helper()
	files, err := filepath.Glob("../../../../testdata/behaviours/*.yaml")
	require.NoError(t, err)
	ld := plog.NewLogs()
	records := ld.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty().LogRecords()
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		var root yaml.Node
		require.NoError(t, yaml.Unmarshal(text, &root))
		appendCalls(&root, "", records)
	}
	require.Greater(t, records.Len(), 500)
	return ld
}

// arguments are the tool and the argument of the keys of behaviours.
var arguments = map[string][2]string{
	"bash": {"Bash", "command"}, "each": {"Bash", "command"}, "read": {"Read", "file_path"}, "write": {"Write", "file_path"},
	"edit": {"Edit", "file_path"}, "fetch": {"WebFetch", "url"}, "prompt": {"mcp_tool", "text"},
}

func appendCalls(n *yaml.Node, key string, records plog.LogRecordSlice) {
	if argument, ok := arguments[key]; ok && n.Kind == yaml.ScalarNode {
		rec := records.AppendEmpty()
		rec.SetEventName("tool_result")
		rec.Attributes().PutStr("tool_name", argument[0])
		rec.Attributes().PutBool("success", records.Len()%3 > 0)
		rec.Attributes().PutEmptyMap("tool_input").PutStr(argument[1], n.Value)
	}
	for i, child := range n.Content {
		under := key
		if n.Kind == yaml.MappingNode && i%2 == 1 {
			under = n.Content[i-1].Value
		} else if n.Kind == yaml.MappingNode {
			continue
		}
		appendCalls(child, under, records)
	}
}

// TestGuardsKeepFaults checks with random conditions that a guard changes neither which
// events match nor which faults are counted.
func TestGuardsKeepFaults(t *testing.T) {
	parts := []string{
		`attributes["a"] == "x"`, `attributes["a"] != "x"`, `attributes["b"] == true`, `attributes["n"] > 3`, `attributes["n"] == nil`, `attributes["n"] != nil`,
		`IsMatch(attributes["a"], "x|yy")`, `IsMatch(attributes["n"], "5")`, `IsMatch(Command(), "ls\\s|k+")`, `Command() == "ls -l"`, `true`, `false`,
		`(attributes["n"] * 2) > 3`, `Len(attributes["b"]) == 1`, `Time(attributes["a"], "%Y") == nil`, `attributes["a"]["k"] == 1`,
	}
	values := map[string][]any{
		"a": {"x", "yy", "z", 5, nil}, "b": {true, false, "x", nil}, "n": {5, 1, 5.5, "5", nil}, "tool_input": {`{"command":"ls -l"}`, `{"command":"\u212a"}`, nil},
	}
	conditions := rapid.Custom(func(t *rapid.T) string {
		text := rapid.SampledFrom(parts).Draw(t, "part")
		for range rapid.IntRange(0, 3).Draw(t, "more") {
			before := rapid.SampledFrom([]string{"", "not "}).Draw(t, "not")
			text = rapid.SampledFrom([]string{"(" + text + ")", before + "(" + text + ")", text}).Draw(t, "form")
			text += rapid.SampledFrom([]string{" and ", " or "}).Draw(t, "operator") + rapid.SampledFrom(parts).Draw(t, "part")
		}
		return text
	})
	rapid.Check(t, func(t *rapid.T) {
		l, err := New()
		require.NoError(t, err)
		text := conditions.Draw(t, "condition")
		holds, err := l.For("guarded").Condition(text)
		require.NoError(t, err)
		attributes := map[string]any{}
		for name, of := range values {
			attributes[name] = rapid.SampledFrom(of).Draw(t, name)
		}
		ld := call(attributes)
		for ev := range l.Events(ld) {
			want := l.conditions[text]
			expected, wantErr := want.parsed.Eval(context.Background(), l.current)
			require.Equal(t, wantErr == nil && expected, holds(ev))
			require.Equal(t, wantErr != nil, len(l.Faults()) > 0)
		}
	})
}
