package synthetic

import "time"

// The base rates of a fleet. Those that somebody measured name their source; the
// rest are this package's assumptions and say so. The measured ones come from a
// published profile of 20 seats and 592,741 records and a data dictionary of 37
// seats and 436,464 events, July and August 2026 ("the profile" below).
const (
	// apiErrorRate is how many of the API requests end in an api_error. Profile:
	// 1.1 %.
	apiErrorRate = 0.011
	// exhaustedRate is how many of the API errors come after the last retry.
	// Profile: 3 of 29 errors, 0.03 % of events.
	exhaustedRate = 0.11
	// noStatusRate is how many API errors never got an HTTP status. Profile: 23 %.
	noStatusRate = 0.23
	// zeroAttemptRate is how many API errors say attempt 0. Profile: 5 of 29.
	zeroAttemptRate = 0.17
	// refusalRate is how many main requests the API refuses. Assumed.
	refusalRate = 0.002

	// toolFailureRate is how many tool calls fail. Profile: 2.9 %.
	toolFailureRate = 0.029
	// toolRejectRate is how many tool calls are not permitted, besides those
	// that a hook blocks. Profile: 20.6 % of events are decisions, 20.5 % results.
	toolRejectRate = 0.005
	// hookBlockRate is how many hook executions block. Profile: 0.1 %.
	hookBlockRate = 0.001
	// connectionFailureRate is how many MCP connection events say failed.
	// Profile: 7 %.
	connectionFailureRate = 0.07

	// hookedRate is how many seats run hooks. Assumed; it and the hooks of
	// startup.go meet the profile's share of hook events.
	hookedRate = 0.65
	// remoteRate is how many sessions run in the cloud. Assumed.
	remoteRate = 0.12
	// remoteEmailRate is how many remote sessions know whose they are. Issue
	// reports: 9 %.
	remoteEmailRate = 0.09
	// thirdPartyRate is how many seats are deployed on another provider's models
	// and carry an enduser.id in place of an account. Assumed.
	thirdPartyRate = 0.08
	// newProcessRate is how many follow-up prompts run in a process of their
	// own, with a sequence that begins again at 0. Assumed.
	newProcessRate = 0.06

	// messageUUIDRate is how many user_prompts carry a message.uuid. Profile:
	// 72 %, since slash commands do not.
	messageUUIDRate = 0.72
	// responseTextRate is how many main API requests come with text and not tool calls
	// alone. Assumed; with the versions that report it, it meets the profile's share
	// of assistant_response.
	responseTextRate = 0.58

	// subagentRate, skillRate, mentionRate, commandRate, modeChangeRate and
	// compactionRate are a prompt's chances of each. The first four meet the
	// profile's shares of events, the others are assumed.
	subagentRate   = 0.2
	skillRate      = 0.2
	mentionRate    = 0.07
	commandRate    = 0.1
	modeChangeRate = 0.09
	compactionRate = 0.02
	internalRate   = 0.01
	surveyRate     = 0.01

	// promptPII, inputPII, responsePII and errorPII are how many texts of each
	// sort name somebody or something that must not leave. Assumed, and high
	// enough that an hour shows every pattern.
	promptPII   = 0.12
	inputPII    = 0.06
	responsePII = 0.08
	errorPII    = 0.3
)

// How a prompt is shaped. Profile: 69 events, 13.2 API requests and 14.1 tool
// results a prompt on average; what a seat's habit adds or takes is in usageprofile.go.
const (
	medianSteps  = 7.9
	stepSpread   = 0.85
	maxSteps     = 80
	sessionTurns = 6 // prompts a session, on average; meets the share of plugin_loaded
)

// EventsPerPrompt is the mean number of events that one prompt makes, its share
// of the session's start included. It turns a rate of events into one of prompts.
const EventsPerPrompt = 69

// A Share is how many of a hundred events are of one kind.
type Share struct {
	Kind    string
	Percent float64
}

// Mix is the mix of events that a fleet aims at, the profile's, most frequent
// kind first. Kinds below 0.1 % are left out.
var Mix = []Share{
	{"tool_decision", 20.6},
	{"tool_result", 20.5},
	{"api_request", 19.2},
	{"hook_execution_complete", 12.9},
	{"hook_execution_start", 12.9},
	{"assistant_response", 8.6},
	{"user_prompt", 1.4},
	{"hook_registered", 1.1},
	{"plugin_loaded", 0.9},
	{"mcp_server_connection", 0.7},
	{"skill_activated", 0.3},
	{"subagent_completed", 0.3},
	{"api_error", 0.2},
	{"at_mention", 0.1},
	{"permission_mode_changed", 0.1},
}

// How the exporters of the clients pace themselves, by their documentation.
const (
	logInterval    = 5 * time.Second
	metricInterval = time.Minute
)
