package reconcile

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// usageReport is a page of the report of costs by user, day, product and model, with the
// amounts as decimal strings of cents.
const usageReport = `{"data":[
	{"starting_at":"2026-11-02T00:00:00Z","actor":{"type":"user_actor","user_id":"a","email_address":"A@example.com","deleted":false},"product":"cowork","model":"claude-opus-5","currency":"USD","amount":"80.0","list_amount":"100.500000"},
	{"starting_at":"2026-11-02T00:00:00Z","actor":{"user_id":"a"},"product":"chat","model":"claude-opus-5","list_amount":"900"},
	{"starting_at":"2026-11-02T00:00:00Z","actor":{"user_id":"b"},"product":"cowork","model":"claude-opus-5","list_amount":"300"},
	{"starting_at":"2026-11-03T00:00:00Z","actor":{"user_id":"b"},"product":"cowork","model":"claude-opus-5","list_amount":"200"},
	{"starting_at":"2026-11-03T00:00:00Z","actor":{"user_id":"d"},"product":"cowork","model":"claude-opus-5","list_amount":"200"},
	{"starting_at":"2026-11-05T00:00:00Z","actor":{"user_id":"b"},"product":"cowork","model":"claude-opus-5","list_amount":"200"}],
	"has_more":false,"next_page":null}`

// used adds usage to the telemetry, of a person or of a session in the cloud.
func used(t *Telemetry, cloud, user string, day int, model string, f Figures) {
	key := usageKey{person: t.people.join(user), day: day, model: modelName(model)}
	if user != "" {
		t.people.label[key.person] = "u_" + user
	}
	if cloud != "" {
		key.session = t.session(cloud)
		key.session.cloudID = cloud
	}
	t.usage.addSum(key, f)
}

// TestUsage compares costs: equal, within the tolerance, beyond it, and known to one side.
func TestUsage(t *testing.T) {
	usage, byProduct, err := ReadUsage(strings.NewReader(usageReport))
	require.NoError(t, err)
	require.True(t, byProduct)
	require.Len(t, usage, 5)
	telemetry := NewTelemetry()
	used(telemetry, "", "a", 20261102, "claude-opus-5[1m]", Figures{CostUSD: 1.05, Requests: 1})
	used(telemetry, "", "b", 20261102, "us.anthropic.claude-opus-5-20260901", Figures{CostUSD: 2, Requests: 4, Unpriced: 2})
	used(telemetry, "cse_1", "", 20261103, "claude-opus-5", Figures{CostUSD: 2})
	used(telemetry, "", "c", 20261103, "claude-opus-5", Figures{CostUSD: 1})
	begin := time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC)
	listed := []ListedSession{{ID: "cse_1", UserID: "b", Created: begin, Remote: true}}
	report := Compare(listed, telemetry, Settings{Usage: usage, CostTolerance: 10, From: begin, To: begin.AddDate(0, 0, 2)})
	require.Equal(t, []string{
		"2026-11-02 u_b 3 2 unpriced", "2026-11-03 d 2 0 user_never_seen", "2026-11-03 u_c 0 1 user_not_in_report",
	}, differences(report))
	require.InDelta(t, 8.005, report.Costs.Listed.CostUSD, 1e-9)
	require.InDelta(t, 6.05, report.Costs.Telemetry.CostUSD, 1e-9)
}

func differences(r *Report) (list []string) {
	for _, d := range r.Costs.Differences {
		list = append(list, strings.Join([]string{d.Day, d.User, number(d.Listed.CostUSD), number(d.Telemetry.CostUSD), d.Reason}, " "))
	}
	return list
}

func number(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

// TestUsageReasons has one difference for each reason.
func TestUsageReasons(t *testing.T) {
	day := func(d int) int { return 20261100 + d }
	cost := func(user string, d int, model string, f Figures) Usage {
		return Usage{UserID: user, Day: day(d), Model: model, HasCost: true, HasTokens: f.tokens() > 0, Figures: f}
	}
	tokens := Figures{CostUSD: 5, Input: 10_000, Output: 10_000, CacheRead: 50_000, Requests: 10}
	with := func(f Figures, change func(*Figures)) Figures { change(&f); return f }
	for _, c := range []struct {
		want  string
		usage []Usage
		sent  []Usage
		list  []ListedSession
	}{
		{"user_never_seen", []Usage{cost("x", 2, "m", tokens)}, nil, nil},
		{"user_not_in_report", []Usage{cost("y", 2, "m", tokens)}, []Usage{cost("y", 2, "m", tokens), cost("x", 2, "m", tokens)}, nil},
		{"not_reported_yet", []Usage{cost("x", 2, "m", tokens), cost("x", 3, "m", Figures{CostUSD: 1})}, []Usage{cost("x", 2, "m", tokens), cost("x", 3, "m", tokens)}, nil},
		{"unpriced", []Usage{cost("x", 2, "m", tokens)}, []Usage{cost("x", 2, "m", Figures{CostUSD: 1, Unpriced: 2, Requests: 10})}, nil},
		{"silent_sessions", []Usage{cost("x", 2, "m", tokens)}, []Usage{cost("x", 2, "m", Figures{CostUSD: 1, Requests: 2})}, []ListedSession{{ID: "clls_1", UserID: "x", Created: time.Date(2026, 11, 1, 23, 0, 0, 0, time.UTC), Updated: time.Date(2026, 11, 2, 1, 0, 0, 0, time.UTC)}}},
		{"other_model", []Usage{cost("x", 2, "m", tokens)}, []Usage{cost("x", 2, "n", tokens)}, nil},
		{"day_boundary", []Usage{cost("x", 2, "m", tokens), cost("x", 3, "m", Figures{CostUSD: 1}), cost("y", 9, "m", tokens)}, []Usage{cost("x", 2, "m", Figures{CostUSD: 1}), cost("x", 3, "m", tokens), cost("y", 9, "m", tokens)}, nil},
		{"cache_tokens", []Usage{cost("x", 2, "m", tokens)}, []Usage{cost("x", 2, "m", with(tokens, func(f *Figures) { f.CostUSD, f.CacheRead = 2, 10_000 }))}, nil},
		{"price", []Usage{cost("x", 2, "m", tokens)}, []Usage{cost("x", 2, "m", with(tokens, func(f *Figures) { f.CostUSD = 4 }))}, nil},
		{"repeated_requests", []Usage{cost("x", 2, "m", Figures{CostUSD: 5, Requests: 10}), cost("y", 9, "m", tokens)}, []Usage{cost("x", 2, "m", Figures{CostUSD: 10, Requests: 20}), cost("y", 9, "m", tokens)}, nil},
		{"missing_requests", []Usage{cost("x", 2, "m", Figures{CostUSD: 5})}, []Usage{cost("x", 2, "m", Figures{CostUSD: 2})}, nil},
		{"not_in_report", []Usage{cost("x", 2, "m", Figures{CostUSD: 5}), cost("y", 9, "m", tokens)}, []Usage{cost("x", 2, "m", Figures{CostUSD: 9}), cost("y", 9, "m", tokens)}, nil},
	} {
		telemetry := NewTelemetry()
		for _, s := range c.sent {
			used(telemetry, "", s.UserID, s.Day, s.Model, s.Figures)
		}
		report := Compare(c.list, telemetry, Settings{Usage: c.usage, CostTolerance: 10, Tolerance: time.Minute})
		require.NotEmpty(t, report.Costs.Differences, c.want)
		for _, d := range report.Costs.Differences {
			require.Equal(t, c.want, d.Reason)
			require.NotEmpty(t, d.Evidence)
		}
	}
	require.Len(t, usageReasons, 12, "each has a case above")
}

// TestReadUsage reads the forms of the reports, and refuses others without their content.
func TestReadUsage(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want Usage
	}{
		"usage of users": {
			`{"data":[{"starting_at":"2026-11-02T00:00:00Z","actor":{"email_address":"a@example.com"},"product":"cowork","requests":3,"uncached_input_tokens":1,"output_tokens":2,"cache_read_input_tokens":3,"cache_creation":{"ephemeral_1h_input_tokens":4,"ephemeral_5m_input_tokens":5}}]}`,
			Usage{Email: "a@example.com", Day: 20261102, HasTokens: true, Figures: Figures{Requests: 3, Input: 1, Output: 2, CacheRead: 3, CacheCreation: 9}},
		},
		"Claude Code": {
			`{"data":[{"date":"2026-11-02","actor":{"type":"user_actor","email_address":"a@example.com"},"model_breakdown":[{"model":"claude-opus-5","tokens":{"input":1,"output":2,"cache_read":3,"cache_creation":9},"estimated_cost":{"currency":"USD","amount":150}}]}]}`,
			Usage{Email: "a@example.com", Day: 20261102, Model: "claude-opus-5", HasCost: true, HasTokens: true, Figures: Figures{CostUSD: 1.5, Input: 1, Output: 2, CacheRead: 3, CacheCreation: 9}},
		},
		"days with results": {
			`{"data":[{"starting_at":"2026-11-02T00:00:00Z","results":[{"actor":{"user_id":"a"},"list_amount":"12.5"}]}]}`,
			Usage{UserID: "a", Day: 20261102, HasCost: true, Figures: Figures{CostUSD: 0.125}},
		},
		"CSV": {"starting_at,user_id,product,list_amount\n2026-11-02T00:00:00Z,a,cowork,12.5\n", Usage{UserID: "a", Day: 20261102, HasCost: true, Figures: Figures{CostUSD: 0.125}}},
	} {
		all, _, err := ReadUsage(strings.NewReader(c.text))
		require.NoError(t, err, name)
		require.Equal(t, []Usage{c.want}, all, name)
	}
	for text, want := range map[string]string{
		`{"data":[{"secret":1}]}`:                                                        "row 1 is no report of the Analytics API",
		`[{"starting_at":"2026-11-02T00:00:00Z","list_amount":"NaN"}]`:                   "row 1 is no report",
		`[{"starting_at":"2026-11-02T00:00:00Z","output_tokens":-1}]`:                    "row 1 is no report",
		`{"data":[{"starting_at":null,"list_amount":"5","actor":{"user_id":"secret"}}]}`: "row 1 is not by day (bucket_width=1d would be right)",
		`{"data":[{"list_amount":"5","starting_at":"2026-11-02T00:00:00Z"}`:              "is no JSON, or is cut off",
		``: "is empty",
	} {
		_, _, err := ReadUsage(strings.NewReader(text))
		require.ErrorContains(t, err, want)
		require.NotContains(t, err.Error(), "secret")
	}
}

// TestUsageLimit reaches the bound of sums, and counts what is beyond it.
func TestUsageLimit(t *testing.T) {
	telemetry := NewTelemetry()
	telemetry.usage.most = 1
	used(telemetry, "", "a", 20261102, "m", Figures{Requests: 1})
	used(telemetry, "", "b", 20261102, "m", Figures{Requests: 3})
	require.Equal(t, 3, Compare(nil, telemetry, Settings{Usage: []Usage{}}).Costs.Omitted)
}
