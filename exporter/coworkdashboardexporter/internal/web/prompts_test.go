package web_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web"
)

func TestPromptList(t *testing.T) {
	doc := parse(t, get(t, page(t, newFakeSource()), "/prompts?limit=5"))
	got := textOf(byID(doc, "list"))
	require.Contains(t, got, "Start ↓ Prompt Session User Team Models Outcome Cost Tokens Requests Tools Failures Duration")
	require.Contains(t, got, "failed in progress $0.25 82 k 5 5 2 39 s")
	require.Contains(t, got, "in progress")
	require.Contains(t, got, "Next page")
	require.NotContains(t, got, "First page")
}

// An openPrompts source has a prompt in progress, and one without a summary.
type openPrompts struct{ *fakeSource }

func (openPrompts) Prompts(_ context.Context, _ report.Filter, search report.Search) (report.Found[report.Prompt], error) {
	return found([]report.Prompt{
		{ID: "working", Start: now.Add(-20 * time.Minute), Duration: 10 * time.Minute},
		{ID: "abandoned", Start: now.Add(-20 * time.Minute), Duration: time.Minute},
	}, search), nil
}

// TestPromptInProgressEnds checks that a prompt without a summary stops being in progress.
func TestPromptInProgressEnds(t *testing.T) {
	got := textOf(byID(parse(t, get(t, web.New(nil, openPrompts{newFakeSource()}, settings(t)), "/prompts")), "list"))
	require.Equal(t, 1, strings.Count(got, "in progress"), got)
}

// TestPaging reads all pages: each prompt is on exactly one.
func TestPaging(t *testing.T) {
	h := page(t, newFakeSource())
	var seen []string
	after := ""
	for range 10 {
		var answer struct {
			Prompts []struct{ ID string }
			After   string
		}
		decode(t, get(t, h, "/api/prompts.json?limit=4&after="+after), &answer)
		for _, p := range answer.Prompts {
			seen = append(seen, p.ID)
		}
		if after = answer.After; after == "" {
			break
		}
	}
	require.Len(t, seen, users)
	require.Equal(t, "00000018-4c1e-4d77-8a41-72c9e15b6d02", seen[users-1])
}

func TestPrompt(t *testing.T) {
	src := newFakeSource()
	id := firstPrompt(t, src)
	body := get(t, page(t, src), "/prompts/"+id).Body.String()
	require.Contains(t, body, `<a href="/events?prompt=`+id+`"`)
	doc := parse(t, get(t, page(t, src), "/prompts/"+id))
	require.Contains(t, textOf(byID(doc, "main")), "Prompt "+id)
	require.Contains(t, textOf(byID(doc, "p-cost")), "Cost $")
	fall := byID(doc, "fall")
	require.Contains(t, textOf(fall), "failed: timeout")
	require.Contains(t, textOf(fall), "request_id req_01000000")
	bars := 0
	for n := range fall.Descendants() {
		if attr(n, "class") == "k-api" && n.Data == "rect" && attr(n, "x") != "" {
			bars++
			require.NotEqual(t, "0", attr(n, "width"))
		}
	}
	require.Equal(t, 5, bars)
}

// TestMarkedStep checks that the address of an alert marks the step of its event, also of a
// permission within a call, and that a step that is not shown is mentioned.
func TestMarkedStep(t *testing.T) {
	src := newFakeSource()
	id := firstPrompt(t, src)
	for event, want := range map[string]int{"result2": 1, "decision2": 1, "": 0, "none": 0} {
		fall := byID(parse(t, get(t, page(t, src), "/prompts/"+id+"?event="+event)), "fall")
		marked := 0
		for n := range fall.Descendants() {
			if strings.HasSuffix(attr(n, "class"), " marked") {
				marked++
				require.Contains(t, textOf(n), "Bash")
				require.Contains(t, textOf(n), "caused the alert")
				require.NotNil(t, byID(n, "alert-step"))
			}
		}
		require.Equal(t, want, marked, event)
		require.Equal(t, event == "none", strings.Contains(textOf(fall), "is not among the steps below"), event)
	}
}

// A longPrompt source has a prompt with more steps and deeper levels than are shown, and
// steps before its start.
type longPrompt struct{ *fakeSource }

func (longPrompt) Prompt(context.Context, string) (report.Prompt, []report.Step, error) {
	steps := make([]report.Step, 1500)
	for i := range steps {
		steps[i] = report.Step{
			Start: now.Add(time.Duration(i-3) * time.Second), Duration: time.Hour, Kind: "new_kind", ID: fmt.Sprint(i), Parent: fmt.Sprint(i - min(i%10, 1)),
			Details: make([]report.Detail, 100),
		}
	}
	return report.Prompt{ID: "x", Start: now}, steps, nil
}

func TestWaterfallIsBounded(t *testing.T) {
	w := get(t, web.New(nil, longPrompt{newFakeSource()}, settings(t)), "/prompts/x")
	require.Equal(t, http.StatusOK, w.Code)
	fall := byID(parse(t, w), "fall")
	require.Contains(t, textOf(fall), "and 500 more steps, not shown")
	require.Contains(t, textOf(fall), "new_kind")
	rows := 0
	for n := range fall.Descendants() {
		if x := attr(n, "x"); x != "" {
			require.False(t, strings.HasPrefix(x, "-"), "the bar starts on the axis")
		}
		if strings.HasPrefix(attr(n, "id"), "step-") {
			rows++
			require.Regexp(t, `^d[0-6]$`, attr(n, "class"))
		}
	}
	require.Equal(t, 1000, rows)
}

// An unpricedPrompts source has prompts of which no cost, or only a part of it, is known.
type unpricedPrompts struct{ *fakeSource }

func (unpricedPrompts) Prompts(_ context.Context, _ report.Filter, search report.Search) (report.Found[report.Prompt], error) {
	return found([]report.Prompt{
		{ID: "none", Start: now, Requests: 2, Unpriced: 2, Closed: true},
		{ID: "part", Start: now, Requests: 3, Unpriced: 1, CostUSD: 0.5, Closed: true},
		{ID: "free", Start: now, Closed: true},
	}, search), nil
}

func (s unpricedPrompts) Prompt(ctx context.Context, id string) (report.Prompt, []report.Step, error) {
	three, err := s.Prompts(ctx, report.Filter{}, report.Search{Limit: 3})
	list := three.Rows
	return list[slices.IndexFunc(list, func(p report.Prompt) bool { return p.ID == id })], nil, err
}

// TestUnknownCost checks that a cost that is not known is not shown as $0.
func TestUnknownCost(t *testing.T) {
	h := web.New(nil, unpricedPrompts{newFakeSource()}, settings(t))
	list := textOf(byID(parse(t, get(t, h, "/prompts")), "list"))
	require.Contains(t, list, "none – – – – ok not known 0")
	require.Contains(t, list, "part – – – – ok at least $0.50 0")
	require.Contains(t, list, "free – – – – ok $0 0")
	figure := func(id string) string { return textOf(byID(parse(t, get(t, h, "/prompts/"+id)), "p-cost")) }
	require.Equal(t, "Cost not known 2 requests without a known cost", figure("none"))
	require.Equal(t, "Cost at least $0.50 1 request without a known cost", figure("part"))
	require.Equal(t, "Cost $0", figure("free"))
	var answer struct {
		Prompts []struct {
			Cost     *float64 `json:"cost_usd"`
			Unpriced int64    `json:"unpriced_requests"`
		}
	}
	decode(t, get(t, h, "/api/prompts.json"), &answer)
	require.Nil(t, answer.Prompts[0].Cost)
	require.Equal(t, int64(2), answer.Prompts[0].Unpriced)
	require.Equal(t, 0.5, *answer.Prompts[1].Cost)
	require.Zero(t, *answer.Prompts[2].Cost)
}

// TestTokens checks that the tokens of a prompt are those with the cache, and their parts.
func TestTokens(t *testing.T) {
	src := newFakeSource()
	h := page(t, src)
	doc := parse(t, get(t, h, "/prompts/"+firstPrompt(t, src)))
	for id, want := range map[string]string{"tokens": "Tokens 82 k", "input": "Input 1.2 k", "output": "Output 210", "cache-read": "Cache read 80 k", "cache-creation": "Cache creation 600"} {
		require.Equal(t, want+" tokens", strings.ReplaceAll(textOf(byID(doc, "p-"+id)), "\u00a0", " "))
	}
	var answer struct{ Prompts []map[string]any }
	decode(t, get(t, h, "/api/prompts.json?limit=1"), &answer)
	require.Equal(t, 1204.0+210+80_000+600, answer.Prompts[0]["tokens"])
	require.Equal(t, 80_000.0, answer.Prompts[0]["cache_read_tokens"])
}
