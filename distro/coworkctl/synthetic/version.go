package synthetic

import "strconv"

// A version is one release of the client. All of them are 2.1.x, so the last
// number says everything.
type version struct {
	patch   int
	desktop string // the Desktop release that carries it, as service.version says it
}

func (v version) String() string { return "2.1." + strconv.Itoa(v.patch) }

// A feature is something about the wire that came with a release. It is off
// before the patch of its value.
type feature int

// When the wire changed, from the client's changelog and from recordings.
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

// hasQuerySource is false for the releases that lost the attribute.
func (v version) hasQuerySource() bool { return v.patch < 128 || v.patch > 143 }

// numericDurations is true for the releases whose tool_result said duration_ms
// as a number, as two recordings of that time do.
func (v version) numericDurations() bool { return v.patch >= 175 && v.patch < 200 }

// versions is what a fleet runs at one time: mostly the newest, with a long tail
// of machines that nobody restarted. Pairs of client and Desktop that no
// recording shows are invented.
var versions = []share[version]{
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
