package e2e

import (
	"cmp"
	"slices"
	"time"

	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
)

// truth holds the expected figures of the page: counted from the sent events one by one,
// without code of the store.
type truth struct {
	figures
	sets map[string]map[string]map[string]bool // members by set and group
	took map[string][]float64                  // durations of requests in seconds, by model and by day
}

// addBatch counts a batch that was sent.
func (f *truth) addBatch(ld plog.Logs) {
	for e := range cowork.Events(ld) {
		if f.isRepeated(e) {
			continue
		}
		f.events++
		if add := truths[e.Name()]; add != nil {
			add(f, e)
		}
		if e.Name() == "alert" {
			continue
		}
		f.member("users", userOf(e))
		f.member("users by day", userOf(e), day(e))
		f.member("users by organization", userOf(e), e.Dimension("organization"))
		f.member("sessions", e.Dimension("session.id"))
		f.member("sessions by user", e.Dimension("session.id"), userOf(e))
		f.member("organizations", e.Dimension("organization"))
		f.count("events by version", 1, e.ClientVersion())
		if slices.Contains([]string{"api_request", "api_error", "api_refusal"}, e.Name()) {
			f.member("users by model", userOf(e), e.Dimension("model"))
		}
	}
}

// isRepeated reports whether a request was counted before: it counts once by its id in
// its session.
func (f *truth) isRepeated(e cowork.Event) bool {
	id := e.Dimension("request_id")
	if e.Name() != "api_request" || id == "" {
		return false
	}
	known := len(f.sets["requests"][""])
	f.member("requests", e.Dimension("session.id")+" "+id)
	return known == len(f.sets["requests"][""])
}

// userOf returns the user of an event after redaction, which removes e-mail addresses
// from all attributes. The recorded sessions in the cloud have a user.id only.
func userOf(e cowork.Event) string {
	id := e.Dimension("user.id")
	if id != "" {
		id = cowork.CloudSessions
	}
	return cmp.Or(e.Dimension("user.account_uuid"), e.Dimension("process.owner"), id)
}

func when(e cowork.Event) time.Time { return e.Record().Timestamp().AsTime() }

func day(e cowork.Event) string { return when(e).Format(time.DateOnly) }

// member adds a member to a set.
func (f *truth) member(of, name string, by ...string) {
	if f.sets == nil {
		f.sets = map[string]map[string]map[string]bool{}
	}
	if f.sets[of] == nil {
		f.sets[of] = map[string]map[string]bool{}
	}
	if f.sets[of][key(by...)] == nil {
		f.sets[of][key(by...)] = map[string]bool{}
	}
	if name != "" {
		f.sets[of][key(by...)][name] = true
	}
}

// each adds a number to the total and to the sums by user, model, organization and day.
func (f *truth) each(what string, n float64, e cowork.Event) {
	f.count(what, n)
	f.count(what+" by user", n, userOf(e))
	f.count(what+" by organization", n, e.Dimension("organization"))
	f.count(what+" by model", n, e.Dimension("model"))
	f.count(what+" by day", n, day(e))
	f.count(what+" by user and day", n, userOf(e), day(e))
}

// truths counts each kind of event.
var truths = map[string]func(*truth, cowork.Event){
	"user_prompt": func(f *truth, e cowork.Event) {
		f.each("prompts", 1, e)
		f.count("prompts by day and starter", 1, day(e), "people")
		f.count("prompts by origin", 1, string(cowork.OriginUser))
		f.count("prompts by hour", 1, when(e).Weekday().String(), when(e).Format("15"))
	},
	"api_request": func(f *truth, e cowork.Event) {
		micros, _ := cowork.APIRequest{Event: e}.CostMicros()
		f.each("cost", float64(micros)/1e6, e)
		f.each("requests", 1, e)
		f.count("cost by prompt", float64(micros)/1e6, e.Dimension("prompt.id"))
		f.count("requests by prompt", 1, e.Dimension("prompt.id"))
		f.count("cost by source", float64(micros)/1e6, e.Dimension("query_source"))
		f.count("requests by version", 1, e.ClientVersion())
		ms, _ := e.Float("duration_ms")
		f.count("seconds by model", ms/1e3, e.Dimension("model"))
		f.count("seconds of all by model", ms/1e3, e.Dimension("model"))
		if f.took == nil {
			f.took = map[string][]float64{}
		}
		for _, by := range []string{e.Dimension("model"), day(e)} {
			f.took[by] = append(f.took[by], ms/1e3)
		}
		for _, name := range []string{"input_tokens", "output_tokens", "cache_read_tokens", "cache_creation_tokens"} {
			n, _ := e.Float(name)
			f.each(name, n, e)
			f.each("tokens", n, e)
		}
	},
	"api_error": func(f *truth, e cowork.Event) {
		f.each("errors", 1, e)
		ms, _ := e.Float("duration_ms")
		f.count("seconds of all by model", ms/1e3, e.Dimension("model"))
		status := e.Dimension("status_code")
		if status == "undefined" {
			status = ""
		}
		f.count("errors by status", 1, status, e.Dimension("model"))
		f.failedConnector(e, status)
	},
	"api_refusal": func(f *truth, e cowork.Event) { f.each("refusals", 1, e) },
	"tool_result": func(f *truth, e cowork.Event) {
		tool, connector := e.Dimension("tool"), e.Dimension("connector")
		ms, _ := e.Float("duration_ms")
		f.count("calls", 1, tool)
		f.count("all calls", 1)
		f.count("calls by day", 1, day(e))
		f.count("all failed calls", 0)
		f.count("calls by prompt", 1, e.Dimension("prompt.id"))
		f.count("failed calls", 0, tool)
		f.count("seconds of calls", ms/1e3, tool)
		if connector != "" {
			f.count("connector calls", 1, connector)
			f.count("failed connector calls", 0, connector)
		}
		if ok, _ := e.Bool("success"); ok {
			return
		}
		f.count("failed calls", 1, tool)
		f.count("all failed calls", 1)
		f.count("failed calls by user", 1, userOf(e))
		f.count("calls by day and outcome", 1, day(e), "failed")
		f.failedConnector(e, e.Dimension("error_type"))
		if connector != "" {
			f.count("failed connector calls", 1, connector)
		}
	},
	"tool_decision": func(f *truth, e cowork.Event) {
		f.count("decisions", 1, e.Dimension("tool"), e.Dimension("decision"), e.Dimension("source"))
		f.count("decisions by tool", 1, e.Dimension("tool"))
		f.count("decisions by mode", 1, e.Dimension("permission_mode"))
		if e.Dimension("permission_mode") == "bypassPermissions" {
			f.count("bypassed", 1, userOf(e))
		}
		if e.Dimension("decision") == "reject" {
			f.count("rejections", 1, e.Dimension("tool"))
			f.count("all rejections", 1)
			f.count("calls by day and outcome", 1, day(e), "rejected")
		}
	},
	"mcp_server_connection": func(f *truth, e cowork.Event) {
		f.count(e.Dimension("status"), 1, e.Dimension("connector"))
		if e.Dimension("status") == "failed" {
			f.failedConnector(e, e.Dimension("error_code"))
		}
	},
	"skill_activated": func(f *truth, e cowork.Event) {
		f.count("skills", 1, e.Dimension("skill"))
		f.member("users by skill", userOf(e), e.Dimension("skill"))
	},
	"plugin_loaded": func(f *truth, e cowork.Event) {
		which := []string{e.Dimension("plugin"), e.Dimension("plugin.scope"), e.Dimension("enabled_via")}
		f.count("plugins", 1, which...)
		f.member("users by plugin", userOf(e), which...)
		if e.Dimension("enabled_via") == "org-policy" {
			f.member("users by organization's plugin", userOf(e), e.Dimension("plugin"))
		}
	},
	"subagent_completed": func(f *truth, e cowork.Event) {
		ms, _ := e.Float("duration_ms")
		f.count("agents", 1, e.Dimension("agent"))
		f.count("seconds of agents", ms/1e3, e.Dimension("agent"))
	},
	"alert": func(f *truth, e cowork.Event) {
		firing := 1.0
		if e.Dimension("alert.status") == "resolved" {
			firing = -1
			f.count("resolved", 1, e.Dimension("alert.name"))
		}
		f.count("firing", firing)
		f.count("firing by name", firing, e.Dimension("alert.name"))
	},
}

// failedConnector counts an error of a connector by its reason.
func (f *truth) failedConnector(e cowork.Event, why string) {
	if c := e.Dimension("connector"); c != "" {
		f.count("connector errors", 1, c, why)
		f.count("connector errors by day", 1, day(e), c)
		f.count("errors by connector", 1, c)
	}
}
