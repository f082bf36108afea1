package cowork

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strings"
)

// CostSourceAttribute has the value CostComputed on an api_request whose cost this
// collector computed.
const (
	CostSourceAttribute = "cost_source"
	CostComputed        = "computed"
)

// A Price is what a model costs, in US dollars per million tokens.
type Price struct {
	Input           float64
	Output          float64
	CacheRead       float64
	CacheCreation   float64 // of tokens kept for five minutes, and where the client sends no split
	CacheCreation1h float64 // of tokens kept for an hour
}

// A PriceTable has the prices of models by pattern.
type PriceTable struct{ rows []priceRow }

type priceRow struct {
	model *regexp.Regexp
	exact int // number of characters that are not wildcards
	text  string
	price Price
}

// NewPriceTable returns a table of prices by model. In the pattern of a model, * matches
// any text. The pattern with the most other characters applies to a model. Patterns ignore case.
func NewPriceTable(prices map[string]Price) *PriceTable {
	t := &PriceTable{}
	for pattern, price := range prices {
		text := strings.ReplaceAll(regexp.QuoteMeta(pattern), `\*`, ".*")
		t.rows = append(t.rows, priceRow{
			model: regexp.MustCompile("(?is)^" + text + "$"),
			exact: len(pattern) - strings.Count(pattern, "*"),
			text:  pattern,
			price: price,
		})
	}
	slices.SortFunc(t.rows, func(a, b priceRow) int {
		return cmp.Or(cmp.Compare(b.exact, a.exact), cmp.Compare(a.text, b.text))
	})
	return t
}

// Complete writes the cost of an api_request that has none, and its source. It returns
// false for a request that has a cost, has a model without a price, or has no tokens.
func (t *PriceTable) Complete(r APIRequest) bool {
	if _, known := r.CostMicros(); known || r.Model() == "" {
		return false
	}
	price, ok := t.price(r.Model())
	if !ok {
		return false
	}
	micros, ok := price.micros(r)
	if !ok {
		return false
	}
	attributes := r.Record().Attributes()
	attributes.PutDouble("cost_usd", float64(micros)/microsPerUSD)
	attributes.PutInt("cost_usd_micros", micros)
	attributes.PutStr(CostSourceAttribute, CostComputed)
	return true
}

func (t *PriceTable) price(model string) (Price, bool) {
	for _, row := range t.rows {
		if row.model.MatchString(model) {
			return row.price, true
		}
	}
	return Price{}, false
}

// micros returns the cost of a request in millionths of a dollar. A price per million
// tokens is a price in millionths per token.
func (p Price) micros(r APIRequest) (int64, bool) {
	hour := min(tokens(r, "cache_creation_1h_tokens"), tokens(r, "cache_creation_tokens"))
	sum := 0.0
	for _, part := range []struct{ count, price float64 }{
		{tokens(r, "input_tokens"), p.Input},
		{tokens(r, "output_tokens"), p.Output},
		{tokens(r, "cache_read_tokens"), p.CacheRead},
		{tokens(r, "cache_creation_tokens") - hour, p.CacheCreation},
		{hour, p.CacheCreation1h},
	} {
		sum += part.count * part.price
	}
	_, in := r.InputTokens()
	_, out := r.OutputTokens()
	if !in && !out || sum > maxCostUSD*microsPerUSD {
		return 0, false
	}
	return int64(math.Round(sum)), true
}

// tokens returns a count of tokens, 0 if it is absent or negative.
func tokens(r APIRequest, attribute string) float64 {
	n, _ := r.Int(attribute)
	return float64(max(n, 0))
}
