package synthetic

import (
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
)

// A hook is a command that an admin lets the client run at some moment.
type hook struct{ event, matcher string }

// hooks are what the seats with hooks registered.
var hooks = []hook{
	{"UserPromptSubmit", ""},
	{"PreToolUse", "Bash|Edit|Write"},
	{"PostToolUse", "Edit|Write"},
	{"Stop", ""},
}

// startup tells what a process reports before anybody asked for anything. None
// of it carries a prompt.id.
func (s *session) startup() {
	at := s.cursor
	if s.version.has(newestWire) {
		_, a := s.emit("managed_settings_resolved", at)
		a.PutStr("managed_settings.trigger", "startup")
		a.PutEmptySlice("managed_settings.sources").AppendEmpty().SetStr("mdm")
		a.PutStr("managed_settings.source_behavior", "first-wins")
		a.PutStr("managed_settings.helper.state", "none")
		a.PutStr("managed_settings.helper.applied", "none")
		at = at.Add(s.d.millis(20, 90))
	}
	for _, p := range s.plugins() {
		s.pluginLoaded(p, at)
		at = at.Add(s.d.millis(0, 1))
	}
	if s.hooked {
		for _, h := range hooks {
			s.hookRegistered(h, at)
		}
	}
	for _, c := range s.connectors {
		at = at.Add(s.d.millis(2, 60))
		s.connect(c, at)
	}
	s.cursor = at.Add(s.d.millis(80, 900))
}

func (s *session) plugins() []plugin {
	var loaded []plugin
	if s.version.has(messageIDs) {
		loaded = append(loaded, bundledPlugins...)
	}
	loaded = append(loaded, departmentPlugins[s.department]...)
	return append(loaded, s.plot.plugins(s.seat, s.began)...)
}

func (s *session) pluginLoaded(p plugin, at time.Time) {
	_, a := s.emit("plugin_loaded", at)
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

func (s *session) putSafeMode(a pcommon.Map) {
	if s.version.has(safeMode) {
		a.PutStr("safe_mode", "false")
	}
}

func (s *session) hookRegistered(h hook, at time.Time) {
	_, a := s.emit("hook_registered", at)
	a.PutStr("hook_event", h.event)
	a.PutStr("hook_type", "command")
	a.PutStr("hook_source", "policySettings")
	if h.matcher != "" && s.settings.Content.ToolDetails {
		a.PutStr("hook_matcher", h.matcher)
	}
	s.putSafeMode(a)
}

// connect tells how the connection to a connector went. Disconnections are
// connection events too, so more than the rate of the attempts must fail.
func (s *session) connect(c *connector, at time.Time) {
	took := s.d.wait(180*time.Millisecond, 0.8)
	if !c.hosted && s.d.chance(s.plot.connectionFailureRate(c, at)*1.35) {
		a := s.connection(c, "failed", at.Add(took), took)
		e := pick(s.d, connectionErrors)
		a.PutStr("error_code", e.kind)
		if s.settings.Content.ToolDetails {
			a.PutStr("error", s.d.filled(e.text))
		}
		return
	}
	s.connection(c, "connected", at.Add(took), took)
	s.connected = append(s.connected, c)
}

func (s *session) connection(c *connector, status string, at time.Time, took time.Duration) pcommon.Map {
	_, a := s.emit("mcp_server_connection", at)
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

// end closes the process: most servers go with it silently, some say so, and
// since a prompt.id stays until the next, under the last prompt's.
func (s *session) end() {
	at := s.cursor
	for _, c := range s.connected {
		if s.d.chance(0.35) {
			at = at.Add(s.d.millis(1, 40))
			s.connection(c, "disconnected", at, at.Sub(s.began)).PutStr("prompt.id", s.latest)
		}
	}
	s.cursor = at
}
