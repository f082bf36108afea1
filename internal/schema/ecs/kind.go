package ecs

import (
	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/schema"
)

// A class is what an event is: a category and a type of ECS.
type class struct{ category, typ string }

// kinds are the classes of kinds of events. A kind without a row is api with type info.
var kinds = map[string]class{
	"user_prompt":               {"api", "start"},
	"assistant_response":        {"api", "end"},
	"api_request":               {"api", "access"},
	"api_error":                 {"api", "access"},
	"api_refusal":               {"api", "access"},
	"api_retries_exhausted":     {"api", "access"},
	"auth":                      {"authentication", "info"},
	"session_start":             {"session", "start"},
	"managed_settings_resolved": {"configuration", "info"},
	"permission_mode_changed":   {"configuration", "change"},
	"hook_registered":           {"configuration", "creation"},
	"plugin_installed":          {"package", "installation"},
	"plugin_loaded":             {"package", "start"},
	"skill_activated":           {"package", "start"},
	"alert":                     {"intrusion_detection", "info"},
	"tenant_mismatch":           {"intrusion_detection", "denied"},
}

// tools are the classes of results by the tool. A tool without a row is api with access.
var tools = map[string]class{
	"Bash":         {"process", "start"},
	"PowerShell":   {"process", "start"},
	"KillBash":     {"process", "end"},
	"KillShell":    {"process", "end"},
	"Read":         {"file", "access"},
	"NotebookRead": {"file", "access"},
	"Glob":         {"file", "access"},
	"Grep":         {"file", "access"},
	"LS":           {"file", "access"},
	"Write":        {"file", "change"},
	"Edit":         {"file", "change"},
	"MultiEdit":    {"file", "change"},
	"NotebookEdit": {"file", "change"},
	"WebFetch":     {"web", "access"},
	"WebSearch":    {"web", "access"},
}

// decisions are the types by the decision of a tool_decision. It is an event of api: the
// tool itself is reported by its result, so that a search for it has each call once.
var decisions = map[string]string{"accept": "allowed", "reject": "denied"}

// shells are process.name by the tool.
var shells = map[string]string{"Bash": "bash", "PowerShell": "powershell"}

// classify writes what the event is, and its outcome.
func (w *writer) classify() {
	c, ok := kinds[w.kind]
	if !ok {
		c = class{"api", "info"}
	}
	switch w.kind {
	case "tool_result":
		if c, ok = tools[w.attribute("tool_name")]; !ok {
			c = class{"api", "access"}
		}
	case "tool_decision":
		if typ, decided := decisions[w.attribute("decision")]; decided {
			c.typ = typ
		}
	}
	kind := "event"
	if w.kind == "alert" {
		kind = "alert"
	}
	w.dst.PutStr("ecs.version", Version)
	w.dst.PutStr("event.kind", kind)
	w.putAll("event.category", c.category)
	w.putAll("event.type", c.typ)
	w.dst.PutStr("event.module", "cowork")
	w.dst.PutStr("event.dataset", "cowork.events")
	w.put("event.action", w.kind)
	w.put("event.id", cowork.RecordID(w.Event, w.kind))
	if success, known := schema.OutcomeOf(w.Event, w.kind); known {
		w.dst.PutStr("event.outcome", outcomes[success])
	}
}

var outcomes = map[bool]string{true: "success", false: "failure"}
