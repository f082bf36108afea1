package prompts

import (
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
	report.Prompt
	Models  []string `json:"models"`
	Seconds float64  `json:"duration_s"`
	CostUSD *float64 `json:"cost_usd"` // null if it is not known
	Tokens  int64    `json:"tokens"`   // with the cache
}

// JSON returns a page of prompts for JSON.
func (p Page) JSON(f report.Filter) any {
	out := listJSON{encode.NewFilter(f), make([]promptJSON, len(p.prompts)), p.before()}
	for i, p := range p.prompts {
		p.Start = p.Start.UTC()
		one := promptJSON{Prompt: p, Models: append([]string{}, p.Models...), Seconds: p.Duration.Seconds(), Tokens: allTokens(p)}
		if knownCost(p) {
			one.CostUSD = &p.CostUSD
		}
		out.Prompts[i] = one
	}
	return out
}
