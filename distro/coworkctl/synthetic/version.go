package synthetic

import (
	"strconv"

	"go.opentelemetry.io/collector/pdata/pcommon"
)

// A version is a release 2.1.x of the client.
type version struct {
	patch   int
	desktop string // service.version of the Desktop release that contains it
}

func (v version) String() string { return "2.1." + strconv.Itoa(v.patch) }

// A feature is a change of the exported telemetry. Its value is the first patch
// release that has it.
type feature int

// The features, from the client's changelog and from recordings.
const (
	toolUseIDs         feature = 119 // tool_use_id, tool_input_size_bytes
	numericAPI         feature = 122 // measures of API events are numbers, not strings
	mentions           feature = 122
	skillTriggers      feature = 126
	decisionParameters feature = 157 // tool_decision carries tool_parameters
	resourceOnRecords  feature = 161 // resource attributes are copied onto every record
	safeMode           feature = 169
	responses          feature = 193
	messageIDs         feature = 214 // message.uuid, client_request_id, tool_source
	connectorRequests  feature = 222 // mcp_server.name on the request after the call only
	newestWire         feature = 287 // prompt_text, managed_settings_resolved, provider attributes
	toolRequestIDs     feature = 320 // request_id and permission_mode on tool events, ttft_ms
)

func (v version) has(f feature) bool { return v.patch >= int(f) }

// hasQuerySource is false for the releases that lack the attribute.
func (v version) hasQuerySource() bool { return v.patch < 128 || v.patch > 143 }

// numericDurations is true for the releases whose tool_result has a numeric
// duration_ms, as in two recordings of them.
func (v version) numericDurations() bool { return v.patch >= 175 && v.patch < 200 }

// putNumber sets a number of an API event, in the oldest clients as a string.
func (v version) putNumber(to pcommon.Map, key string, n int64) {
	if v.has(numericAPI) {
		to.PutInt(key, n)
		return
	}
	to.PutStr(key, strconv.FormatInt(n, 10))
}

// putDollars sets an amount of micro-dollars in dollars and in micro-dollars, in the
// oldest clients in dollars only.
func (v version) putDollars(to pcommon.Map, micros int64) {
	dollars := float64(micros) / 1e6
	if !v.has(numericAPI) {
		to.PutStr("cost_usd", strconv.FormatFloat(dollars, 'f', -1, 64))
		return
	}
	to.PutDouble("cost_usd", dollars)
	to.PutInt("cost_usd_micros", micros)
}

// putStatus sets a status code, 0 for none. Newer clients omit a missing one, older
// ones export "undefined".
func (v version) putStatus(to pcommon.Map, status int) {
	switch {
	case v.has(numericAPI) && status != 0:
		to.PutInt("status_code", int64(status))
	case v.has(numericAPI):
	case status != 0:
		to.PutStr("status_code", strconv.Itoa(status))
	default:
		to.PutStr("status_code", "undefined")
	}
}

// versions are the releases in use: mostly the newest, with a long tail of machines
// that were not restarted. Pairs of client and Desktop without a recording are
// invented.
var versions = []weighted[version]{
	{32, version{329, "1.24561.0"}},
	{17, version{295, "1.23110.2"}},
	{12, version{274, "1.21877.0"}},
	{8, version{240, "1.19904.1"}},
	{6, version{220, "1.18231.0"}},
	{5, version{216, "1.17920.3"}},
	{4, version{208, "1.17377.1"}},
	{6, version{187, "1.15962.1"}},
	{4, version{175, "1.15106.0"}},
	{2, version{158, "1.13871.2"}},
	{2, version{135, "1.12044.0"}},
	{2, version{112, "1.10118.1"}},
}
