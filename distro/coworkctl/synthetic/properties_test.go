package synthetic

import (
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"pgregory.net/rapid"
)

// anyFleet generates the settings of a small fleet.
func anyFleet(t *rapid.T) Settings {
	set := Settings{
		Seed:    rapid.Uint64().Draw(t, "seed"),
		Seats:   rapid.IntRange(1, 30).Draw(t, "seats"),
		Start:   monday.Add(time.Duration(rapid.IntRange(0, 1e6).Draw(t, "start")) * time.Second),
		Prompts: rapid.IntRange(1, 5).Draw(t, "prompts"),
		Every:   time.Duration(rapid.IntRange(0, 90).Draw(t, "every")) * time.Second,
		Metrics: rapid.Bool().Draw(t, "metrics"),
		Traces:  rapid.Bool().Draw(t, "traces"),
	}
	set.Content = Content{
		Prompts: rapid.Bool().Draw(t, "content prompts"), Responses: rapid.Bool().Draw(t, "content responses"),
		ToolDetails: rapid.Bool().Draw(t, "content tools"),
	}
	return set
}

func generateIn(t *rapid.T, set Settings) []Batch {
	f, err := New(set)
	require.NoError(t, err)
	return slices.Collect(f.Batches())
}

func stamp(t require.TestingT, a pcommon.Map) time.Time {
	at, err := time.Parse(time.RFC3339, stringOf(a, "event.timestamp"))
	require.NoError(t, err)
	return at
}

// TestOrder checks that batches are in order of time and after everything in them,
// that records are in order of time, and that the sequence of a process has no gap.
func TestOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		set := anyFleet(t)
		next := map[string]int64{}
		latest := map[string]time.Time{}
		var sent time.Time
		for _, b := range generateIn(t, set) {
			require.False(t, b.Time.Before(sent), "batches out of order")
			sent = b.Time
			require.Positive(t, b.Requests())
			for _, a := range records(b) {
				session, at, sequence := stringOf(a, "session.id"), stamp(t, a), int64(numberOf(a, "event.sequence"))
				require.Equal(t, b.Session, session)
				require.False(t, at.Before(set.Start.Truncate(time.Millisecond)))
				require.False(t, at.After(b.Time))
				require.False(t, at.Before(latest[session]))
				if sequence != 0 {
					require.Equal(t, next[session], sequence)
				}
				next[session], latest[session] = sequence+1, at
			}
		}
	})
}

// TestPrompts checks that each prompt begins with its user_prompt, belongs to one
// session, and that no two overlap in one session.
func TestPrompts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		set := anyFleet(t)
		session, open := map[string]string{}, map[string]string{}
		for _, b := range generateIn(t, set) {
			for _, a := range records(b) {
				id := stringOf(a, "prompt.id")
				if id == "" {
					require.NotContains(t, []string{"tool_result", "api_request", "user_prompt"}, stringOf(a, "event.name"))
					continue
				}
				if _, known := session[id]; !known {
					require.Equal(t, "user_prompt", stringOf(a, "event.name"), "the first event of a prompt")
					session[id], open[b.Session] = b.Session, id
				}
				require.Equal(t, b.Session, session[id])
				require.Equal(t, open[b.Session], id, "a prompt went on after the next had begun")
			}
		}
		require.Len(t, session, set.Prompts)
	})
}

// TestTools checks that every result has an earlier decision, and that rejected calls
// have no result.
func TestTools(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		decided := map[string]string{}
		for _, b := range generateIn(t, anyFleet(t)) {
			for _, a := range records(b) {
				id := stringOf(a, "tool_use_id")
				switch stringOf(a, "event.name") {
				case "tool_decision":
					if id != "" {
						require.Empty(t, decided[id], "decided twice")
						decided[id] = stringOf(a, "decision")
					}
				case "tool_result":
					if id != "" {
						require.Equal(t, "accept", decided[id])
						decided[id] = "done"
					}
					require.GreaterOrEqual(t, numberOf(a, "duration_ms"), 1.0)
				}
			}
		}
		for id, state := range decided {
			require.NotEqual(t, "accept", state, "%s has no result", id)
		}
	})
}

// shapes are the formats of identifiers.
var shapes = map[string]*regexp.Regexp{
	"session.id":        regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`),
	"prompt.id":         regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`),
	"organization.id":   regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`),
	"user.account_uuid": regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`),
	"user.account_id":   regexp.MustCompile(`^user_01[1-9A-HJ-NP-Za-km-z]{22}$`),
	"user.id":           regexp.MustCompile(`^[0-9a-f]{64}$`),
	"tool_use_id":       regexp.MustCompile(`^toolu_01[1-9A-HJ-NP-Za-km-z]{22}$`),
	"request_id":        regexp.MustCompile(`^req_01[1-9A-HJ-NP-Za-km-z]{22}$`),
	"ccr.session.id":    regexp.MustCompile(`^cse_[0-9A-Za-z]{24}$`),
	"event.timestamp":   regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$`),
}

// TestIdentifiers checks the formats of identifiers, and that those of requests and
// messages are unique.
func TestIdentifiers(t *testing.T) {
	unique := map[string]bool{}
	for _, b := range generate(t, Settings{Seed: 3, Seats: 60, Start: monday, Every: time.Minute, Prompts: 150, Content: DefaultContent}) {
		for _, a := range records(b) {
			for key, shape := range shapes {
				if v := stringOf(a, key); v != "" {
					require.Regexp(t, shape, v, key)
				}
			}
			for _, key := range []string{"message.uuid", "client_request_id"} {
				if v := stringOf(a, key); v != "" {
					require.False(t, unique[v], "%s is used twice", key)
					unique[v] = true
				}
			}
			if stringOf(a, "event.name") == "api_request" {
				id := stringOf(a, "request_id")
				require.False(t, unique[id], "request_id is used twice")
				unique[id] = true
			}
		}
	}
	require.NotEmpty(t, unique)
}
