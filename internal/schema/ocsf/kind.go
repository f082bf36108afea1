package ocsf

import (
	"go.opentelemetry.io/collector/pdata/pcommon"
)

// A row is how a kind of event or a tool becomes a document.
type row struct {
	class    *class
	activity string
	// fill writes what the class requires and what the kind has. It can change the activity.
	fill func(*document)
}

// kindTable has the class of each kind. A kind without a row, known or not, is a Base
// Event whose activity is its name.
var kindTable = map[string]row{
	"user_prompt":           {apiActivity, "Prompt", fillPrompt},
	"assistant_response":    {apiActivity, "Respond", fillResponse},
	"api_request":           {apiActivity, "Create", fillRequest},
	"api_error":             {apiActivity, "Create", fillRequestFailure},
	"api_refusal":           {apiActivity, "Create", fillRequestFailure},
	"api_retries_exhausted": {apiActivity, "Create", fillRequestFailure},
	"api_request_body":      {apiActivity, "Request Body", fillRequestBody},
	"api_response_body":     {apiActivity, "Response Body", fillRequestBody},
	"compaction":            {apiActivity, "Compact", fillCompaction},

	"skill_activated":           {lifecycle, "Start", fillApplication("skill", "skill.name")},
	"subagent_completed":        {lifecycle, "Stop", fillApplication("subagent", "agent_type")},
	"mcp_server_connection":     {lifecycle, "Start", fillConnection},
	"plugin_loaded":             {lifecycle, "Start", fillApplication("plugin", "plugin.name")},
	"plugin_installed":          {lifecycle, "Install", fillApplication("plugin", "plugin.name")},
	"hook_registered":           {lifecycle, "Enable", fillApplication("hook", "hook_event")},
	"hook_execution_start":      {lifecycle, "Start", fillApplication("hook", "hook_name", "hook_event")},
	"hook_execution_complete":   {lifecycle, "Stop", fillHookResult},
	"permission_mode_changed":   {lifecycle, "Change Permission Mode", fillApplication("client")},
	"managed_settings_resolved": {lifecycle, "Resolve Settings", fillApplication("client")},
	"session_start":             {lifecycle, "Start", fillApplication("client")},

	"auth":           {authentication, "", fillAuthentication},
	"internal_error": {applicationError, "General Error", fillError},
	"alert":          {detectionFinding, "Create", fillFinding},
}

// fillApplication returns the fill of an application of a type, which the first of the
// attributes names that is present. Without attributes it is the client itself.
func fillApplication(kind string, keys ...string) func(*document) {
	return func(d *document) {
		name := ""
		for _, key := range keys {
			if name = d.take(key); name != "" {
				break
			}
		}
		if len(keys) == 0 {
			name = productName
		}
		putApplication(d, kind, name)
	}
}

// putApplication writes the application twice: application, and app for readers of
// versions before 1.9, in which it is required.
func putApplication(d *document, kind, name string) {
	version := ""
	switch kind {
	case "plugin":
		version = d.take("plugin.version")
	case "client":
		version = d.ClientVersion()
	}
	application := d.root.PutEmptyMap("application")
	d.putRequired(application, "name", name, unknownName)
	application.PutStr("type", kind)
	d.put(application, "version", version)
	app := d.root.PutEmptyMap("app")
	d.putRequired(app, "name", name, unknownName)
	if kind == "client" {
		app.PutStr("vendor_name", vendorName)
	}
	d.put(app, "version", version)
}

// connections are the activities by the status of a connector.
var connections = map[string]string{"connected": "Start", "failed": "Start", "disconnected": "Stop"}

func fillConnection(d *document) {
	d.use("mcp_server.name", "server_name")
	putApplication(d, "mcp_server", d.Dimension("connector"))
	status := d.text("status")
	if name, ok := connections[status]; ok {
		d.activity = d.class.of(name)
		d.use("status")
	} else {
		d.activity = d.class.of(status)
	}
	d.put(d.root, "status_code", d.take("error_code"))
	d.put(d.root, "status_detail", d.take("error"))
}

func fillHookResult(d *document) {
	fillApplication("hook", "hook_name", "hook_event")(d)
	if blocked, _ := d.Int("num_blocking"); blocked > 0 {
		fillControl(d, false)
	}
}

// logins are the activities by the action of an auth event.
var logins = map[string]string{"login": "Logon", "logout": "Logoff"}

func fillAuthentication(d *document) {
	action := d.take("action")
	if name, ok := logins[action]; ok {
		action = name
	}
	d.activity = d.class.of(action)
	user := d.root.PutEmptyMap("user")
	if hasUser(d) {
		fillUser(d, user)
	} else {
		user.PutStr("name", unknownName)
	}
	d.root.PutEmptyMap("service").PutStr("name", "Claude")
	fillEndpoint(d, d.root.PutEmptyMap("src_endpoint"))
	if session := d.Cut(d.SessionID()); session != "" {
		d.root.PutEmptyMap("session").PutStr("uid", session)
	}
	d.use("success")
	d.put(d.root, "status_code", d.take("status_code"))
	d.put(d.root, "status_detail", d.take("error_category"))
}

func fillError(d *document) {
	d.put(d.root, "message", d.take("error_name"))
	d.put(d.root, "status_code", d.take("error_code"))
}

// fillControl writes the decision of a security control: the profile security_control.
func fillControl(d *document, allowed bool) {
	d.control = true
	if allowed {
		caption(d.root, "action", 1, "Allowed")
		caption(d.root, "disposition", 1, "Allowed")
		return
	}
	caption(d.root, "action", 2, "Denied")
	caption(d.root, "disposition", 2, "Blocked")
}

// putTime writes an attribute that is an RFC 3339 time in milliseconds.
func putTime(d *document, m pcommon.Map, key, attribute string) {
	if ms, ok := parseTime(d.text(attribute)); ok {
		m.PutInt(key, ms)
		d.use(attribute)
	}
}
