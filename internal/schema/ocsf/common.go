package ocsf

import (
	"regexp"

	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/internal/schema"
)

// The names of what the events are of.
const (
	productName  = "Claude Cowork"
	vendorName   = "Anthropic"
	ownProduct   = "otelcol-cowork"
	ownVendor    = "cowork-otel"
	serviceName  = "Claude API"
	unknownName  = "unknown"
	maxAddress   = 320
	virtualType  = 6
	regularUser  = 1
	nativeAgent  = 1
	emailAddress = `^[a-zA-Z0-9!#$%&'*+-/=?^_` + "`" + `{|}~.]+@[a-zA-Z0-9-]+\.[a-zA-Z0-9-.]+$`
)

// emailPattern is the form that OCSF demands of an e-mail address: a pseudonym has another
// one.
var emailPattern = regexp.MustCompile(emailAddress)

// commonKeys are in metadata, in time or in an object of every document.
var commonKeys = []string{
	"event.name", "event.timestamp", "event.sequence", "organization.id", "prompt.id", "session.id", "service.name",
	"service.version", "user.account_uuid", "os.type", "os.version",
}

// fillCommon writes the time and the objects of who and where.
func fillCommon(d *document) {
	d.use(commonKeys...)
	d.root.PutInt("time", millis(d.Time()))
	if d.class != authentication {
		fillActor(d, d.root.PutEmptyMap("actor"))
	}
	if (d.class.category == 1 || d.class.host) && !schema.IsOwn(d.kind) {
		fillDevice(d, d.root.PutEmptyMap("device"))
	}
	if d.class.ai {
		fillAgent(d)
	}
}

// fillActor writes the user, the session and the client.
func fillActor(d *document, actor pcommon.Map) {
	if hasUser(d) {
		fillUser(d, actor.PutEmptyMap("user"))
	}
	if session := d.Cut(d.SessionID()); session != "" {
		actor.PutEmptyMap("session").PutStr("uid", session)
	}
	fillClient(d, actor.PutEmptyMap("application"))
}

func fillClient(d *document, application pcommon.Map) {
	application.PutStr("name", productName)
	if !schema.IsOwn(d.kind) {
		d.put(application, "version", d.ClientVersion())
	}
}

func hasUser(d *document) bool { return userOf(d) != "" }

// userOf returns the user by which events are grouped.
func userOf(d *document) string { return schema.DimensionOf(d.Event, d.kind, "user") }

// fillUser writes the user: uid is the account, else the name by which events are grouped.
func fillUser(d *document, user pcommon.Map) {
	name := userOf(d)
	if d.kind == "alert" {
		d.use("user")
	}
	d.putRequired(user, "uid", schema.UserIDOf(d.Event, d.kind), unknownName)
	if shown := d.take("cowork.user.name"); shown != "" {
		name = shown
	}
	d.putRequired(user, "name", name, unknownName)
	if address := d.text("user.email"); len(address) <= maxAddress && emailPattern.MatchString(address) {
		d.put(user, "email_addr", d.take("user.email"))
	}
	user.PutInt("type_id", regularUser)
	user.PutStr("type", "User")
	if organization := d.Cut(d.text("organization.id")); organization != "" {
		user.PutEmptyMap("org").PutStr("uid", organization)
	}
}

// systems are the types of operating systems by os.type.
var systems = map[string]struct {
	id   int64
	name string
}{"windows": {100, "Windows"}, "linux": {200, "Linux"}, "darwin": {300, "macOS"}}

// fillDevice writes the machine of the client.
func fillDevice(d *document, device pcommon.Map) {
	fillEndpoint(d, device)
	if system, ok := systems[d.text("os.type")]; ok {
		o := device.PutEmptyMap("os")
		o.PutStr("name", system.name)
		o.PutInt("type_id", system.id)
		o.PutStr("type", system.name)
		d.put(o, "version", d.text("os.version"))
	}
}

// fillEndpoint writes what identifies the machine: the id of the installation, the name of
// the host, else the session, since each session in the cloud has a machine of its own.
func fillEndpoint(d *document, endpoint pcommon.Map) {
	id, name := unknownID, "Unknown"
	if surface, _ := d.Str("cowork.surface"); surface == "remote" || d.text("ccr.session.id") != "" {
		id, name = virtualType, "Virtual"
	}
	endpoint.PutInt("type_id", int64(id))
	endpoint.PutStr("type", name)
	d.put(endpoint, "uid", d.take("user.id"))
	d.put(endpoint, "hostname", d.take("host.name"))
	session := d.SessionID()
	if session == "" {
		session = unknownName
	}
	d.putRequired(endpoint, "instance_uid", session, unknownName)
}

// fillAgent writes the agent of the profile ai_operation, with its model.
func fillAgent(d *document) {
	agent := d.root.PutEmptyMap("ai_agent")
	service, _ := d.Str("service.name")
	d.putRequired(agent, "uid", service, "claude-cowork")
	name := d.take("agent.name")
	d.putRequired(agent, "name", name, productName)
	agent.PutInt("type_id", nativeAgent)
	agent.PutStr("type", "Native")
	d.put(agent, "instance_uid", d.SessionID())
	d.put(agent, "version", d.ClientVersion())
	model := d.Cut(d.take("model"))
	if model == "" {
		return
	}
	provider := d.take("anthropic.provider")
	if provider == "" || provider == "firstParty" {
		provider = vendorName
	}
	provider = d.Cut(provider)
	for _, parent := range [...]pcommon.Map{d.root, agent} {
		m := parent.PutEmptyMap("ai_model")
		m.PutStr("name", model)
		m.PutStr("ai_provider", provider)
	}
}

// outcome writes status_id and status.
func outcome(d *document, ok bool) {
	if ok {
		caption(d.root, "status", 1, "Success")
		return
	}
	caption(d.root, "status", 2, "Failure")
}
