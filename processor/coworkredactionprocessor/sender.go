package coworkredactionprocessor

import (
	"iter"
	"strings"

	"go.opentelemetry.io/collector/pdata/pcommon"
)

// clientServices are the values of service.name of Cowork's clients.
var clientServices = map[string]bool{"cowork": true, "claude-cowork": true}

// The names of clients share prefixes, so that a new client is recognised: those of the
// desktop application, of the command line and of the agents in other applications.
const (
	clientService = "claude-"         // service.name: claude-code, claude-desktop, …
	apiService    = "claude-platform" // the API's own telemetry: no client
	clientScope   = "com.anthropic.claude_"
	desktopScope  = "claude-desktop." // the desktop application's own stream
)

// isClientService reports whether a value of service.name is that of a client of Cowork.
func isClientService(name string) bool {
	return clientServices[name] || strings.HasPrefix(name, clientService) && name != apiService
}

// isClientScope reports whether a client of Cowork writes the telemetry of a scope.
func isClientScope(name string) bool {
	return strings.HasPrefix(name, clientScope) || strings.HasPrefix(name, desktopScope)
}

// A sender is the sender of the values that are redacted.
type sender struct {
	named   bool // the resource has a service.name
	service bool // which is that of a client
	scope   bool // the service or the scope is that of a client
	client  bool // so is the record
}

// enterResource sets the sender of a resource, which is a client if one of its scopes is
// that of a client.
func (s *sender) enterResource(res pcommon.Resource, clientScope bool) {
	name, ok := serviceOf(res.Attributes())
	s.named, s.service = ok, isClientService(name)
	s.client = s.service || clientScope
}

// enterScope sets the sender of a scope and its records.
func (s *sender) enterScope(name string) {
	s.scope = s.service || isClientScope(name)
	s.client = s.scope
}

// enterRecord sets the sender of a record, a span or a data point. Clients repeat the
// attributes of the resource there.
func (s *sender) enterRecord(m pcommon.Map) {
	if !s.scope && !s.named {
		name, _ := serviceOf(m)
		s.client = isClientService(name)
	}
}

// serviceOf returns the service.name of some attributes.
func serviceOf(m pcommon.Map) (name string, ok bool) {
	v, ok := m.Get("service.name")
	if !ok || v.Type() != pcommon.ValueTypeStr {
		return "", false
	}
	return v.Str(), true
}

// hasClientScope reports whether a client of Cowork writes the telemetry of one of some
// scopes.
func hasClientScope[S interface {
	Scope() pcommon.InstrumentationScope
}](all iter.Seq2[int, S]) bool {
	for _, scoped := range all {
		if isClientScope(scoped.Scope().Name()) {
			return true
		}
	}
	return false
}
