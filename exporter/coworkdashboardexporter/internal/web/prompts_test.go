package web_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/webtest"
)

func TestPromptList(t *testing.T) {
	doc := parse(t, get(t, page(t, webtest.New()), "/prompts?limit=5"))
	got := text(byID(doc, "list"))
	require.Contains(t, got, "Started Prompt User Models Cost Tokens Tools Errors Duration")
	require.Contains(t, got, "in progress")
	require.Contains(t, got, "Older prompts")
	require.NotContains(t, got, "Newest")
}

// left has a prompt that is at work, and one whose summary never came.
type left struct{ *webtest.Team }

func (left) Prompts(context.Context, report.Filter, time.Time, int) ([]report.Prompt, error) {
	return []report.Prompt{
		{ID: "working", Start: webtest.Now.Add(-20 * time.Minute), Duration: 10 * time.Minute},
		{ID: "forgotten", Start: webtest.Now.Add(-20 * time.Minute), Duration: time.Minute},
	}, nil
}

// TestPromptForgotten checks that a prompt is not in progress for ever.
func TestPromptForgotten(t *testing.T) {
	got := text(byID(parse(t, get(t, web.New(nil, left{webtest.New()}, settings(t)), "/prompts")), "list"))
	require.Equal(t, 1, strings.Count(got, "in progress"), got)
}

// A crowd has three prompts a moment.
type crowd struct{ *webtest.Team }

func (crowd) Prompts(_ context.Context, _ report.Filter, before time.Time, limit int) ([]report.Prompt, error) {
	var out []report.Prompt
	for i := range 12 {
		p := report.Prompt{ID: fmt.Sprint("p", i), Start: webtest.Now.Add(-time.Duration(i/3) * time.Minute)}
		if before.IsZero() || p.Start.Before(before) {
			out = append(out, p)
		}
	}
	return out[:min(limit, len(out))], nil
}

// TestPagesTogetherAreAll goes from page to page: no prompt is on none or on two.
func TestPagesTogetherAreAll(t *testing.T) {
	h := web.New(nil, crowd{webtest.New()}, settings(t))
	var seen []string
	before := ""
	for range 10 {
		var answer struct {
			Prompts []struct{ ID string }
			Before  string
		}
		decode(t, get(t, h, "/api/prompts.json?limit=4&before="+before), &answer)
		for _, p := range answer.Prompts {
			seen = append(seen, p.ID)
		}
		if before = answer.Before; before == "" {
			break
		}
	}
	require.Len(t, seen, 12)
	require.Equal(t, "p11", seen[11])
}

func TestPrompt(t *testing.T) {
	team := webtest.New()
	id := firstPrompt(t, team)
	doc := parse(t, get(t, page(t, team), "/prompts/"+id))
	require.Contains(t, text(byID(doc, "main")), "Prompt "+id)
	require.Contains(t, text(byID(doc, "p-cost")), "Cost $")
	fall := byID(doc, "fall")
	require.Contains(t, text(fall), "failed: timeout")
	require.Contains(t, text(fall), "request_id req_01000000")
	bars := 0
	for n := range fall.Descendants() {
		if attr(n, "class") == "k-api" && n.Data == "rect" && attr(n, "x") != "" {
			bars++
			require.NotEqual(t, "0", attr(n, "width"))
		}
	}
	require.Equal(t, 5, bars)
}

// A long prompt has more steps than are shown, deeper than they are indented, some
// before it began.
type long struct{ *webtest.Team }

func (long) Prompt(context.Context, string) (report.Prompt, []report.Step, error) {
	steps := make([]report.Step, 1500)
	for i := range steps {
		steps[i] = report.Step{
			Start: webtest.Now.Add(time.Duration(i-3) * time.Second), Duration: time.Hour, Kind: "new_kind", Depth: i - 2,
			Facts: make([]report.Fact, 100),
		}
	}
	return report.Prompt{ID: "x", Start: webtest.Now}, steps, nil
}

func TestWaterfallIsBounded(t *testing.T) {
	w := get(t, web.New(nil, long{webtest.New()}, settings(t)), "/prompts/x")
	require.Equal(t, http.StatusOK, w.Code)
	fall := byID(parse(t, w), "fall")
	require.Contains(t, text(fall), "and 500 more steps, not shown")
	require.Contains(t, text(fall), "new_kind")
	rows := 0
	for n := range fall.Descendants() {
		if n.Data == "tr" {
			rows++
		}
		if x := attr(n, "x"); x != "" {
			require.False(t, strings.HasPrefix(x, "-"), "a bar begins on the axis")
		}
		if class := attr(n, "class"); n.Data == "th" && attr(n, "scope") == "row" {
			require.Regexp(t, `^d[0-6]$`, class)
		}
	}
	require.Equal(t, 1001, rows)
}
