package prompts

import (
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/encode"
)

// A listJSON is one page of prompts in JSON. Before is the value of the parameter before for
// the next page.
type listJSON struct {
	Filter  encode.Filter `json:"filter"`
	Prompts []promptJSON  `json:"prompts"`
	Before  string        `json:"before,omitempty"`
}

type promptJSON struct {
	ID            string    `json:"id"`
	Session       string    `json:"session"`
	User          string    `json:"user"`
	Organization  string    `json:"organization"`
	Start         time.Time `json:"start"`
	Seconds       float64   `json:"duration_s"`
	CostUSD       *float64  `json:"cost_usd"` // null if it is not known
	Unpriced      int64     `json:"unpriced_requests"`
	Tokens        int64     `json:"tokens"` // with the cache
	InputTokens   int64     `json:"input_tokens"`
	OutputTokens  int64     `json:"output_tokens"`
	CacheRead     int64     `json:"cache_read_tokens"`
	CacheCreation int64     `json:"cache_creation_tokens"`
	Requests      int64     `json:"requests"`
	Errors        int64     `json:"errors"`
	Tools         int64     `json:"tools"`
	ToolFailures  int64     `json:"tool_failures"`
	ToolRejects   int64     `json:"tool_rejects"`
	Models        []string  `json:"models"`
	Closed        bool      `json:"closed"`
	Cut           int64     `json:"steps_not_kept"`
}

// JSON returns a page of prompts for JSON.
func (p Page) JSON(f report.Filter) any {
	out := listJSON{Filter: encode.NewFilter(f), Prompts: make([]promptJSON, len(p.prompts)), Before: p.before()}
	for i, p := range p.prompts {
		out.Prompts[i] = promptJSON{
			ID: p.ID, Session: p.Session, User: p.User, Organization: p.Organization,
			Start: p.Start.UTC(), Seconds: p.Duration.Seconds(),
			CostUSD: costUSD(p), Unpriced: p.Unpriced,
			Tokens: allTokens(p), InputTokens: p.InputTokens, OutputTokens: p.OutputTokens, CacheRead: p.CacheRead, CacheCreation: p.CacheCreated,
			Requests: p.Requests, Errors: p.Errors, Tools: p.Tools, ToolFailures: p.ToolFailures, ToolRejects: p.ToolRejects,
			Models: append([]string{}, p.Models...), Closed: p.Closed, Cut: p.Cut,
		}
	}
	return out
}
