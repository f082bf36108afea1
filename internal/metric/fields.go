package metric

import (
	"strconv"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/egress"
)

// A field is the value of a metric's attribute, read from an event. It is read once for
// each event, however many metrics use it.
type field uint8

// The fields.
const (
	eventName field = iota
	model
	querySource
	typeInput
	typeOutput
	typeCacheRead
	typeCacheCreation
	outcomeOK
	outcomeError
	outcome
	statusCode
	tool
	connector
	decision
	decisionSource
	errorType
	errorCode
	status
	skill
	plugin
	pluginScope
	enabledVia
	complete
	promptOrigin
	permissionMode
	agent
	clientVersion
	marketplace
	official
	pluginVersion
	egressVerdict // the worst one on a host of the event
	connectorVerdict
	pluginVerdict
	noError
	requestError
	promptError
	toolError
	toolType
	runAgent
	host    // a list
	verdict // of a host
	pattern // a list
	fields  // how many there are
)

// readers read the fields, except those with several values, which are in lists. They
// return "" for a value that the event lacks. The event's name is set before any field is
// read.
var readers = [fields]func(cowork.Event) string{
	model:             cowork.DimensionOf("model"),
	querySource:       cowork.DimensionOf("query_source"),
	typeInput:         always("input"),
	typeOutput:        always("output"),
	typeCacheRead:     always("cache_read"),
	typeCacheCreation: always("cache_creation"),
	outcomeOK:         always(succeeded),
	outcomeError:      always(failed),
	outcome:           outcomeOf,
	statusCode:        statusOf,
	tool:              cowork.DimensionOf("tool"),
	connector:         cowork.DimensionOf("connector"),
	decision:          cowork.DimensionOf("decision"),
	decisionSource:    cowork.DimensionOf("source"),
	errorType:         cowork.DimensionOf("error_type"),
	errorCode:         cowork.DimensionOf("error_code"),
	status:            cowork.DimensionOf("status"),
	skill:             cowork.DimensionOf("skill"),
	plugin:            cowork.DimensionOf("plugin"),
	pluginScope:       cowork.DimensionOf("plugin.scope"),
	enabledVia:        cowork.DimensionOf("enabled_via"),
	complete:          flag("cowork.prompt.complete"),
	promptOrigin:      originOf,
	permissionMode:    cowork.DimensionOf("permission_mode"),
	agent:             cowork.DimensionOf("agent"),
	clientVersion:     cowork.Event.ClientVersion,
	marketplace:       cowork.DimensionOf("marketplace.name"),
	official:          flag("marketplace.is_official"),
	pluginVersion:     cowork.DimensionOf("plugin.version"),
	egressVerdict:     verdictIn(egress.VerdictAttribute),
	connectorVerdict:  verdictIn(egress.ConnectorAttribute),
	pluginVerdict:     verdictIn(egress.PluginAttribute),
	noError:           always(""),
	requestError:      requestErrorOf,
	promptError:       promptErrorOf,
	toolError:         toolErrorOf,
	toolType:          toolTypeOf,
	runAgent:          agentOrCowork,
}

// The outcomes.
const (
	succeeded = "ok"
	failed    = "error"
)

func always(value string) func(cowork.Event) string {
	return func(cowork.Event) string { return value }
}

// outcomeOf returns how a tool ended, "" where the event has no outcome.
func outcomeOf(e cowork.Event) string {
	r, _ := cowork.ToolResultOf(e)
	switch success, known := r.Success(); {
	case !known:
		return ""
	case success:
		return succeeded
	default:
		return failed
	}
}

// The range of HTTP status codes.
const minStatus, maxStatus = 100, 599

// statusTexts are the status codes as text, which is built once.
var statusTexts = func() (texts [maxStatus - minStatus + 1]string) {
	for i := range texts {
		texts[i] = strconv.Itoa(minStatus + i)
	}
	return texts
}()

// statusOf returns the HTTP status of a request, "" for a number out of range.
func statusOf(e cowork.Event) string {
	code, known := e.Int("status_code")
	if !known || code < minStatus || code > maxStatus {
		return ""
	}
	return statusTexts[code-minStatus]
}

// originOf returns what started a prompt, "" for a value that only a sender can have
// written.
func originOf(e cowork.Event) string {
	if origin, ok := e.Str(cowork.OriginAttribute); ok && cowork.IsOrigin(origin) {
		return origin
	}
	return ""
}

// verdictIn returns a reader of a verdict of cowork_egress.
func verdictIn(key string) func(cowork.Event) string {
	read := cowork.DimensionOf(key)
	return func(e cowork.Event) string {
		if v := read(e); egress.IsVerdict(v) {
			return v
		}
		return ""
	}
}

func flag(key string) func(cowork.Event) string {
	return func(e cowork.Event) string {
		value, known := e.Bool(key)
		if !known {
			return ""
		}
		return strconv.FormatBool(value)
	}
}
