package e2e

import (
	"cmp"
	"time"

	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
)

// truth is what events add up to, as the page should tell it: counted here from what was
// sent, event by event, without anything of the store's.
type truth struct{ figures }

// tell counts a batch that was sent.
func (f *truth) tell(ld plog.Logs) {
	for e := range cowork.Events(ld) {
		f.events++
		f.everyone(e)
		if add := truths[e.Name()]; add != nil {
			add(f, e)
		}
	}
}

// somebody is whom redaction leaves of those that an event could be by: e-mail addresses
// are gone, in whatever attribute they were.
func somebody(e cowork.Event) string {
	return cmp.Or(e.Dimension("user.account_uuid"), e.Dimension("process.owner"), e.Dimension("user.id"))
}

func when(e cowork.Event) time.Time { return e.Record().Timestamp().AsTime() }

// everyone counts who and what was there at all. A member of a set counts once.
func (f *truth) everyone(e cowork.Event) {
	if e.Name() == "alert" {
		return
	}
	f.member("users", somebody(e))
	f.member("sessions", e.Dimension("session.id"))
	f.member("organizations", e.Dimension("organization"))
	f.member("models", e.Dimension("model"))
}

func (f *truth) member(of, name string) {
	if name != "" {
		f.count(of, 0, name)
		f.sums[of][name] = 1
	}
}

// each counts a number in all, and by whom, with which model and in which organization.
func (f *truth) each(what string, n float64, e cowork.Event) {
	f.count(what, n, "all")
	f.count(what+" by user", n, somebody(e))
	f.count(what+" by organization", n, e.Dimension("organization"))
	f.count(what+" by model", n, e.Dimension("model"))
	f.count(what+" by day", n, when(e).Format(time.DateOnly))
}

// truths are what is counted of each kind of event.
var truths = map[string]func(*truth, cowork.Event){
	"user_prompt": func(f *truth, e cowork.Event) {
		f.each("prompts", 1, e)
		f.count("prompts by hour", 1, when(e).Format("15"))
	},
	"api_request": func(f *truth, e cowork.Event) {
		micros, _ := cowork.APIRequest{Event: e}.CostMicros()
		f.each("cost", float64(micros)/1e6, e)
		f.each("answered", 1, e)
		f.each("requests", 1, e)
		all := 0.0
		for _, name := range []string{"input_tokens", "output_tokens", "cache_read_tokens", "cache_creation_tokens"} {
			n, _ := e.Float(name)
			f.each(name, n, e)
			all += n
		}
		f.each("tokens", all, e)
	},
	"api_error": func(f *truth, e cowork.Event) {
		f.each("requests", 1, e)
		f.each("errors", 1, e)
		f.count("errors by status", 1, e.Dimension("status_code"))
		f.failedConnector(e)
	},
	"api_refusal": func(f *truth, e cowork.Event) { f.each("refusals", 1, e) },
	"tool_result": func(f *truth, e cowork.Event) {
		f.count("calls", 1, e.Dimension("tool"))
		if c := e.Dimension("connector"); c != "" {
			f.count("connector calls", 1, c)
		}
		if ok, _ := e.Bool("success"); !ok {
			f.count("failed calls", 1, e.Dimension("tool"))
			f.failedConnector(e)
		}
	},
	"tool_decision": func(f *truth, e cowork.Event) {
		f.count("decisions", 1, e.Dimension("decision"), e.Dimension("source"))
	},
	"mcp_server_connection": func(f *truth, e cowork.Event) {
		f.count("connections", 1, e.Dimension("connector"), e.Dimension("status"))
		if e.Dimension("status") == "failed" {
			f.failedConnector(e)
		}
	},
	"skill_activated": func(f *truth, e cowork.Event) { f.count("skills", 1, e.Dimension("skill")) },
	"plugin_loaded": func(f *truth, e cowork.Event) {
		f.count("plugins", 1, e.Dimension("plugin"))
		if e.Dimension("enabled_via") == "org-policy" {
			f.member("users with an organization's plugin", somebody(e))
		}
	},
}

func (f *truth) failedConnector(e cowork.Event) {
	if c := e.Dimension("connector"); c != "" {
		f.count("connector failures", 1, c)
	}
}
