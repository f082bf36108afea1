package prompts

import (
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/chart"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
)

// knownCost reports whether the cost of a prompt is known in part at least. A client does
// not send the cost of every model.
func knownCost(p report.Prompt) bool { return p.Unpriced == 0 || p.CostUSD > 0 }

// costCell returns the cost of a prompt: a lower bound if some of its requests have no
// known cost, and "not known" if that is all of them.
func costCell(p report.Prompt) chart.Cell {
	if !knownCost(p) {
		return chart.UnknownCost
	}
	c := chart.Decimal(p.CostUSD, "USD")
	if p.Unpriced > 0 {
		c.Text = "at least " + c.Text
		c.Title = unpricedText(p)
	}
	return c
}

// unpricedText describes the requests of a prompt without a known cost, "" if there are none.
func unpricedText(p report.Prompt) string {
	if p.Unpriced == 0 {
		return ""
	}
	return format.CountNoun(p.Unpriced, "{request}") + " without a known cost"
}

// cacheTokens returns the tokens that were read from the cache or written to it.
func cacheTokens(p report.Prompt) int64 { return p.CacheRead + p.CacheCreated }

// allTokens returns the tokens of a prompt, as the panels count them: with the cache.
func allTokens(p report.Prompt) int64 { return p.InputTokens + p.OutputTokens + cacheTokens(p) }
