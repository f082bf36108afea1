package synthetic

import (
	"go.opentelemetry.io/collector/pdata/pcommon"
)

const (
	serviceName  = "cowork"
	logScope     = "com.anthropic.claude_code.events"
	meterScope   = "com.anthropic.claude_code"
	tracerScope  = "com.anthropic.claude_code.tracing"
	bodyPrefix   = "claude_code."
	redacted     = "<REDACTED>"
	timestampISO = "2006-01-02T15:04:05.000Z"
)

// A sender is the client process of a session. It has the attributes that all
// telemetry of the session carries.
type sender struct {
	*seat
	settings *Settings

	version    version // of the process: a new process can have a new version
	sessionID  string
	remote     bool   // runs in the cloud
	identified bool   // records carry the account
	cloudID    string // ccr.session.id
	installID  string // user.id
	folder     string
	openFolder bool // the folder is opened in Cowork and on workspace.host_paths
}

// An attribute is an attribute with a string value.
type attribute struct{ key, value string }

// resourceAttributes returns the attributes of the client's resource.
func (s *sender) resourceAttributes() []attribute {
	if s.remote {
		return append(s.configuredAttributes(),
			attribute{"host.arch", "amd64"}, attribute{"os.type", "linux"},
			attribute{"os.version", "6.18.5-fc-v13"}, attribute{"service.version", s.version.String()})
	}
	a := append(s.configuredAttributes(),
		attribute{"host.arch", s.arch}, attribute{"os.type", s.os},
		attribute{"os.version", s.osVersion}, attribute{"service.version", s.version.desktop})
	if s.version.has(newestWire) {
		a = append(a, attribute{"process.owner", s.login()})
	}
	return a
}

// configuredAttributes returns the resource attributes that an admin configured.
func (s *sender) configuredAttributes() []attribute {
	a := []attribute{{"service.name", serviceName}, {"department", s.department}}
	switch {
	case s.thirdParty:
		a = append(a, attribute{"claude.deployment_mode", "3p"}, attribute{"enduser.id", s.email(s.domain)})
	case !s.remote:
		a = append(a, attribute{"claude.deployment_mode", "1p"})
	}
	return a
}

// copiedAttributes returns the resource attributes that are copied onto every
// record: all of them, or in the newest clients those that an admin configured.
func (s *sender) copiedAttributes() []attribute {
	if s.version.has(newestWire) {
		return s.configuredAttributes()
	}
	return s.resourceAttributes()
}

// putResource sets the attributes of a resource.
func (s *sender) putResource(to pcommon.Map) {
	for _, a := range s.resourceAttributes() {
		to.PutStr(a.key, a.value)
	}
}

// putStandard sets the attributes that every record, data point and span carries.
func (s *sender) putStandard(to pcommon.Map) {
	if s.version.has(resourceOnRecords) {
		for _, a := range s.copiedAttributes() {
			to.PutStr(a.key, a.value)
		}
	}
	to.PutStr("user.id", s.installID)
	to.PutStr("session.id", s.sessionID)
	if s.identified {
		to.PutStr("organization.id", s.organization.id)
		to.PutStr("user.email", s.email(s.domain))
		to.PutStr("user.account_uuid", s.accountUUID)
		to.PutStr("user.account_id", s.accountID)
	}
	if s.version.has(newestWire) {
		to.PutStr("anthropic.provider", provider(s.thirdParty))
		to.PutBool("anthropic.custom_base_url", s.thirdParty)
	}
	if s.remote {
		to.PutStr("ccr.session.id", s.cloudID)
		to.PutStr("cowork.surface", "remote")
		to.PutStr("terminal.type", "linux")
		return
	}
	to.PutStr("terminal.type", "non-interactive")
}

func provider(thirdParty bool) string {
	if thirdParty {
		return "bedrock"
	}
	return "firstParty"
}

// putSafeMode sets the attribute of start-up and hook events in newer clients.
func (s *sender) putSafeMode(a pcommon.Map) {
	if s.version.has(safeMode) {
		a.PutStr("safe_mode", "false")
	}
}

// workspace returns the path of the opened folder.
func (s *sender) workspace() string {
	if s.remote {
		return "/workspace"
	}
	return s.home + s.login() + s.pathSeparator() + s.folder
}

func (s *sender) pathSeparator() string {
	if s.os == "windows" && !s.remote {
		return `\`
	}
	return "/"
}
