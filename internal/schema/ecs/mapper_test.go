package ecs

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
)

// valueTypes are the types of OTLP by the types of ECS.
var valueTypes = map[string]pcommon.ValueType{
	"keyword": pcommon.ValueTypeStr, "text": pcommon.ValueTypeStr, "keywords": pcommon.ValueTypeSlice,
	"long": pcommon.ValueTypeInt, "integer": pcommon.ValueTypeInt,
}

// TestEveryInput maps all recordings and stories: a field of ECS is in the list with its
// type, another one begins with cowork, has no further object and has one type in all
// events. The type of an event is one that ECS expects of its category.
func TestEveryInput(t *testing.T) {
	data, err := os.ReadFile("testdata/fields.json")
	require.NoError(t, err)
	var facts struct {
		Fields map[string]string
		Types  map[string][]string
	}
	require.NoError(t, json.Unmarshal(data, &facts))
	own, seen := map[string]pcommon.ValueType{}, map[string]bool{}
	inputs(t, func(ld plog.Logs) {
		for e := range cowork.Events(ld) {
			cowork.Normalize(e)
			m := pcommon.NewMap()
			Mapper{}.Map(m, e)
			for field, value := range m.All() {
				if rest, ok := strings.CutPrefix(field, "cowork."); ok {
					require.NotContains(t, rest, ".")
					if typ, ok := own[field]; ok {
						require.Equal(t, typ, value.Type(), field)
					}
					own[field] = value.Type()
					continue
				}
				require.Contains(t, facts.Fields, field)
				require.Equal(t, valueTypes[facts.Fields[field]], value.Type(), field)
				seen[field] = true
			}
			raw := m.AsRaw()
			category := raw["event.category"].([]any)[0].(string)
			require.Contains(t, facts.Types, category)
			require.Contains(t, facts.Types[category], raw["event.type"].([]any)[0], e.Name())
		}
	})
	for _, f := range fields {
		require.Contains(t, facts.Fields, f.name)
	}
	require.Greater(t, len(seen), 30)
}

// mapped maps the event of a line.
func mapped(tb testing.TB, line string) (fields map[string]any, truncated bool) {
	tb.Helper()
	ld, ok := logsOf(tb, line)
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
		`{"event.name":"cowork.alert","alert.name":"r","alert.tags":["attack.t1059.004","owasp.llm01-2026"],"alert.message":"m"}`: {
			"event.kind": "alert", "rule.name": "r", "message": "m", "threat.technique.id": []any{"T1059.004"}, "threat.framework": "MITRE ATT&CK",
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
	got, truncated = mapped(t, `{"event.name":"prompt_summary","cowork.prompt.models":[`+strings.Repeat(`"m",`, maxList)+`"m"]}`)
	require.True(t, truncated)
	require.Len(t, got["cowork.prompt_models"], maxList)
	got, _ = mapped(t, fmt.Sprintf(`{"event.name":"api_request","input_tokens":%d}`, math.MaxInt32+1))
	require.NotContains(t, got, "gen_ai.usage.input_tokens")
	require.EqualValues(t, math.MaxInt32+1, got["cowork.input_tokens"])
}
