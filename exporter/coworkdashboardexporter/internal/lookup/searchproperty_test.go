package lookup

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/eventtest"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// A call is a finished or rejected call of a tool.
type call struct {
	tool, connector  string
	failed, rejected bool
}

// A madePrompt is a prompt of the property test, with what its events add up to.
type madePrompt struct {
	report.Prompt
	calls []call
}

// The names of the property test. (Built-in tools have no connector.)
var (
	madeUsers  = []string{"ada", "Bob", "élan"}
	madeTeams  = map[string]string{"ada": "sales", "Bob": "Support"}
	madeModels = []string{"opus", "opus-mini", "B"}
	madeTools  = []call{{tool: "Bash"}, {tool: "Read"}, {tool: "search", connector: "crm"}, {tool: "search", connector: "wiki"}}
)

// madePrompts returns prompts with few distinct values, so that many are equal, and their
// events. All of them are within the hour before noon.
func madePrompts(r *rand.Rand, n int) (list []madePrompt, events []eventtest.Event) {
	for i := range n {
		user := madeUsers[r.IntN(3)]
		p := madePrompt{Prompt: report.Prompt{
			ID: fmt.Sprintf("%c%d", 'a'+rune(r.IntN(3)), i), Session: fmt.Sprint("s", r.IntN(8), user), User: user, Team: madeTeams[user], Organization: []string{"acme", "beta"}[r.IntN(2)],
			Start: noon.Add(-time.Duration(1+r.IntN(20)) * time.Minute), Duration: time.Duration(r.IntN(4)) * 30 * time.Second, Closed: r.IntN(2) == 0,
		}}
		sequence := 1000 * i
		add := func(kind string, offset time.Duration, attrs map[string]any) {
			sequence++
			e := event(kind, sequence, attrs)
			e.At = p.Start.Add(offset)
			e.Attrs["prompt.id"], e.Attrs["session.id"], e.Attrs["user.account_uuid"], e.Attrs["organization.id"] = p.ID, p.Session, p.User, p.Organization
			if p.Team != "" {
				e.Attrs["cowork.team"] = p.Team
			}
			events = append(events, e)
		}
		add("user_prompt", 0, nil)
		for range r.IntN(3) {
			model := madeModels[r.IntN(3)]
			cost := int64(r.IntN(3)) * 250_000
			p.Requests++
			p.CostUSD += float64(cost) / 1e6
			p.InputTokens += 10
			if !slices.Contains(p.Models, model) {
				p.Models = append(p.Models, model)
			}
			add("api_request", 0, map[string]any{"model": model, "cost_usd_micros": cost, "input_tokens": 10, "request_id": fmt.Sprint("r", sequence)})
		}
		for range r.IntN(4) {
			c := madeTools[r.IntN(4)]
			c.failed, c.rejected = r.IntN(4) == 0, r.IntN(4) == 0
			attrs := map[string]any{"tool_name": c.tool, "tool_use_id": fmt.Sprint("t", sequence)}
			if c.connector != "" {
				attrs["tool_name"] = "mcp__" + c.connector + "__" + c.tool
			}
			if p.calls = append(p.calls, c); c.rejected {
				c.failed = false
				p.calls[len(p.calls)-1] = c
				p.ToolRejects++
				attrs["decision"], attrs["source"] = "reject", "user_reject"
				add("tool_decision", 0, attrs)
				continue
			}
			p.Tools++
			if attrs["success"] = !c.failed; c.failed {
				p.ToolFailures++
			}
			add("tool_result", 0, attrs)
		}
		if r.IntN(8) == 0 {
			p.Errors++
			p.calls = append(p.calls, call{connector: "crm", failed: true}) // a request for a connector
			add("api_error", 0, map[string]any{"model": "opus", "status_code": 529, "mcp_server.name": "crm"})
			if !slices.Contains(p.Models, "opus") {
				p.Models = append(p.Models, "opus")
			}
		}
		if r.IntN(8) == 0 {
			p.Refusals++
			add("api_refusal", 0, map[string]any{"model": "B"})
			if !slices.Contains(p.Models, "B") {
				p.Models = append(p.Models, "B")
			}
		}
		if p.Closed {
			add("cowork.prompt_summary", p.Duration, nil)
		} else {
			add("assistant_response", p.Duration, map[string]any{"request_id": fmt.Sprint("a", sequence)})
		}
		list = append(list, p)
	}
	return list, events
}

// matches reports whether a prompt is within a filter and a search.
func (p *madePrompt) matches(f report.Filter, s report.Search) bool {
	if p.Start.Before(f.From) || !p.Start.Before(f.To) ||
		f.User != "" && f.User != p.User || f.Organization != "" && f.Organization != p.Organization || f.Team != "" && f.Team != cmp.Or(p.Team, "(unknown)") ||
		f.Model != "" && !slices.Contains(p.Models, f.Model) || !strings.HasPrefix(p.ID, s.ID) || s.Session != "" && s.Session != p.Session {
		return false
	}
	if p.CostUSD < s.MinCost || s.MaxCost > 0 && p.CostUSD > s.MaxCost || p.Duration < s.MinDuration || s.MaxDuration > 0 && p.Duration > s.MaxDuration {
		return false
	}
	if f.Tool == "" && f.Connector == "" {
		return s.Outcome == "" || slices.Contains(p.Outcomes(s.Now), s.Outcome)
	}
	var called, failed, rejected bool
	for _, c := range p.calls {
		if (f.Tool == "" || f.Tool == c.tool) && (f.Connector == "" || f.Connector == c.connector) {
			called, failed, rejected = true, failed || c.failed, rejected || c.rejected
		}
	}
	switch s.Outcome {
	case "":
		return called
	case report.OutcomeFailed:
		return failed
	case report.OutcomeRejected:
		return rejected
	}
	return called && slices.Contains(p.Outcomes(s.Now), s.Outcome)
}

// drawSearch draws a filter and a search. Most of them match some prompts.
func drawSearch(t *rapid.T) (report.Filter, report.Search) {
	text := func(label string, choices ...string) string {
		if rapid.IntRange(0, 3).Draw(t, label+" is set") > 0 {
			return ""
		}
		return rapid.SampledFrom(choices).Draw(t, label)
	}
	f := report.Filter{
		From: noon.Add(-time.Duration(rapid.IntRange(5, 60).Draw(t, "from")) * time.Minute), To: noon.Add(-time.Duration(rapid.IntRange(0, 4).Draw(t, "to")) * time.Minute),
		User: text("user", "ada", "élan", "nobody"), Team: text("team", "sales", "Support", "(unknown)"), Organization: text("organization", "acme", "beta"),
		Model: text("model", "opus", "opus-mini", "opu"), Tool: text("tool", "Bash", "search", "Bas"), Connector: text("connector", "crm", "wiki"),
	}
	s := report.Search{
		ID: text("id", "a", "b1", "%"), Session: text("session", "s1ada", "s2Bob"), Outcome: report.Outcome(text("outcome", "ok", "failed", "rejected", "refused", "open")),
		Sort: text("sort", report.PromptSorts...), Ascending: rapid.Bool().Draw(t, "ascending"), Limit: 1000, Now: noon,
	}
	if rapid.IntRange(0, 4).Draw(t, "ranges") == 0 {
		s.MinCost, s.MaxCost = rapid.SampledFrom([]float64{0, 0.25, 0.5}).Draw(t, "min cost"), rapid.SampledFrom([]float64{0, 0.5, 0.75}).Draw(t, "max cost")
		s.MinDuration, s.MaxDuration = rapid.SampledFrom([]time.Duration{0, 30 * time.Second}).Draw(t, "min"), rapid.SampledFrom([]time.Duration{0, time.Minute}).Draw(t, "max")
	}
	return f, s
}

// TestSearchEqualsFilter compares searches with a filter over all prompts in Go, and
// searches for sessions with the sessions of these prompts.
func TestSearchEqualsFilter(t *testing.T) {
	onBoth(t, func(t *testing.T, p *page) {
		t.Helper()
		list, events := madePrompts(rand.New(rand.NewPCG(1, 2)), 80)
		p.add(t, events...)
		all, err := p.Prompts(t.Context(), lastDay, report.Search{Sort: "id", Ascending: true, Limit: 1000})
		require.NoError(t, err)
		slices.SortFunc(list, func(a, b madePrompt) int { return strings.Compare(a.ID, b.ID) })
		require.Len(t, all.Rows, len(list))
		for i := range list {
			require.Equal(t, list[i].Prompt, all.Rows[i], "the sums of the events")
		}
		rapid.Check(t, func(rt *rapid.T) {
			f, s := drawSearch(rt)
			want, sessions := []string{}, map[string]bool{}
			for i := range list {
				if list[i].matches(f, s) {
					want = append(want, list[i].ID)
				}
				ofPrompt := report.Search{Outcome: s.Outcome, Now: s.Now}
				if wide := (report.Filter{From: lastDay.From, To: noon, User: f.User, Team: f.Team, Organization: "", Model: f.Model, Tool: f.Tool, Connector: f.Connector}); list[i].matches(wide, ofPrompt) {
					sessions[list[i].Session] = true
				}
			}
			found, err := p.Prompts(t.Context(), f, s)
			require.NoError(rt, err)
			got := []string{}
			for _, row := range found.Rows {
				got = append(got, row.ID)
			}
			slices.Sort(got)
			require.Equal(rt, want, got)
			require.Equal(rt, int64(len(want)), found.Total)
			f.From, f.To, f.Organization = lastDay.From, noon, ""
			ofSessions, err := p.Sessions(t.Context(), f, report.Search{Outcome: s.Outcome, Now: s.Now, Limit: 1000})
			require.NoError(rt, err)
			require.Len(rt, ofSessions.Rows, len(sessions))
			for _, row := range ofSessions.Rows {
				require.True(rt, sessions[row.ID], row.ID)
			}
		})
	})
}

// TestSessionSums checks that the numbers of a session are the sums of its prompts, and its
// timeline.
func TestSessionSums(t *testing.T) {
	onBoth(t, func(t *testing.T, p *page) {
		t.Helper()
		list, events := madePrompts(rand.New(rand.NewPCG(3, 4)), 40)
		half := len(events) / 2
		p.add(t, events[:half]...)
		p.add(t, events[half:]...)
		want := map[string]report.Session{}
		for _, m := range list {
			s := want[m.Session]
			s.CostUSD += m.CostUSD
			s.Requests, s.Errors, s.Refusals = s.Requests+m.Requests, s.Errors+m.Errors, s.Refusals+m.Refusals
			s.Tools, s.ToolFailures, s.ToolRejects = s.Tools+m.Tools, s.ToolFailures+m.ToolFailures, s.ToolRejects+m.ToolRejects
			want[m.Session] = s
		}
		found, err := p.Sessions(t.Context(), lastDay, report.Search{Limit: 1000})
		require.NoError(t, err)
		require.Len(t, found.Rows, len(want))
		for _, s := range found.Rows {
			timeline, err := p.Session(t.Context(), s.ID)
			require.NoError(t, err)
			require.Equal(t, s, timeline.Session)
			var ids []string
			for _, prompt := range timeline.Prompts {
				require.Equal(t, s.ID, prompt.Session)
				ids = append(ids, prompt.ID)
			}
			require.NotEmpty(t, ids)
			require.True(t, slices.IsSortedFunc(timeline.Prompts, func(a, b report.Prompt) int { return a.Start.Compare(b.Start) }))
			sums := want[s.ID]
			require.InDelta(t, sums.CostUSD, s.CostUSD, 1e-9)
			sums.ID, sums.User, sums.Team, sums.Organization = s.ID, s.User, s.Team, s.Organization
			sums.Start, sums.Duration, sums.Events, sums.Prompts, sums.CostUSD, sums.Unpriced = s.Start, s.Duration, s.Events, s.Prompts, s.CostUSD, s.Unpriced
			require.Equal(t, sums, s)
		}
		_, err = p.Session(t.Context(), "none")
		require.ErrorIs(t, err, report.ErrNotFound)
	})
}
