package language

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestCheck(t *testing.T) {
	check := func(text, kinds string, want ...string) {
		t.Helper()
		var of []string
		if kinds != "" {
			of = []string{kinds}
		}
		require.Equal(t, want, Check(text, of), text)
	}
	check(`attributes["success"] == false`, "tool_result")
	check(`attributes["success"] == "false"`, "tool_result",
		`attribute "success" is a boolean behind cowork_event, and is compared with a string: it never matches (true or false without quotes would)`)
	check(`log.attributes["tool_name"] > 5`, "",
		`attribute "tool_name" is a string behind cowork_event, and is compared with a number: it never matches ("…" would)`)
	check(`-5 < attributes["tool_name"]`, "",
		`attribute "tool_name" is a string behind cowork_event, and is compared with a number: it never matches ("…" would)`)
	check(`"5" == attributes["duration_ms"]`, "",
		`attribute "duration_ms" is a number behind cowork_event, and is compared with a string: it never matches (a number without quotes would)`)
	check(`attributes["duration_ms"] > 5000.5 and attributes["tool_name"] != nil`, "")
	check(`Double(attributes["tool_name"]) > 5`, "")
	check(`attributes["mode"] == "x"`, "permission_mode_changed", `unknown attribute "mode" (did you mean to_mode or from_mode?)`)
	check(`attributes["models"] == "x"`, "", `unknown attribute "models" (did you mean model?)`)
	check(`attributes["costusd"] > 1`, "", `unknown attribute "costusd" (did you mean cost_usd?)`)
	check(`attributes["cost"] > 1`, "", `unknown attribute "cost" (did you mean cost_usd or cost_center or cost_source?)`)
	check(`attributes["duraton_ms"] > 1`, "", `unknown attribute "duraton_ms" (did you mean duration_ms?)`)
	check(`attributes["zzz"] == 1 or attributes["zzz"] == 2`, "",
		`unknown attribute "zzz" (internal/cowork/schema.md lists those that are known)`)
	check(`attributes["status"] == "failed"`, "tool_result",
		`attribute "status": tool_result has none (mcp_server_connection has)`)
	check(`attributes["status"] == "failed"`, "mcp_server_connection")
	check(`attributes["status"] == "failed"`, "a_kind_of_tomorrow")
	check(`attributes["organization.id"] == "x"`, "tool_result")
	check(`resource.attributes["department"] == 5`, "")
	check(`body == "attributes[\"zzz\"] == 5"`, "")
}

func TestShown(t *testing.T) {
	check := func(text, want string) {
		t.Helper()
		if want == "" {
			require.NoError(t, Shown(text), text)
			return
		}
		require.ErrorContains(t, Shown(text), want, text)
	}
	check(`attributes["tool_name"]`, "")
	check(`Concat([attributes["model"], resource.attributes["service.name"]], "body")`, "")
	check(`Hour(time)`, "")
	check(`trace_id.string`, "")
	check(`attributes["prompt"]`, "prompt: may hold content")
	check(`Substring(log.attributes["tool_input"], 0, 5)`, "tool_input: may hold content")
	check(`attributes["zzz"]`, "zzz: is not in the schema")
	check(`resource.attributes["zzz"]`, "zzz: is not in the schema")
	check(`attributes["user.email"]`, "user.email: identifies a person")
	check(`body`, "body: may hold content")
	check(`log.body["x"]`, "body: may hold content")
	check(`attributes`, "attributes: may hold content")
	check(`attributes[Concat(["pro", "mpt"], "")]`, "attributes: may hold content")
	check(`attributes[Concat(["pro", "mpt"], "")]["tool_name"]`, "attributes: may hold content")
	check(`attributes[attributes["tool_name"]]["tool_name"]`, "attributes: may hold content")
	check(`attributes["tool_name"][attributes["prompt"]]`, "prompt: may hold content")
	check(`resource`, "resource: may hold content")
	check(`scope.attributes["x"]`, "x: is not in the schema")
}
