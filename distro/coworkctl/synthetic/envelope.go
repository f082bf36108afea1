package synthetic

import (
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
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

// An attribute is what a session has in common with everything that it sends.
type attribute struct{ key, value string }

// resource is what the client says about the machine it runs on.
func (s *session) resource() []attribute {
	if s.remote {
		return append(s.configured(),
			attribute{"host.arch", "amd64"}, attribute{"os.type", "linux"},
			attribute{"os.version", "6.18.5-fc-v13"}, attribute{"service.version", s.version.String()})
	}
	a := append(s.configured(),
		attribute{"host.arch", s.arch}, attribute{"os.type", s.os},
		attribute{"os.version", s.osVersion}, attribute{"service.version", s.version.desktop})
	if s.version.has(newestWire) {
		a = append(a, attribute{"process.owner", s.login()})
	}
	return a
}

// configured are the resource attributes that an admin set.
func (s *session) configured() []attribute {
	a := []attribute{{"service.name", serviceName}, {"department", s.department}}
	switch {
	case s.thirdParty:
		a = append(a, attribute{"claude.deployment_mode", "3p"}, attribute{"enduser.id", s.email(s.domain)})
	case !s.remote:
		a = append(a, attribute{"claude.deployment_mode", "1p"})
	}
	return a
}

// putResource fills a resource of any signal.
func (s *session) putResource(to pcommon.Map) {
	for _, a := range s.resource() {
		to.PutStr(a.key, a.value)
	}
}

// putStandard fills in what every record, data point and span carries.
func (s *session) putStandard(to pcommon.Map) {
	if s.version.has(resourceOnRecords) {
		for _, a := range s.repeated() {
			to.PutStr(a.key, a.value)
		}
	}
	to.PutStr("user.id", s.install)
	to.PutStr("session.id", s.id)
	if s.known {
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

// repeated are the resource attributes that are copied onto every record: all
// of them at first, what the admin set in the newest clients.
func (s *session) repeated() []attribute {
	if s.version.has(newestWire) {
		return s.configured()
	}
	return s.resource()
}

// emit makes a record of the session, without a prompt, and returns its
// attributes for what is its kind's own. The sequence is filled in by number.
func (s *session) emit(kind string, at time.Time) (plog.LogRecord, pcommon.Map) {
	at = at.Truncate(time.Millisecond)
	rec := plog.NewLogRecord()
	rec.SetTimestamp(pcommon.NewTimestampFromTime(at))
	rec.SetObservedTimestamp(pcommon.NewTimestampFromTime(at))
	rec.Body().SetStr(bodyPrefix + kind)
	attrs := rec.Attributes()
	attrs.EnsureCapacity(40)
	s.putStandard(attrs)
	if s.opened {
		attrs.PutEmptySlice("workspace.host_paths").AppendEmpty().SetStr(s.workspace())
	}
	attrs.PutStr("event.name", kind)
	attrs.PutStr("event.timestamp", at.UTC().Format(timestampISO))
	attrs.PutInt("event.sequence", 0)
	s.events = append(s.events, event{at, rec})
	return rec, attrs
}

// workspace is the folder that the person opened to Cowork.
func (s *session) workspace() string {
	if s.remote {
		return "/workspace"
	}
	return s.home + s.login() + s.separator() + s.folder
}

func (s *session) separator() string {
	if s.os == "windows" && !s.remote {
		return `\`
	}
	return "/"
}
