package ecs

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/schema"
	"github.com/cowork-otel/collector/internal/schema/schematest"
)

// valueTypes are the types of OTLP by the types of ECS. A list has the type of its elements
// and [].
var valueTypes = map[string]pcommon.ValueType{
	"keyword": pcommon.ValueTypeStr, "wildcard": pcommon.ValueTypeStr, "match_only_text": pcommon.ValueTypeStr,
	"keyword[]": pcommon.ValueTypeSlice, "long": pcommon.ValueTypeInt, "integer": pcommon.ValueTypeInt,
}

// A facts is testdata/fields.json, whose notice has its source.
type facts struct {
	Version       string
	Fields        map[string]string
	Values, Types map[string][]string
}

func loadFacts(tb testing.TB) (f facts) {
	tb.Helper()
	data, err := os.ReadFile("testdata/fields.json")
	require.NoError(tb, err)
	require.NoError(tb, json.Unmarshal(data, &f))
	return f
}

// problems returns what is wrong with an event: a field that ECS does not have, another
// type, a value that is not in its list, a type that is not expected of the category, and a
// name of Cowork that is an object too.
func (f facts) problems(m pcommon.Map) (list []string) {
	for field, value := range m.All() {
		if rest, ok := strings.CutPrefix(field, "cowork."); ok {
			if strings.Contains(rest, ".") {
				list = append(list, field+": is an object")
			}
			continue
		}
		if want, ok := f.Fields[field]; !ok || valueTypes[want] != value.Type() {
			list = append(list, fmt.Sprintf("%s: is a %s, not a %s", field, value.Type(), want))
		}
		for _, text := range textsOf(value) {
			if values := f.Values[field]; values != nil && !slices.Contains(values, text) {
				list = append(list, field+": has a value outside of its list")
			}
		}
	}
	types, _ := m.Get("event.type")
	categories, _ := m.Get("event.category")
	for _, category := range textsOf(categories) {
		for _, typ := range textsOf(types) {
			if !slices.Contains(f.Types[category], typ) {
				list = append(list, fmt.Sprintf("event.type: %s is not expected of %s", typ, category))
			}
		}
	}
	return list
}

// textsOf returns a text, or the texts of a list.
func textsOf(value pcommon.Value) (texts []string) {
	if value.Type() != pcommon.ValueTypeSlice {
		return []string{value.AsString()}
	}
	for _, element := range value.Slice().All() {
		texts = append(texts, element.AsString())
	}
	return texts
}

// TestEveryInput maps all recordings and stories: each event is valid, and each field of
// Cowork has one type in all events.
func TestEveryInput(t *testing.T) {
	facts := loadFacts(t)
	require.Equal(t, Version, facts.Version)
	own, seen := map[string]pcommon.ValueType{}, map[string]bool{}
	schematest.Inputs(t, func(_ string, ld plog.Logs) {
		for e := range cowork.Events(ld) {
			cowork.Normalize(e)
			m := pcommon.NewMap()
			Mapper{}.Map(m, e)
			require.Empty(t, facts.problems(m), e.Name())
			for field, value := range m.All() {
				if !strings.HasPrefix(field, "cowork.") {
					seen[field] = true
					continue
				}
				if typ, ok := own[field]; ok {
					require.Equal(t, typ, value.Type(), field)
				}
				own[field] = value.Type()
			}
		}
	})
	for field := range seen {
		require.Contains(t, Fields(), field)
	}
	require.Greater(t, len(seen), 30)
}

// TestTables checks that ECS has every field of the tables, and that every class is one that
// it expects.
func TestTables(t *testing.T) {
	facts := loadFacts(t)
	require.ElementsMatch(t, Fields(), slices.Collect(maps.Keys(facts.Fields)))
	classes := slices.Concat(slices.Collect(maps.Values(kinds)), slices.Collect(maps.Values(tools)))
	for _, typ := range decisions {
		classes = append(classes, class{"api", typ})
	}
	for _, c := range classes {
		require.Contains(t, facts.Types, c.category)
		require.Contains(t, facts.Types[c.category], c.typ, c.category)
	}
	for _, system := range systems {
		require.Contains(t, facts.Values["host.os.type"], system)
	}
}

// TestProblems checks that the validation finds each kind of mistake.
func TestProblems(t *testing.T) {
	facts := loadFacts(t)
	for want, change := range map[string]func(m pcommon.Map){
		"no.such: is a Str":                  func(m pcommon.Map) { m.PutStr("no.such", "x") },
		"event.sequence: is a Str":           func(m pcommon.Map) { m.PutStr("event.sequence", "1") },
		"event.kind: has a value outside":    func(m pcommon.Map) { m.PutStr("event.kind", "incident") },
		"event.type: denied is not expected": func(m pcommon.Map) { m.PutEmptySlice("event.type").AppendEmpty().SetStr("denied") },
		"cowork.a.b: is an object":           func(m pcommon.Map) { m.PutStr("cowork.a.b", "x") },
	} {
		m := pcommon.NewMap()
		ld, _ := schematest.Logs(t, `{"event.name":"tool_result","tool_name":"Bash"}`)
		for e := range cowork.Events(ld) {
			Mapper{}.Map(m, e)
		}
		require.Empty(t, facts.problems(m))
		change(m)
		require.Contains(t, strings.Join(facts.problems(m), "\n"), want)
	}
}

// mapped maps the event of a line.
func mapped(tb testing.TB, line string) (fields map[string]any, truncated bool) {
	tb.Helper()
	ld, ok := schematest.Logs(tb, line)
	require.True(tb, ok, line)
	m := pcommon.NewMap()
	for e := range cowork.Events(ld) {
		truncated = Mapper{}.Map(m, e)
	}
	return m.AsRaw(), truncated
}

// TestFields checks the values of a command, a rejected tool, a request, a failed request, a
// page and an alert.
func TestFields(t *testing.T) {
	for line, want := range map[string]map[string]any{
		`{"event.name":"tool_result","tool_name":"Bash","success":true,"duration_ms":12,"tool_use_id":"t1","user.id":"i","user.account_uuid":"u","tool_parameters":"{\"full_command\":\"ls -l\"}","os.type":"darwin","prompt.id":"p"}`: {
			"event.category": []any{"process"}, "event.type": []any{"start"}, "event.outcome": "success", "event.duration": int64(12_000_000),
			"process.command_line": "ls -l", "process.name": "bash", "gen_ai.tool.call.id": "t1", "user.id": "u", "host.id": "i", "host.os.type": "macos", "cowork.prompt_id": "p",
		},
		`{"event.name":"tool_decision","tool_name":"Bash","decision":"reject"}`: {
			"event.category": []any{"api"}, "event.type": []any{"denied"}, "event.outcome": "failure", "cowork.decision": "reject",
		},
		`{"event.name":"api_request","model":"m","input_tokens":3,"output_tokens":4}`: {
			"event.outcome": "success", "gen_ai.operation.name": "chat", "gen_ai.response.model": "m", "gen_ai.usage.input_tokens": int64(3), "gen_ai.usage.output_tokens": int64(4),
		},
		`{"event.name":"api_error","error":"overloaded","status_code":529}`: {
			"event.outcome": "failure", "error.message": "overloaded", "error.code": "529",
		},
		`{"event.name":"tool_result","tool_name":"WebFetch","success":"false","tool_input":"{\"url\":\"https://Docs.example.com/a\"}"}`: {
			"event.category": []any{"web"}, "event.outcome": "failure", "url.full": "https://Docs.example.com/a", "url.domain": "docs.example.com", "destination.domain": "docs.example.com",
		},
		`{"event.name":"tool_result","tool_name":"Write","tool_input":"{\"file_path\":\"C:\\\\a\\\\b.txt\"}"}`: {
			"event.category": []any{"file"}, "event.type": []any{"change"}, "file.path": "C:/a/b.txt", "file.name": "b.txt",
		},
		`{"event.name":"cowork.alert","alert.name":"r","alert.tags":["attack.t1059.004","owasp.llm01-2026","attack.t1059.006","attack.credential-access","attack.t1110"],"alert.message":"m"}`: {
			"event.kind": "alert", "rule.name": "r", "message": "m", "threat.framework": "MITRE ATT&CK",
			"threat.technique.id": []any{"T1059", "T1110"}, "threat.technique.subtechnique.id": []any{"T1059.004", "T1059.006"},
		},
	} {
		got, truncated := mapped(t, line)
		require.False(t, truncated)
		for field, value := range want {
			require.Equal(t, value, got[field], "%s of %s", field, line)
		}
	}
}

// TestBounds reaches each bound.
func TestBounds(t *testing.T) {
	got, truncated := mapped(t, `{"event.name":"user_prompt","prompt":"`+strings.Repeat("ä", maxText)+`"}`)
	require.True(t, truncated)
	require.Len(t, got["cowork.prompt"], maxText)
	many := strings.Builder{}
	for i := range maxFields + 1 {
		fmt.Fprintf(&many, `,"a%d":"x"`, i)
	}
	got, truncated = mapped(t, `{"event.name":"user_prompt"`+many.String()+`}`)
	require.True(t, truncated)
	require.Len(t, got, maxFields)
	got, truncated = mapped(t, `{"event.name":"prompt_summary","cowork.prompt.models":[`+strings.Repeat(`"m",`, schema.MaxList)+`"m"]}`)
	require.True(t, truncated)
	require.Len(t, got["cowork.prompt_models"], schema.MaxList)
	got, _ = mapped(t, fmt.Sprintf(`{"event.name":"api_request","input_tokens":%d}`, math.MaxInt32+1))
	require.NotContains(t, got, "gen_ai.usage.input_tokens")
	require.EqualValues(t, math.MaxInt32+1, got["cowork.input_tokens"])
}
