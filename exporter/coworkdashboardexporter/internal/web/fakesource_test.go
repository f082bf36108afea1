package web_test

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// now is the time of the tests.
var now = time.Date(2026, time.November, 20, 15, 42, 7, 0, time.UTC)

// panels has one panel of each shape, and a second ranking.
var panels = []report.Panel{
	{ID: "cost", Section: "Overview", Title: "Cost", Question: "What did Cowork cost?", Shape: report.Figure},
	{ID: "cost_by_day", Section: "Cost", Title: "Cost by day", Question: "What does each model cost over time?", Shape: report.Line},
	{ID: "cost_by_user", Section: "Cost", Title: "Cost by user", Question: "Which users cost most?", Shape: report.Bar},
	{ID: "cost_by_model", Section: "Cost", Title: "Cost by model", Question: "Which models cost most?", Shape: report.Bar},
	{ID: "tokens_by_user", Section: "Use", Title: "Tokens by user", Question: "How many tokens did each user use?", Shape: report.Heat},
	{ID: "alerts", Section: "Alerts", Title: "Alerts", Question: "Which alerts are firing?", Shape: report.Grid},
}

const (
	users = 25
	shown = 20 // rows of a ranking
	opus  = "claude-opus-4-6"
	haiku = "claude-haiku-4-5"
)

// A fakeSource is a [report.Source] with fixed answers. It is safe for concurrent use.
type fakeSource struct {
	// fail holds an error for a panel's id, choices, prompts, prompt or setup.
	fail map[string]error
	// lacks holds the names that the data of a panel does not have.
	lacks map[string][]string
	// rename replaces the names of users.
	rename func(string) string
	state  report.State
	// empty is set if the lists have no rows, and timeline is a further session.
	empty    bool
	timeline report.Timeline

	mu      sync.Mutex
	filters []report.Filter // of all queries
	// searches are those of all lists.
	searches []report.Search
}

var _ report.Source = (*fakeSource)(nil)

func newFakeSource() *fakeSource {
	return &fakeSource{fail: map[string]error{}, state: report.State{Version: 1841, Latest: now.Add(-3 * time.Second)}}
}

func (s *fakeSource) record(what string, f report.Filter) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.filters = append(s.filters, f)
	return s.fail[what]
}

// alerts are the alerts of the source.
var alerts = []report.Alert{
	{
		Fingerprint: "f1", Name: "bypass_permissions", Severity: "critical", Status: "firing", Group: "user ada", Message: "User ada works without permission prompts",
		Why: "Commands run without a check.", Advice: "Talk to the user.", Tags: []string{"attack.t1059.004", "owasp.llm06-2026", "own.tag", "attack.t1548"}, Measured: "1 event", User: "ada", Tool: "Bash", Prompt: "p1", Session: "s1",
		Start: now.Add(-time.Hour), Last: now.Add(-time.Hour), Notifications: 1,
		Changes: []report.AlertChange{{At: now.Add(-time.Hour), Status: "firing", Message: "User ada works without permission prompts", Prompt: "p1"}},
	},
	{Fingerprint: "f2", Name: "new_connector", Severity: "info", Status: "firing", Message: "Connector crm is new", Connector: "crm", Prompt: "p2", Event: "e2", Start: now.Add(-2 * time.Hour)},
	{Fingerprint: "f3", Name: "api_error", Severity: "critical", Status: "resolved", Message: "API error", Start: now.Add(-3 * time.Hour), End: now.Add(-2 * time.Hour)},
}

func (s *fakeSource) Alerts(_ context.Context, f report.Filter, _ int) ([]report.Alert, int, error) {
	return alerts, 2, s.record("alerts", f)
}

func (s *fakeSource) Alert(_ context.Context, fingerprint string) (report.Alert, error) {
	for _, a := range alerts {
		if a.Fingerprint == fingerprint {
			return a, s.record("alert", report.Filter{})
		}
	}
	return report.Alert{}, report.ErrNotFound
}

func (s *fakeSource) user(i int) string {
	name := "ada@example.com"
	if i > 0 {
		name = fmt.Sprintf("user%d@example.com", i)
	}
	if s.rename != nil {
		return s.rename(name)
	}
	return name
}

func (s *fakeSource) Answer(_ context.Context, p report.Panel, f report.Filter, limit int) (report.Table, error) {
	t := s.tables(f)[p.ID]
	if limit == 0 {
		limit = shown
	}
	if t.Cut = len(t.Rows) - limit; t.Cut > 0 {
		t.Rows = t.Rows[:limit]
	} else {
		t.Cut = 0
	}
	return t, s.record(p.ID, f)
}

func (s *fakeSource) Supports(p report.Panel, f report.Filter) bool {
	names := map[string]string{"organization": f.Organization, "user": f.User, "model": f.Model}
	return !slices.ContainsFunc(s.lacks[p.ID], func(name string) bool { return names[name] != "" })
}

func (s *fakeSource) tables(f report.Filter) map[string]report.Table {
	day := time.Date(2026, 11, 14, 0, 0, 0, 0, f.Zone)
	tables := map[string]report.Table{
		"cost": {Columns: columns("Now", "USD", "Before", "USD"), Rows: [][]any{{12.5, 10.0}}},
		"cost_by_day": {
			Columns: columns("Time", "time", "Model", "", "Cost", "USD"),
			Rows:    [][]any{{day, opus, 4.0}, {day, haiku, 0.5}, {day.AddDate(0, 0, 1), opus, 8.0}},
		},
		"cost_by_user":   {Columns: columns("User", "", "Cost", "USD", "Prompts", "{prompt}")},
		"cost_by_model":  {Columns: columns("Model", "", "Cost", "USD"), Rows: [][]any{{opus, 12.0}, {haiku, 0.5}}},
		"tokens_by_user": {Columns: columns("User", "", "Day", "", "Tokens", "{token}")},
		"alerts": {
			Columns: columns("Status", "", "Alert", "", "User", "", "Since", "time"),
			Rows:    [][]any{{"firing", "api_error", s.user(3), now.Add(-time.Hour)}, {"resolved", "cost", nil, nil}},
		},
	}
	for _, id := range []string{"cost_by_user", "tokens_by_user"} {
		t := tables[id]
		for i := range users {
			middle := any(100.25 / float64(i+1))
			if id == "tokens_by_user" {
				middle = "2026-11-" + strconv.Itoa(10+i%9)
			}
			t.Rows = append(t.Rows, []any{s.user(i), middle, int64(1000 / (i + 1))})
		}
		tables[id] = t
	}
	return tables
}

func (s *fakeSource) Choices(_ context.Context, f report.Filter) (report.Choices, error) {
	c := report.Choices{Organizations: []string{"8c1f2a90-6d2b-4a52-9f3d-1b7e0c5d4a11"}, Models: []string{opus, haiku}}
	for i := range users {
		c.Users = append(c.Users, s.user(i))
	}
	return c, s.record("choices", f)
}

func (s *fakeSource) prompt(i int) report.Prompt {
	return report.Prompt{
		ID: fmt.Sprintf("%08x-4c1e-4d77-8a41-72c9e15b6d02", i), Session: "s1", User: s.user(i), Organization: "org",
		Start: now.Add(-time.Duration(i+1) * time.Minute), Duration: 39 * time.Second, CostUSD: 0.25,
		InputTokens: 1204, OutputTokens: 210, CacheRead: 80_000, CacheCreated: 600, Requests: 5, Errors: 1, Tools: 5, ToolFailures: 1, Models: []string{opus, haiku},
		Closed: i > 0, Cut: 2,
	}
}

func (s *fakeSource) Prompts(_ context.Context, f report.Filter, search report.Search) (report.Found[report.Prompt], error) {
	var list []report.Prompt
	for i := range users {
		list = append(list, s.prompt(i))
	}
	return foundBy(s, list, search), s.record("prompts", f)
}

// foundBy records a search, and returns its rows.
func foundBy[T any](s *fakeSource, list []T, search report.Search) report.Found[T] {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.searches = append(s.searches, search)
	if s.empty {
		return report.Found[T]{}
	}
	return found(list, search)
}

// found returns a page of a list. Its end is the number of the rows before it.
func found[T any](list []T, search report.Search) report.Found[T] {
	begin, _ := strconv.Atoi(search.After)
	end := min(begin+search.Limit, len(list))
	f := report.Found[T]{Rows: list[begin:end], Total: int64(len(list))}
	if end < len(list) {
		f.After = strconv.Itoa(end)
	}
	return f
}

func (s *fakeSource) session(i int) report.Session {
	return report.Session{
		ID: fmt.Sprintf("s%d", i), User: s.user(i), Organization: "org", Start: now.Add(-time.Duration(i+1) * time.Hour), Duration: 30 * time.Minute,
		Events: 90, Prompts: 4, CostUSD: 1.25, Requests: 12, Errors: 1, Tools: 7, ToolFailures: 2, ToolRejects: 1,
	}
}

func (s *fakeSource) Sessions(_ context.Context, f report.Filter, search report.Search) (report.Found[report.Session], error) {
	var list []report.Session
	for i := range users {
		list = append(list, s.session(i))
	}
	return foundBy(s, list, search), s.record("sessions", f)
}

func (s *fakeSource) Session(_ context.Context, id string) (report.Timeline, error) {
	if id == s.timeline.ID && id != "" {
		return s.timeline, nil
	}
	for i := range users {
		if n := s.session(i); n.ID == id {
			return report.Timeline{Session: n, Prompts: []report.Prompt{s.prompt(1), s.prompt(0)}, Modes: []string{"default"}}, s.record("session", report.Filter{})
		}
	}
	return report.Timeline{}, report.ErrNotFound
}

func (s *fakeSource) Prompt(_ context.Context, id string) (report.Prompt, []report.Step, error) {
	if err := s.record("prompt", report.Filter{}); err != nil {
		return report.Prompt{}, nil, err
	}
	for i := range users {
		if p := s.prompt(i); p.ID == id {
			return p, steps(p.Start), nil
		}
	}
	return report.Prompt{}, nil, report.ErrNotFound
}

// steps are five requests, each with a tool that is called, the last of which fails.
func steps(at time.Time) []report.Step {
	list := []report.Step{{Start: at, Kind: "user_prompt", Name: "prompt"}}
	for i := range 5 {
		list = append(list,
			report.Step{
				ID: fmt.Sprintf("request:%d", i), Start: at, Duration: 6 * time.Second, Kind: "api_request", Name: opus,
				Details: []report.Detail{{Name: "cost_usd", Value: "0.05"}, {Name: "request_id", Value: fmt.Sprintf("req_01%06d", i)}},
			},
			report.Step{Start: at.Add(6 * time.Second), Kind: "tool_decision", Event: fmt.Sprintf("decision%d", i), ID: fmt.Sprintf("tool:%d", i), Parent: fmt.Sprintf("request:%d", i), Name: "Bash", Details: []report.Detail{{Name: "source", Value: "config"}, {Name: "permission_mode", Value: "default"}}},
			report.Step{Start: at.Add(6 * time.Second), Duration: time.Second, ID: fmt.Sprintf("tool:%d", i), Parent: fmt.Sprintf("request:%d", i), Kind: "tool_result", Name: "Bash", Event: fmt.Sprintf("result%d", i), Failed: i == 4, Why: []string{4: "timeout"}[i]},
		)
		at = at.Add(7 * time.Second)
	}
	return append(list, report.Step{Start: at, Kind: "assistant_response", Name: "answer"})
}

func (s *fakeSource) Setup(context.Context) (report.Setup, error) {
	kinds := coreKinds()
	for i := range kinds {
		kinds[i].Attributes[1].Share = 0.934
	}
	return report.Setup{
		Kinds:    kinds,
		Rejected: []report.Count{{Name: "tool_decision: source: missing", Events: 88}},
		Content:  report.Content{Absent: 120, Replaced: 9482, Findings: 211},
		Services: []report.Count{{Name: "cowork", Events: 158_000}},
	}, s.record("setup", report.Filter{})
}

// coreKinds are the core kinds without a problem.
func coreKinds() []report.Kind {
	var kinds []report.Kind
	for _, name := range []string{"user_prompt", "api_request", "api_error", "tool_decision", "tool_result"} {
		kinds = append(kinds, report.Kind{
			Name: name, Core: true, Events: 100, First: now.Add(-time.Hour), Last: now,
			Attributes: []report.Share{{Name: "prompt.id", Share: 1}, {Name: "user.email", Share: 1}},
		})
	}
	return kinds
}

func (s *fakeSource) State() report.State { return s.state }
