package synthetic

import (
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
)

// A hook is a command that the client runs at an event.
type hook struct{ event, matcher string }

// hooks are the registered hooks of the seats that have any.
var hooks = []hook{
	{"UserPromptSubmit", ""},
	{"PreToolUse", "Bash|Edit|Write"},
	{"PostToolUse", "Edit|Write"},
	{"Stop", ""},
}

// recordStartup records the events of a starting process. They have no prompt.id.
func (s *session) recordStartup() {
	at := s.cursor
	if s.version.has(newestWire) {
		_, a := s.recorder.addEvent("managed_settings_resolved", at)
		a.PutStr("managed_settings.trigger", "startup")
		a.PutEmptySlice("managed_settings.sources").AppendEmpty().SetStr("mdm")
		a.PutStr("managed_settings.source_behavior", "first-wins")
		a.PutStr("managed_settings.helper.state", "none")
		a.PutStr("managed_settings.helper.applied", "none")
		at = at.Add(s.rng.millisBetween(20, 90))
	}
	for _, p := range s.loadedPlugins() {
		s.recordPlugin(p, at)
		at = at.Add(s.rng.millisBetween(0, 1))
	}
	if s.hooked {
		for _, h := range hooks {
			s.recordHook(h, at)
		}
	}
	for _, c := range s.connectors {
		at = at.Add(s.rng.millisBetween(2, 60))
		s.connect(c, at)
	}
	s.cursor = at.Add(s.rng.millisBetween(80, 900))
}

func (s *session) loadedPlugins() []plugin {
	var loaded []plugin
	if s.version.has(messageIDs) {
		loaded = append(loaded, bundledPlugins...)
	}
	loaded = append(loaded, departmentPlugins[s.department]...)
	return append(loaded, s.scenario.plugins(s.seat, s.recorder.began)...)
}

func (s *session) recordPlugin(p plugin, at time.Time) {
	_, a := s.recorder.addEvent("plugin_loaded", at)
	a.PutStr("plugin.name", p.name)
	a.PutStr("marketplace.name", p.marketplace)
	if p.version != "" {
		a.PutStr("plugin.version", p.version)
	}
	a.PutStr("plugin.scope", p.scope)
	a.PutStr("enabled_via", p.enabledVia)
	a.PutStr("plugin_id_hash", hash(p.name, 16))
	a.PutBool("has_hooks", p.hooks)
	a.PutBool("has_mcp", p.mcp)
	a.PutBool("host_owned_mcp", false)
	a.PutInt("skill_path_count", p.skills)
	a.PutInt("command_path_count", 0)
	a.PutInt("agent_path_count", 0)
	s.putSafeMode(a)
}

func (s *session) recordHook(h hook, at time.Time) {
	_, a := s.recorder.addEvent("hook_registered", at)
	a.PutStr("hook_event", h.event)
	a.PutStr("hook_type", "command")
	a.PutStr("hook_source", "policySettings")
	if h.matcher != "" && s.settings.Content.ToolDetails {
		a.PutStr("hook_matcher", h.matcher)
	}
	s.putSafeMode(a)
}

// connect records the connection to a connector. Disconnections are connection
// events too, so the failure rate of attempts is higher than that of events.
func (s *session) connect(c *connector, at time.Time) {
	took := s.rng.duration(180*time.Millisecond, 0.8)
	if !c.hosted && s.rng.chance(s.scenario.connectionFailureRate(c, at)*1.35) {
		a := s.recordConnection(c, "failed", at.Add(took), took)
		e := pick(s.rng, connectionErrors)
		a.PutStr("error_code", e.kind)
		if s.settings.Content.ToolDetails {
			a.PutStr("error", fillErrorText(s.rng, e.text))
		}
		return
	}
	s.recordConnection(c, "connected", at.Add(took), took)
	s.connected = append(s.connected, c)
}

func (s *session) recordConnection(c *connector, status string, at time.Time, took time.Duration) pcommon.Map {
	_, a := s.recorder.addEvent("mcp_server_connection", at)
	a.PutStr("status", status)
	a.PutStr("transport_type", c.transport)
	a.PutStr("server_scope", c.scope)
	a.PutStr("duration_ms", millis(took))
	a.PutBool("is_plugin", false)
	if s.settings.Content.ToolDetails || c.hosted {
		a.PutStr("server_name", c.name)
	}
	return a
}

// disconnectAll records the end of the process: some connectors report that they
// were disconnected, with the prompt.id of the last prompt.
func (s *session) disconnectAll() {
	at := s.cursor
	for _, c := range s.connected {
		if s.rng.chance(0.35) {
			at = at.Add(s.rng.millisBetween(1, 40))
			s.recordConnection(c, "disconnected", at, at.Sub(s.recorder.began)).PutStr("prompt.id", s.promptID)
		}
	}
	s.cursor = at
}
