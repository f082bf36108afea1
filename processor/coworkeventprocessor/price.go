package coworkeventprocessor

import (
	"errors"
	"fmt"

	"github.com/cowork-otel/collector/internal/cowork"
)

// The prices of the cache relative to that of input, in the list prices of the API.
const (
	cacheReadRatio       = 0.1
	cacheCreationRatio   = 1.25
	cacheCreation1hRatio = 2
)

// check reports what is wrong with the price of a pattern.
func (p Price) check(pattern string) error {
	where := "prices::" + pattern
	if pattern == "" {
		return errors.New("prices: a pattern is empty (a model or a pattern of models, for example *opus*)")
	}
	var errs []error
	for _, part := range []struct {
		key      string
		price    *float64
		required bool
	}{
		{"input", p.Input, true},
		{"output", p.Output, true},
		{"cache_read", p.CacheRead, false},
		{"cache_creation", p.CacheCreation, false},
		{"cache_creation_1h", p.CacheCreation1h, false},
	} {
		switch {
		case part.price == nil && part.required:
			errs = append(errs, fmt.Errorf("%s::%s: is missing (US dollars per million tokens, for example 5)", where, part.key))
		case part.price != nil && !(*part.price >= 0 && *part.price <= maxPrice):
			errs = append(errs, fmt.Errorf("%s::%s: is not a price (US dollars per million tokens, from 0 to %d)", where, part.key, maxPrice))
		}
	}
	return errors.Join(errs...)
}

const maxPrice = 1_000_000

// priceTable returns the table of prices, with the defaults of those that are absent.
func priceTable(prices map[string]Price) *cowork.PriceTable {
	table := make(map[string]cowork.Price, len(prices))
	for pattern, p := range prices {
		table[pattern] = cowork.Price{
			Input:           *p.Input,
			Output:          *p.Output,
			CacheRead:       valueOr(p.CacheRead, *p.Input*cacheReadRatio),
			CacheCreation:   valueOr(p.CacheCreation, *p.Input*cacheCreationRatio),
			CacheCreation1h: valueOr(p.CacheCreation1h, *p.Input*cacheCreation1hRatio),
		}
	}
	return cowork.NewPriceTable(table)
}

func valueOr(price *float64, otherwise float64) float64 {
	if price == nil {
		return otherwise
	}
	return *price
}

// completeCost computes the cost of a request without one.
func (b *batch) completeCost(ev cowork.Event) {
	request, ok := cowork.APIRequestOf(ev)
	if !ok {
		return
	}
	if b.prices.Complete(request) {
		b.counters.computed++
	} else if _, known := request.CostMicros(); !known {
		b.counters.unpriced++
	}
}
