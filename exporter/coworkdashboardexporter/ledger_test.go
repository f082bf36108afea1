package coworkdashboardexporter

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"pgregory.net/rapid"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/eventtest"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// A ledger is a list of events that is aggregated naively, to compare the page with.
type ledger []eventtest.Event

// drawLedger draws events of the last days, each with an identity.
func drawLedger(t *rapid.T, days int) (l ledger) {
	one := func(what string, of ...string) string { return rapid.SampledFrom(of).Draw(t, what) }
	n := func(what string, most int) int64 { return int64(rapid.IntRange(0, most).Draw(t, what)) }
	for i := range rapid.IntRange(0, 60).Draw(t, "events") {
		kind := one("kind", "user_prompt", "api_request", "api_request", "api_error", "api_refusal", "tool_result", "tool_decision",
			"mcp_server_connection", "skill_activated", "plugin_loaded", "subagent_completed")
		a := map[string]any{
			"event.sequence": i, "session.id": one("session", "s1", "s2", "s3"), "prompt.id": fmt.Sprintf("p%d", i),
			"organization.id": one("org", "acme", "globex"), "user.account_uuid": one("user", "ada", "bob", "cy"),
		}
		switch kind {
		case "user_prompt":
			a["cowork.prompt.origin"] = one("origin", "user", "user", "task", "schedule", "agent")
		case "api_request":
			a["model"], a["query_source"] = one("model", "opus", "haiku"), one("source", "sdk", "compact")
			a["cost_usd_micros"], a["input_tokens"], a["output_tokens"] = n("cost", 1e6), n("input", 1000), n("output", 1000)
			a["cache_read_tokens"], a["cache_creation_tokens"], a["duration_ms"] = n("read", 5000), n("creation", 500), n("ms", 9000)
		case "api_error":
			a["model"], a["status_code"] = one("model", "opus", "haiku"), one("status", "429", "529", "undefined")
		case "api_refusal":
			a["model"] = one("model", "opus", "haiku")
		case "tool_result":
			a["tool_name"], a["success"] = one("tool", "Bash", "mcp__crm__find", "mcp__crm__send", "mcp__mail__send"), one("success", "true", "false")
			a["duration_ms"], a["error_type"] = n("ms", 9000), one("error", "A", "B")
		case "tool_decision":
			a["tool_name"], a["decision"] = one("tool", "Bash", "Write"), one("decision", "accept", "reject")
			a["source"], a["permission_mode"] = one("by", "config", "user_reject"), one("mode", "default", "plan")
		case "mcp_server_connection":
			a["server_name"], a["status"], a["error_code"] = one("server", "crm", "mail"), one("status", "connected", "failed"), "ENOENT"
		case "skill_activated":
			a["skill.name"] = one("skill", "report", "triage")
		case "plugin_loaded":
			a["plugin.name"], a["enabled_via"], a["plugin.scope"] = one("plugin", "pa", "pb"), one("via", "org-policy", "user"), "org"
		case "subagent_completed":
			a["agent_type"], a["duration_ms"] = one("agent", "explore", "plan"), n("ms", 9000)
		}
		at := noon.Add(-time.Duration(rapid.IntRange(1, days*24*60-13*60).Draw(t, "minutes")) * time.Minute)
		l = append(l, eventtest.Event{Kind: kind, At: at, Attrs: a})
	}
	return l
}

// within returns the events that match a filter. Only some events have a model.
func (l ledger) within(f report.Filter) (in ledger) {
	for _, e := range l {
		fits := !e.At.Before(f.From) && e.At.Before(f.To)
		for _, part := range [...]struct{ want, key string }{
			{f.Organization, "organization.id"}, {f.User, "user.account_uuid"}, {f.Model, "model"},
		} {
			fits = fits && (part.want == "" || e.Attrs[part.key] == part.want)
		}
		if fits {
			in = append(in, e)
		}
	}
	return in
}

// of returns the events of a kind, "" for all, with the given attributes.
func (l ledger) of(kind string, attrs ...string) (of ledger) {
	for _, e := range l {
		fits := kind == "" || e.Kind == kind
		for i := 0; i+1 < len(attrs); i += 2 {
			fits = fits && str(e, attrs[i]) == attrs[i+1]
		}
		if fits {
			of = append(of, e)
		}
	}
	return of
}

// sum returns the sum of attributes.
func (l ledger) sum(keys ...string) (sum int64) {
	for _, e := range l {
		for _, key := range keys {
			n, _ := e.Attrs[key].(int64)
			sum += n
		}
	}
	return sum
}

// by groups the events by an attribute and omits those without it.
func (l ledger) by(key string) map[string]ledger {
	groups := map[string]ledger{}
	for _, e := range l {
		if name := str(e, key); name != "" {
			groups[name] = append(groups[name], e)
		}
	}
	return groups
}

// distinct returns the number of values of an attribute.
func (l ledger) distinct(key string) int64 { return int64(len(l.by(key))) }

// str returns an attribute as the page shows it. tool and connector are parsed from a
// name of the form mcp__connector__tool.
func str(e eventtest.Event, key string) string {
	switch key {
	case "date":
		return e.At.Format(time.DateOnly)
	case "day":
		return e.At.Weekday().String()
	case "hour":
		return e.At.Format("15")
	case "tool", "connector":
		if named, _ := e.Attrs["server_name"].(string); named != "" && key == "connector" {
			return named
		}
		name, _ := e.Attrs["tool_name"].(string)
		parts := splitTool(name)
		return parts[key]
	}
	text, _ := e.Attrs[key].(string)
	if text == "undefined" {
		return ""
	}
	return text
}

func splitTool(name string) map[string]string {
	var server, tool string
	if len(name) > 5 && name[:5] == "mcp__" {
		for i := 5; i < len(name); i++ {
			if name[i] == '_' {
				server, tool = name[5:i], name[i+2:]
				break
			}
		}
		return map[string]string{"tool": tool, "connector": server}
	}
	return map[string]string{"tool": name}
}

// ratio returns nil for a denominator of 0.
func ratio(a, b int64) any {
	if b == 0 {
		return nil
	}
	return float64(a) / float64(b)
}

// sorted sorts rows by their text, since other tests check the order.
func sorted(rows [][]any) [][]any {
	slices.SortFunc(rows, func(a, b []any) int { return cmp.Compare(fmt.Sprint(a...), fmt.Sprint(b...)) })
	return rows
}
