package synthetic

import "time"

// The base rates. Measured rates name their source, the others are marked as
// assumed. The measured ones are from a published profile of 20 seats and 592,741
// records and a data dictionary of 37 seats and 436,464 events, July and August 2026
// ("the profile" below).
const (
	// apiErrorRate is the share of API requests that end in an api_error. Profile:
	// 1.1 %.
	apiErrorRate = 0.011
	// exhaustedRate is the share of API errors after the last retry.
	// Profile: 3 of 29 errors, 0.03 % of events.
	exhaustedRate = 0.11
	// noStatusRate is the share of API errors without an HTTP status. Profile: 23 %.
	noStatusRate = 0.23
	// zeroAttemptRate is the share of API errors with attempt 0. Profile: 5 of 29.
	zeroAttemptRate = 0.17
	// refusalRate is the share of main requests that the API refuses. Assumed.
	refusalRate = 0.002

	// toolFailureRate is the share of tool calls that fail. Profile: 2.9 %.
	toolFailureRate = 0.029
	// toolRejectRate is the share of tool calls that are rejected other than by a
	// hook. Profile: 20.6 % of events are decisions, 20.5 % results.
	toolRejectRate = 0.005
	// hookBlockRate is the share of hook executions that block. Profile: 0.1 %.
	hookBlockRate = 0.001
	// connectionFailureRate is the share of MCP connection events with status
	// failed. Profile: 7 %.
	connectionFailureRate = 0.07

	// hookedRate is the share of seats with hooks. Assumed; with the hooks of
	// startup.go it matches the profile's share of hook events.
	hookedRate = 0.65
	// remoteRate is the share of sessions that run in the cloud. Assumed.
	remoteRate = 0.12
	// remoteEmailRate is the share of remote sessions that carry the account. Issue
	// reports: 9 %.
	remoteEmailRate = 0.09
	// thirdPartyRate is the share of seats that use another provider's models and
	// carry an enduser.id instead of an account. Assumed.
	thirdPartyRate = 0.08
	// newProcessRate is the share of follow-up prompts that run in a new process,
	// whose sequence begins at 0. Assumed.
	newProcessRate = 0.06

	// messageUUIDRate is the share of user_prompts with a message.uuid. Profile:
	// 72 %, slash commands have none.
	messageUUIDRate = 0.72
	// responseTextRate is the share of main API requests that contain text in
	// addition to tool calls. Assumed; with the versions that export it, it matches
	// the profile's share of assistant_response.
	responseTextRate = 0.58

	// subagentRate, skillRate, mentionRate, commandRate, modeChangeRate and
	// compactionRate are the shares of prompts that have one. The first four match
	// the profile's shares of events, the others are assumed.
	subagentRate   = 0.2
	skillRate      = 0.2
	mentionRate    = 0.07
	commandRate    = 0.1
	modeChangeRate = 0.09
	compactionRate = 0.02
	internalRate   = 0.01
	surveyRate     = 0.01

	// promptPII, inputPII, responsePII and errorPII are the shares of texts with a
	// sensitive value. Assumed, and high enough that an hour has every pattern.
	promptPII   = 0.12
	inputPII    = 0.06
	responsePII = 0.08
	errorPII    = 0.3
)

// The length of prompts. Profile: 69 events, 13.2 API requests and 14.1 tool results
// per prompt on average; usageprofile.go has the factors of a seat.
const (
	medianSteps  = 7.9
	stepSpread   = 0.85
	maxSteps     = 80
	sessionTurns = 6 // mean prompts per session; matches the share of plugin_loaded
)

// EventsPerPrompt is the mean number of events of a prompt, including its share of
// the session's start. It converts a rate of events into a rate of prompts.
const EventsPerPrompt = 69

// Export intervals of the clients, from their documentation.
const (
	logInterval    = 5 * time.Second
	metricInterval = time.Minute
)
