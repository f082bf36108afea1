package prompts

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/chart"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

type (
	query  = urlquery.Query
	prompt = report.Prompt
)

// promptKind is the list of prompts.
var promptKind = kind[prompt]{
	title: "Prompts", path: "/prompts", file: "/api/prompts", unit: "{prompt}", head: "id",
	stored: "Only the latest prompts are stored; the figures of the other pages include all.",
	columns: []column[prompt]{
		{title: "Start", key: "start", cells: func(q *query, p prompt) []chart.Cell { return one(chart.Time(q, p.Start)) }, value: func(p prompt) any { return p.Start }},
		{title: "Prompt", key: "id", cells: func(q *query, p prompt) []chart.Cell { return one(promptCell(q, p.ID)) }, value: func(p prompt) any { return p.ID }},
		{title: "Session", key: "session", cells: func(q *query, p prompt) []chart.Cell { return one(SessionCell(q, p.Session)) }, value: func(p prompt) any { return p.Session }},
		{title: "User", key: "user", cells: func(q *query, p prompt) []chart.Cell { return name("user")(q, p.User) }, value: func(p prompt) any { return p.User }},
		{title: "Team", key: "team", cells: func(q *query, p prompt) []chart.Cell { return name("team")(q, p.Team) }, value: func(p prompt) any { return p.Team }},
		{title: "Organization", value: func(p prompt) any { return p.Organization }},
		{title: "Models", key: "models", cells: modelCells, value: func(p prompt) any { return strings.Join(p.Models, ", ") }},
		{title: "Outcome", key: "outcome", cells: func(q *query, p prompt) []chart.Cell { return outcomeCells(p.Outcomes(q.Now)) }},
		{title: "Cost", key: "cost", unit: "USD", right: true, cells: func(_ *query, p prompt) []chart.Cell { return one(costCell(p)) }, value: func(p prompt) any { return knownUSD(p.CostUSD, p.Unpriced) }},
		{title: "Tokens", key: "tokens", right: true, cells: func(_ *query, p prompt) []chart.Cell { return one(tokenCell(p)) }, value: func(p prompt) any { return allTokens(p) }},
		{title: "Input tokens", value: func(p prompt) any { return p.InputTokens }},
		{title: "Output tokens", value: func(p prompt) any { return p.OutputTokens }},
		{title: "Cache tokens", value: func(p prompt) any { return p.CacheRead + p.CacheCreated }},
		{title: "Requests", key: "requests", right: true, cells: func(_ *query, p prompt) []chart.Cell { return one(count(p.Requests, "{request}")) }, value: func(p prompt) any { return p.Requests }},
		{title: "Tools", key: "tools", right: true, cells: func(_ *query, p prompt) []chart.Cell { return one(count(p.Tools, "{call}")) }, value: func(p prompt) any { return p.Tools }},
		{title: "Failures", key: "errors", right: true, cells: func(_ *query, p prompt) []chart.Cell { return one(count(p.Errors+p.ToolFailures, "{failure}")) }, value: func(p prompt) any { return p.Errors + p.ToolFailures }},
		{title: "Rejections", value: func(p prompt) any { return p.ToolRejects }},
		{title: "Refusals", value: func(p prompt) any { return p.Refusals }},
		{title: "Duration", key: "duration", unit: "s", right: true, cells: func(_ *query, p prompt) []chart.Cell { return one(chart.Number(p.Duration.Seconds(), "s")) }, value: func(p prompt) any { return p.Duration.Seconds() }},
	},
}

// NewPromptList returns the view of a page of prompts, or of the error in its place.
func NewPromptList(q *query, s report.Search, found report.Found[prompt], err error) List {
	return promptKind.newList(q, s, found, err)
}

// PromptTable returns a page of prompts as CSV has it. The outcomes are those at a time.
func PromptTable(found report.Found[prompt], now time.Time) report.Table {
	k := promptKind
	k.columns = slices.Clone(k.columns)
	for i := range k.columns {
		if k.columns[i].key == "outcome" {
			k.columns[i].value = func(p prompt) any { return format.List(namesOf(p.Outcomes(now))) }
		}
	}
	return k.table(found)
}

// promptCell returns the beginning of a prompt's id, which links to its page.
func promptCell(q *query, id string) chart.Cell {
	return linked(shortID(id), q.Link("/prompts/"+url.PathEscape(id)))
}

// SessionCell returns the beginning of a session's id, which links to its page.
func SessionCell(q *query, id string) chart.Cell {
	if !urlquery.Valid(id) {
		return shortID(id)
	}
	return linked(shortID(id), q.Link("/session", "session", id))
}

// shortID returns the beginning of an id.
func shortID(id string) chart.Cell {
	if id == "" {
		return chart.Empty
	}
	c := chart.Cell{Kind: "text"}
	c.Text, _ = format.Name(format.Truncate(id, 9))
	if full, _ := format.Name(id); full != c.Text {
		c.Title = full
	}
	return c
}

func modelCells(q *query, p prompt) (cells []chart.Cell) {
	for _, m := range p.Models {
		cells = append(cells, chart.Text(q, m, "model"))
	}
	if len(cells) == 0 {
		return one(chart.Empty)
	}
	return cells
}

// outcomeBadges are the colors of the outcomes.
var outcomeBadges = map[report.Outcome]string{
	report.OutcomeFailed: "bad", report.OutcomeRefused: "bad", report.OutcomeRejected: "warn", report.OutcomeOpen: "open",
}

// outcomeTexts are the words for outcomes that differ from their names.
var outcomeTexts = map[report.Outcome]string{report.OutcomeOpen: "in progress"}

func outcomeCells(outcomes []report.Outcome) (cells []chart.Cell) {
	for _, o := range outcomes {
		c := chart.Cell{Kind: "text", Text: string(o), Badge: outcomeBadges[o]}
		if text := outcomeTexts[o]; text != "" {
			c.Text = text
		}
		cells = append(cells, c)
	}
	return cells
}

func namesOf(outcomes []report.Outcome) (names []string) {
	for _, o := range outcomes {
		names = append(names, string(o))
	}
	return names
}

// tokenCell returns the tokens of a prompt, with their parts in the title.
func tokenCell(p prompt) chart.Cell {
	c := count(allTokens(p), "{token}")
	c.Title = format.CountNoun(p.InputTokens, "{token}") + " input, " + format.CountNoun(p.OutputTokens, "{token}") + " output, " +
		format.CountNoun(p.CacheRead+p.CacheCreated, "{token}") + " of the cache"
	return c
}

// knownCost reports whether a cost is known in part at least. A client does not send the
// cost of every model.
func knownCost(usd float64, unpriced int64) bool { return unpriced == 0 || usd > 0 }

// knownUSD returns a cost, nil if it is not known.
func knownUSD(usd float64, unpriced int64) any {
	if !knownCost(usd, unpriced) {
		return nil
	}
	return usd
}

// costCell returns the cost of a prompt: a lower bound if some of its requests have no
// known cost, and "not known" if that is all of them.
func costCell(p prompt) chart.Cell { return costOf(p.CostUSD, p.Unpriced) }

func costOf(usd float64, unpriced int64) chart.Cell {
	if !knownCost(usd, unpriced) {
		return chart.UnknownCost
	}
	c := chart.Number(usd, "USD")
	if unpriced > 0 {
		c.Text = "at least " + c.Text
		c.Title = unpricedText(unpriced)
	}
	return c
}

// unpricedText describes the requests without a known cost.
func unpricedText(n int64) string { return format.CountNoun(n, "{request}") + " without a known cost" }

// allTokens returns the tokens of a prompt, as the panels count them: with the cache.
func allTokens(p prompt) int64 {
	return p.InputTokens + p.OutputTokens + p.CacheRead + p.CacheCreated
}

// A promptJSON is a prompt in JSON.
type promptJSON struct {
	prompt
	Models   []string `json:"models"`
	Modes    []string `json:"permission_modes"`
	Outcomes []string `json:"outcomes"`
	Seconds  float64  `json:"duration_s"`
	CostUSD  any      `json:"cost_usd"` // null if it is not known
	Tokens   int64    `json:"tokens"`   // with the cache
}

// ListJSON returns a list of prompts for JSON, with their outcomes at a time.
func ListJSON(list []prompt, now time.Time) any {
	out := make([]promptJSON, len(list))
	for i, p := range list {
		p.Start = p.Start.UTC()
		out[i] = promptJSON{
			prompt: p, Models: append([]string{}, p.Models...), Modes: append([]string{}, p.Modes...), Outcomes: namesOf(p.Outcomes(now)),
			Seconds: p.Duration.Seconds(), Tokens: allTokens(p), CostUSD: knownUSD(p.CostUSD, p.Unpriced),
		}
	}
	return out
}
