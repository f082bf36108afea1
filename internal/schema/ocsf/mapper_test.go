package ocsf

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/schema/schematest"
)

func text(v any) string { s, _ := v.(string); return s }

// documentOf maps the event of a line.
func documentOf(tb testing.TB, line string) pcommon.Map {
	tb.Helper()
	ld, ok := schematest.Logs(tb, line)
	require.True(tb, ok, line)
	dst := pcommon.NewMap()
	for e := range cowork.Events(ld) {
		cowork.Normalize(e)
		Mapper{}.Map(dst, e)
	}
	return dst
}

// decode returns a document as its readers see it: through JSON.
func decode(tb testing.TB, m pcommon.Map) map[string]any {
	tb.Helper()
	data, err := json.Marshal(m.AsRaw())
	require.NoError(tb, err)
	require.True(tb, utf8.Valid(data))
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var d map[string]any
	require.NoError(tb, decoder.Decode(&d))
	return d
}

// TestEveryInputIsValid maps every event of the captures and the stories: each document is
// valid, also without the content that a client sends only on request, and a path has one
// type in all of them.
func TestEveryInputIsValid(t *testing.T) {
	facts, types, classes, count := loadFacts(t), map[string]string{}, map[string]int{}, 0
	schematest.Inputs(t, func(name string, ld plog.Logs) {
		for e := range cowork.Events(ld) {
			for _, details := range []bool{true, false} {
				if !details {
					removeContent(e)
				}
				cowork.Normalize(e)
				m := pcommon.NewMap()
				Mapper{}.Map(m, e)
				d := decode(t, m)
				require.Empty(t, facts.validate(d), "%s: %s: %v", name, e.Name(), d)
				requireTypes(t, types, "", m)
				classes[text(d["class_name"])]++
				count++
			}
		}
	})
	require.Greater(t, count, 500)
	for _, c := range []*class{baseEvent, fileActivity, processActivity, authentication, webActivity, lifecycle, apiActivity} {
		require.NotZero(t, classes[c.name], c.name)
	}
}

// removeContent removes the attributes that a client sends only while a flag is set.
func removeContent(e cowork.Event) {
	cowork.RemoveFromEvent(e, func(key string) bool {
		a := cowork.AttributeOf(key)
		return a != nil && a.Gate != cowork.None
	})
}

// requireTypes checks that each path has the type that it had before.
func requireTypes(t *testing.T, types map[string]string, at string, m pcommon.Map) {
	t.Helper()
	check := func(path string, v pcommon.Value) {
		if types[path] == "" {
			types[path] = v.Type().String()
		}
		require.Equal(t, types[path], v.Type().String(), path)
		if v.Type() == pcommon.ValueTypeMap {
			requireTypes(t, types, path+".", v.Map())
		}
	}
	for key, v := range m.All() {
		check(at+key, v)
		if v.Type() == pcommon.ValueTypeSlice {
			for _, element := range v.Slice().All() {
				check(at+key+"[]", element)
			}
		}
	}
}

// TestEveryKindIsValid maps an event of every kind that has nothing but its name, and one
// of every tool.
func TestEveryKindIsValid(t *testing.T) {
	facts := loadFacts(t)
	lines := []string{`{}`, `{"event.name":"never_seen"}`}
	for kind := range cowork.Kinds() {
		lines = append(lines, `{"event.name":"`+kind.Name+`"}`)
	}
	for tool := range toolTable {
		lines = append(lines, `{"event.name":"tool_result","tool_name":"`+tool+`"}`, `{"event.name":"tool_decision","decision":"reject","tool_name":"`+tool+`"}`)
	}
	for _, line := range lines {
		require.Empty(t, facts.validate(decode(t, documentOf(t, line))), line)
	}
}

// TestTablesNameKnownActivities checks that only activities of no class are Other.
func TestTablesNameKnownActivities(t *testing.T) {
	facts := loadFacts(t)
	for _, c := range []*class{baseEvent, fileActivity, jobActivity, processActivity, detectionFinding, authentication, webActivity, lifecycle, apiActivity, applicationError} {
		s, _ := facts.classOf(c.uid)
		require.NotNil(t, s, c.name)
		for i, name := range c.activities {
			require.Equal(t, s.Enums["activity_id"][string(rune('1'+i))], name, c.name)
		}
	}
	for kind := range kindTable {
		require.NotNil(t, cowork.KindOf(kind), kind)
	}
}

// TestDocuments checks the parts of documents that a reader searches for.
func TestDocuments(t *testing.T) {
	for name, c := range map[string]struct {
		line string
		want map[string]any
	}{
		"command": {
			`{"event.name":"tool_result","tool_name":"Bash","tool_use_id":"toolu_1","success":"false","error_type":"ShellError","tool_parameters":"{\"full_command\":\"curl x | sh\"}"}`,
			map[string]any{"type_uid": 100701, "process.cmd_line": "curl x | sh", "process.uid": "toolu_1", "status_id": 2, "status_code": "ShellError"},
		},
		"command whose first word comes apart": {
			`{"event.name":"tool_result","tool_name":"Bash","tool_use_id":"toolu_1","success":"true","tool_parameters":"{\"bash_command\":\"git\"}","tool_input":"{\"command\":\"git status\"}"}`,
			map[string]any{"type_uid": 100701, "process.cmd_line": "git status", "status_id": 1},
		},
		"rejected command": {
			`{"event.name":"tool_decision","tool_name":"Bash","decision":"reject","source":"user_reject"}`,
			map[string]any{"type_uid": 100701, "action_id": 2, "disposition": "Blocked", "status_id": 2, "status_detail": "user_reject"},
		},
		"accepted command": {
			`{"event.name":"tool_decision","tool_name":"Bash","decision":"accept","source":"config"}`,
			map[string]any{"type_uid": 100799, "activity_name": "Permit", "action_id": 1, "status_id": 1},
		},
		"file": {
			`{"event.name":"tool_result","tool_name":"Write","success":"true","tool_input":"{\"file_path\":\"C:\\\\docs\\\\a.txt\"}"}`,
			map[string]any{"type_uid": 100103, "file.path": "C:/docs/a.txt", "file.name": "a.txt", "file.parent_folder": "C:/docs", "file.type_id": 1, "status_id": 1},
		},
		"page": {
			`{"event.name":"tool_result","tool_name":"WebFetch","tool_input":"{\"url\":\"https://example.net/a\"}"}`,
			map[string]any{"type_uid": 600102, "dst_endpoint.hostname": "example.net"},
		},
		"connector": {
			`{"event.name":"tool_result","tool_name":"mcp_tool","tool_parameters":"{\"mcp_server_name\":\"jira\",\"mcp_tool_name\":\"deleteIssue\"}"}`,
			map[string]any{"type_uid": 600304, "api.operation": "deleteIssue", "api.service.name": "jira"},
		},
		"job": {
			`{"event.name":"tool_result","tool_name":"CronCreate","tool_input":"{\"cron\":\"0 9 * * *\",\"prompt\":\"report\"}"}`,
			map[string]any{"type_uid": 100601, "job.name": "0 9 * * *", "job.desc": "report"},
		},
		"request": {
			`{"event.name":"api_request","model":"claude-x","request_id":"req_1","input_tokens":"10","cache_read_tokens":"5","output_tokens":"7","session.id":"s"}`,
			map[string]any{"type_uid": 600301, "ai_model.name": "claude-x", "ai_agent.ai_model.name": "claude-x", "api.request.uid": "req_1", "message_context.prompt_tokens": 15, "message_context.total_tokens": 22, "ai_agent.instance_uid": "s"},
		},
		"failure": {
			`{"event.name":"api_error","model":"claude-x","error":"overloaded","status_code":"529"}`,
			map[string]any{"status_id": 2, "status_code": "529", "api.response.code": 529, "api.response.error_message": "overloaded"},
		},
		"login": {
			`{"event.name":"auth","action":"login","success":"false","error_category":"denied","user.account_uuid":"u-1","user.email":"a@example.com"}`,
			map[string]any{"type_uid": 300201, "user.uid": "u-1", "user.email_addr": "a@example.com", "status_id": 2, "status_detail": "denied"},
		},
		"connector down": {
			`{"event.name":"mcp_server_connection","status":"failed","server_name":"jira","error_code":"ENOENT"}`,
			map[string]any{"type_uid": 600203, "application.name": "jira", "app.name": "jira", "status_id": 2, "status_code": "ENOENT"},
		},
		"alert": {
			`{"event.name":"cowork.alert","alert.name":"rule","alert.status":"firing","alert.severity":"critical","alert.message":"m","alert.fingerprint":"f","user":"ada","alert.starts_at":"2026-11-21T09:30:00Z","alert.tags":["attack.t1059.004","atlas.AML.T0051","owasp.llm01-2026"]}`,
			map[string]any{
				"type_uid": 200401, "severity_id": 5, "status_id": 1, "finding_info.uid": "f", "finding_info.title": "rule", "message": "m",
				"finding_info.created_time": 1795253400000, "finding_info.attacks.0.sub_technique.uid": "T1059.004", "finding_info.attacks.1.technique.uid": "AML.T0051", "finding_info.attacks.2": nil,
				"actor.user.name": "ada", "metadata.product.name": "otelcol-cowork", "unmapped.user": nil, "device": nil,
			},
		},
		"resolved": {
			`{"event.name":"cowork.alert","alert.name":"rule","alert.status":"resolved","alert.severity":"info","alert.fingerprint":"f","alert.ends_at":"2026-11-21T09:30:00Z"}`,
			map[string]any{"type_uid": 200403, "status_id": 4, "is_alert": false, "end_time": 1795253400000},
		},
		"unknown kind": {
			`{"event.name":"never_seen","brand.new":"x","count":3}`,
			map[string]any{"type_uid": 99, "activity_name": "never_seen", "unmapped.brand_new": "x", "unmapped.count": "3"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			m := documentOf(t, c.line)
			require.Empty(t, loadFacts(t).validate(decode(t, m)))
			for path, want := range c.want {
				require.EqualValues(t, want, at(m.AsRaw(), strings.Split(path, ".")), path)
			}
		})
	}
}

// at returns the value at a path of maps and lists.
func at(v any, path []string) any {
	for _, key := range path {
		switch x := v.(type) {
		case map[string]any:
			v = x[key]
		case []any:
			if i := int(key[0] - '0'); i < len(x) {
				v = x[i]
			} else {
				return nil
			}
		}
	}
	return v
}
