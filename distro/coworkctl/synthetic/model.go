package synthetic

// A model has list prices in US cents per million tokens. They are integers, so that
// sums do not depend on the machine.
type model struct {
	name                             string
	input, output, cacheRead, create int64
	perToken                         float64 // milliseconds per output token
}

// The prices of Opus follow from a recorded request. The others are list prices of
// their families.
var (
	opus   = model{"claude-opus-5-5", 400, 2000, 20, 500, 16}
	sonnet = model{"claude-sonnet-5", 300, 1500, 30, 375, 11}
	haiku  = model{"claude-haiku-4-5", 100, 500, 10, 125, 5}
)

var models = []weighted[model]{{55, opus}, {38, sonnet}, {7, haiku}}

// efforts are the effort settings. Empty is not exported, as for models without the
// setting.
var efforts = []weighted[string]{{62, "medium"}, {22, "high"}, {6, "low"}, {3, "max"}, {7, ""}}

// usage is the tokens and the cost of an API request.
type usage struct {
	input, output, cacheRead, cacheCreate int64
	micros                                int64
}

// price returns the usage with its cost.
func (m model) price(u usage) usage {
	cents := m.input*u.input + m.output*u.output + m.cacheRead*u.cacheRead + m.create*u.cacheCreate
	u.micros = (cents + 50) / 100
	return u
}

// A backgroundKind is a kind of request that the client makes itself, by
// query_source, with the share of prompts that have one.
type backgroundKind struct {
	source string
	rate   float64
	input  int
	output int
}

// backgroundKinds are the requests in addition to the main loop's, all to the small
// model, in the order in which a prompt makes them.
var backgroundKinds = []backgroundKind{
	{"generate_session_title", 0.2, 420, 14},
	{"away_summary", 0.05, 2600, 120},
	{"prompt_suggestion", 0.35, 3100, 32},
}

// A failure is a kind of failure of an API request.
type failure struct {
	status int
	text   string
}

// failures are the most frequent statuses with their error texts. fillErrorText
// fills the verbs.
var failures = []weighted[failure]{
	{46, failure{529, "Overloaded"}},
	{30, failure{429, "This request would exceed your organization's rate limit"}},
	{14, failure{500, "Internal server error"}},
	{6, failure{400, "messages.3.content.1: invalid request for %s"}},
	{4, failure{401, "Invalid authentication credentials (%s)"}},
}

// connectionFailures are the failures without a status.
var connectionFailures = []string{
	"Connection error.",
	"Request timed out.",
	"Request was aborted.",
	"Connect to proxy %s failed: ECONNRESET",
}
