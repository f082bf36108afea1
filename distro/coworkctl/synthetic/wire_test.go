package synthetic

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
)

// TestWireForms checks that a fleet has the telemetry of old and new clients.
func TestWireForms(t *testing.T) {
	forms := map[string]bool{}
	saw := func(kind, key string, v pcommon.Value, ok bool) {
		form := "absent"
		if ok {
			form = v.Type().String()
		}
		forms[kind+" "+key+" "+form] = true
	}
	for _, b := range generate(t, Settings{Seed: 9, Seats: 150, Start: monday, Every: time.Minute, Prompts: 400, Content: DefaultContent}) {
		for _, a := range records(b) {
			kind := stringOf(a, "event.name")
			for _, key := range []string{"input_tokens", "cost_usd", "cost_usd_micros", "query_source", "duration_ms", "status_code", "prompt_text", "user.email", "request_id", "tool_parameters", "department"} {
				v, ok := a.Get(key)
				saw(kind, key, v, ok)
			}
		}
	}
	for _, want := range []string{
		"api_request input_tokens Int", "api_request input_tokens Str", "api_request cost_usd Double", "api_request cost_usd Str",
		"api_request cost_usd_micros absent", "api_request query_source absent", "tool_result duration_ms Int", "tool_result duration_ms Str",
		"api_error status_code Int", "api_error status_code absent", "user_prompt prompt_text Str", "user_prompt prompt_text absent",
		"user_prompt user.email Str", "user_prompt user.email absent", "tool_result request_id absent", "tool_result request_id Str",
		"tool_decision tool_parameters absent", "tool_decision tool_parameters Str", "user_prompt department absent",
	} {
		require.True(t, forms[want], "never seen: %s", want)
	}
}

// TestContent checks that disabled content is not exported.
func TestContent(t *testing.T) {
	set := Settings{Seed: 5, Seats: 40, Start: monday, Every: time.Minute, Prompts: 80, Metrics: true}
	for _, b := range generate(t, set) {
		for _, a := range records(b) {
			for _, key := range []string{"prompt", "prompt_text", "response"} {
				require.Contains(t, []string{"", redacted}, stringOf(a, key), key)
			}
			for _, key := range []string{"tool_input", "body", "hook_matcher"} {
				require.Empty(t, stringOf(a, key))
			}
			if stringOf(a, "event.name") == "tool_result" {
				require.Empty(t, stringOf(a, "error"))
			}
			require.Contains(t, []string{"", "custom", "custom_skill"}, stringOf(a, "skill.name"))
		}
	}
}

// TestJSONAttributes checks that JSON attributes are valid JSON.
func TestJSONAttributes(t *testing.T) {
	n := 0
	for _, b := range generate(t, Settings{Seed: 5, Seats: 40, Start: monday, Every: time.Minute, Prompts: 80, Content: DefaultContent}) {
		for _, a := range records(b) {
			for _, key := range []string{"tool_parameters", "tool_input"} {
				if v := stringOf(a, key); v != "" {
					n++
					require.True(t, json.Valid([]byte(v)), "%s: %s", key, v)
				}
			}
		}
	}
	require.Greater(t, n, 1000)
}

// TestRawBodies checks that bodies are exported if enabled, some of them truncated.
func TestRawBodies(t *testing.T) {
	set := Settings{Seed: 5, Seats: 3, Start: monday, Every: time.Minute, Prompts: 5, Content: Content{RawBodies: true}}
	bodies, cut := 0, 0
	for _, b := range generate(t, set) {
		for _, a := range records(b) {
			if body := stringOf(a, "body"); body != "" {
				bodies++
				require.LessOrEqual(t, len(body), 60_000)
				if stringOf(a, "body_truncated") == "true" {
					cut++
				}
			}
		}
	}
	require.Greater(t, bodies, 10)
	require.Less(t, cut, bodies)
}

// TestRemote checks that cloud sessions are marked and few carry the account.
func TestRemote(t *testing.T) {
	remote, known := map[string]bool{}, map[string]bool{}
	for _, b := range crowded(t) {
		for _, a := range records(b) {
			require.Equal(t, stringOf(a, "cowork.surface") == "remote", stringOf(a, "terminal.type") == "linux")
			if stringOf(a, "cowork.surface") == "remote" {
				remote[b.Session] = true
				known[b.Session] = stringOf(a, "user.email") != ""
			}
		}
	}
	identified := 0
	for _, k := range known {
		if k {
			identified++
		}
	}
	require.NotEmpty(t, remote)
	require.Less(t, float64(identified)/float64(len(remote)), 0.25)
}
