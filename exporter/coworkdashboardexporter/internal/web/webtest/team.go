package webtest

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// Now is when the team is looked at: a working day in the afternoon.
var Now = time.Date(2026, time.November, 20, 15, 42, 7, 0, time.UTC)

// An hour is what one person did in one hour.
type hour struct {
	at       time.Time
	user     int
	model    int
	prompts  int64
	requests int64
	errors   int64
	cost     float64
	tokens   int64
}

// A Team is a [report.Source] of made-up work. It is safe for concurrent use.
type Team struct {
	hours []hour
	users []string

	mu sync.Mutex
	// Asked holds the filters that were asked with.
	asked []report.Filter
	// Fail makes what it names fail: a panel's id, choices, prompts, prompt, setup.
	Fail map[string]error
	// Names, where set, stands in the place of each user.
	Names func(string) string
	// Status is what State returns.
	Status report.State
}

var (
	models     = []string{"claude-opus-4-6", "claude-sonnet-4-6", "claude-haiku-4-5"}
	prices     = []float64{0.21, 0.062, 0.011}
	orgs       = []string{"8c1f2a90-6d2b-4a52-9f3d-1b7e0c5d4a11", "f0b9a7de-33c1-4d0e-8a41-72c9e15b6d02"}
	given      = strings.Fields("amara björn chloé dmitri elif farid grace hana ivo june kofi lena milan nadia omar petra quinn rosa sven tariq uma vera wei yuki zola")
	toolNames  = strings.Fields("Bash Read Edit Grep WebFetch mcp__jira__search mcp__drive__read Task Write TodoWrite")
	connectors = strings.Fields("jira google-drive slack salesforce github notion")
)

// New makes up a team up to now.
func New() *Team {
	same := invented()
	return &Team{
		hours: same.hours, users: same.users, Fail: map[string]error{},
		Status: report.State{Version: 1841, Latest: Now.Add(-3 * time.Second)},
	}
}

// invented is what is the same of each team.
var invented = sync.OnceValue(func() *Team {
	t := &Team{}
	r := rand.New(rand.NewPCG(7, 11))
	for i := range 40 {
		t.users = append(t.users, fmt.Sprintf("%s.%c@example.com", given[i%len(given)], 'a'+rune(i*7%26)))
		eager := 0.15 + r.ExpFloat64()*0.7
		first := Now.AddDate(0, 0, -29).Truncate(24 * time.Hour)
		for at := first; at.Before(Now); at = at.Add(time.Hour) {
			t.work(r, i, eager, at)
		}
	}
	return t
})

// work makes up an hour: people work by day, a few tasks run at night.
func (t *Team) work(r *rand.Rand, user int, eager float64, at time.Time) {
	busy := [24]float64{7: 0.3, 8: 1, 9: 2, 10: 2.4, 11: 2, 12: 0.9, 13: 1.6, 14: 2.3, 15: 2.1, 16: 1.6, 17: 0.8, 18: 0.3}[at.Hour()]
	if d := at.Weekday(); d == time.Saturday || d == time.Sunday {
		busy *= 0.06
	}
	if user%9 == 4 && at.Hour() == 3 {
		busy = 1.5
	}
	prompts := int64(busy*eager*(0.4+r.Float64()) + r.Float64()*0.5)
	if busy == 0 || prompts == 0 {
		return
	}
	model := min(2, int(r.Float64()*r.Float64()*4))
	h := hour{at: at, user: user, model: model, prompts: prompts}
	h.requests = prompts * int64(6+r.IntN(14))
	h.errors = int64(float64(h.requests) * r.Float64() * 0.02)
	h.cost = float64(h.requests) * prices[model] * (0.5 + r.Float64())
	h.tokens = h.requests * int64(9000+r.IntN(30000))
	t.hours = append(t.hours, h)
}

func (t *Team) name(user int) string {
	if t.Names != nil {
		return t.Names(t.users[user])
	}
	return t.users[user]
}

// within calls f with each hour that a filter leaves.
func (t *Team) within(f report.Filter, do func(hour)) {
	for _, h := range t.hours {
		if h.at.Before(f.From) || !h.at.Before(f.To) || f.User != "" && t.name(h.user) != f.User ||
			f.Model != "" && models[h.model] != f.Model || f.Organization != "" && orgs[h.user%2] != f.Organization {
			continue
		}
		do(h)
	}
}

// State says how the team's source is.
func (t *Team) State() report.State {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.Status
}

// Asked returns the filters that were asked with.
func (t *Team) Asked() []report.Filter {
	t.mu.Lock()
	defer t.mu.Unlock()
	return append([]report.Filter(nil), t.asked...)
}

func (t *Team) ask(what string, f report.Filter) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.asked = append(t.asked, f)
	return t.Fail[what]
}
