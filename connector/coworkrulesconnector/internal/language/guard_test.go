package language

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.yaml.in/yaml/v3"
	"pgregory.net/rapid"

	"github.com/cowork-otel/collector/internal/alert"
	"github.com/cowork-otel/collector/internal/cowork"
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

// A builtinCondition is a condition of a built-in rule, with its guard and without.
type builtinCondition struct {
	text   string
	shared *sharedCondition
	plain  *condition // with package regexp
}

func builtinConditions(tb testing.TB, l *Language) (list []builtinCondition) {
	tb.Helper()
	specs, err := alert.Builtin()
	require.NoError(tb, err)
	plain, err := newParser(converterFactories(l))
	require.NoError(tb, err)
	for _, s := range specs {
		for _, e := range s.Expressions() {
			shared, err := l.conditionOf(e.Text)
			if known := slices.ContainsFunc(list, func(c builtinCondition) bool { return c.shared == shared }); err != nil || e.IsName || known {
				continue
			}
			parsed, err := plain.condition(e.Text)
			require.NoError(tb, err)
			list = append(list, builtinCondition{e.Text, shared, parsed})
		}
	}
	require.Greater(tb, len(list), 150)
	return list
}

// TestGuardsOfBuiltinRules checks on the behaviours that each condition of the built-in
// rules holds on the same events as without its guard, and that few events are left to OTTL.
// Package regexp takes long, so a part of the evaluations is compared with it.
func TestGuardsOfBuiltinRules(t *testing.T) {
	l := newLanguage(t)
	conditions := builtinConditions(t, l)
	evaluated, left, held := 0, 0, 0
	for ev := range l.Events(behaviourRecords(t)) {
		for _, c := range conditions {
			got, err := l.holds(c.shared, ev)
			unguarded := []*condition{c.shared.parsed}
			if evaluated++; evaluated%11 == 0 {
				unguarded = append(unguarded, c.plain)
			}
			for _, condition := range unguarded {
				want, wantErr := condition.Eval(context.Background(), l.current)
				require.Equal(t, want, got, c.text)
				require.Equal(t, wantErr == nil, err == nil, c.text)
			}
			if c.shared.guard.mayHold(&l.targets) {
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

// BenchmarkConditions evaluates the conditions of all built-in rules on the tool calls of
// the behaviours, with OTTL and package regexp alone, and with guards and automata.
func BenchmarkConditions(b *testing.B) {
	l := newLanguage(b)
	conditions, ld := builtinConditions(b, l), behaviourRecords(b)
	for _, run := range []struct {
		name  string
		holds func(builtinCondition, cowork.Event)
	}{
		{"OTTL alone", func(c builtinCondition, _ cowork.Event) { _, _ = c.plain.Eval(b.Context(), l.current) }},
		{"with guards", func(c builtinCondition, ev cowork.Event) { _, _ = l.holds(c.shared, ev) }},
	} {
		b.Run(run.name, func(b *testing.B) {
			for b.Loop() {
				for ev := range l.Events(ld) {
					for _, c := range conditions {
						run.holds(c, ev)
					}
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*ld.LogRecordCount()), "µs/call")
		})
	}
}

// behaviourRecords returns tool calls with the texts of the behaviours as their arguments.
func behaviourRecords(tb testing.TB) plog.Logs {
	tb.Helper()
	files, err := filepath.Glob("../../../../testdata/behaviours/*.yaml")
	require.NoError(tb, err)
	ld := plog.NewLogs()
	records := ld.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty().LogRecords()
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(tb, err)
		var root yaml.Node
		require.NoError(tb, yaml.Unmarshal(text, &root))
		appendCalls(&root, "", records)
	}
	require.Greater(tb, records.Len(), 500)
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
