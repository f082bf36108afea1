package schema_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/schema"
	"github.com/cowork-otel/collector/internal/schema/schematest"
)

// eventOf returns the event of a line.
func eventOf(t *testing.T, line string) cowork.Event {
	t.Helper()
	ld, ok := schematest.Logs(t, line)
	require.True(t, ok, line)
	for e := range cowork.Events(ld) {
		return e
	}
	return cowork.Event{}
}

// TestOutcome checks which events report an outcome, and which one.
func TestOutcome(t *testing.T) {
	for line, want := range map[string]string{
		`{"event.name":"api_request"}`:                                       "success",
		`{"event.name":"api_error"}`:                                         "failure",
		`{"event.name":"internal_error"}`:                                    "failure",
		`{"event.name":"tool_result","success":"true"}`:                      "success",
		`{"event.name":"tool_result","success":false}`:                       "failure",
		`{"event.name":"tool_result"}`:                                       "",
		`{"event.name":"tool_decision","decision":"accept"}`:                 "success",
		`{"event.name":"tool_decision","decision":"reject","success":true}`:  "failure",
		`{"event.name":"tool_decision"}`:                                     "",
		`{"event.name":"mcp_server_connection","status":"failed"}`:           "failure",
		`{"event.name":"mcp_server_connection","status":"disconnected"}`:     "success",
		`{"event.name":"mcp_server_connection","status":"never_seen"}`:       "",
		`{"event.name":"hook_execution_complete","num_blocking":1}`:          "failure",
		`{"event.name":"hook_execution_complete","num_success":2}`:           "success",
		`{"event.name":"auth","action":"login","success":"false"}`:           "failure",
		`{"event.name":"user_prompt"}`:                                       "",
		`{"event.name":"cowork.alert","alert.name":"r","success":"true"}`:    "",
		`{"event.name":"never_seen","success":"true","decision":"rejected"}`: "success",
	} {
		e := eventOf(t, line)
		got := ""
		if success, known := schema.OutcomeOf(e, e.Name()); known {
			got = map[bool]string{true: "success", false: "failure"}[success]
		}
		require.Equal(t, want, got, line)
	}
}

// TestUserID checks that the account comes first, that a marker of redaction is no user, and
// that an alert has the user of its group.
func TestUserID(t *testing.T) {
	for line, want := range map[string]string{
		`{"event.name":"user_prompt","user.account_uuid":"u","cowork.user.name":"Ada"}`:               "u",
		`{"event.name":"user_prompt","user.account_uuid":"[REDACTED_USER]","cowork.user.name":"Ada"}`: "Ada",
		`{"event.name":"cowork.alert","user":"ada@example.com"}`:                                      "ada@example.com",
		`{"event.name":"cowork.alert","user":"[REDACTED_EMAIL]"}`:                                     "",
		`{"event.name":"user_prompt","user":"ada@example.com"}`:                                       "",
	} {
		e := eventOf(t, line)
		require.Equal(t, want, schema.UserIDOf(e, e.Name()), line)
	}
}

// TestHost checks the form of hosts, and the bound of one.
func TestHost(t *testing.T) {
	for url, want := range map[string]string{
		"https://Docs.Example.com:8443/a?b": "docs.example.com",
		"https://ada:secret@example.com/":   "example.com",
		"http://0x7f.1/":                    "127.0.0.1",
		"http://0xC000024D/":                "0xc000024d", // redaction replaces addresses in their usual notation
		"http://192.0.2.77/":                "192.0.2.77",
		"http://[2001:DB8::1]/":             "2001:db8::1",
		"/notes":                            "",
		"https://" + strings.Repeat("a", 5000) + ".example.com": strings.Repeat("a", 1024),
	} {
		require.Equal(t, want, schema.HostOf(eventOf(t, `{"event.name":"tool_result","tool_name":"WebFetch","tool_input":"{\"url\":\"`+url+`\"}"}`)), url)
	}
}
