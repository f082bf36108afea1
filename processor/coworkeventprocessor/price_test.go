package coworkeventprocessor

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/processor/coworkeventprocessor/internal/metadatatest"
)

func withPrices(prices map[string]any) func(*Config) {
	return func(c *Config) {
		err := confmap.NewFromStringMap(map[string]any{"prices": prices}).Unmarshal(c)
		if err != nil {
			panic(err)
		}
	}
}

// request returns a batch of one api_request without a cost.
func request(attributes map[string]any) plog.Logs {
	return event(func(_ plog.ResourceLogs, rec plog.LogRecord) {
		rec.Body().SetStr("claude_code.api_request")
		for key, value := range attributes {
			_ = rec.Attributes().PutEmpty(key).FromRaw(value)
		}
	})
}

func TestPrices(t *testing.T) {
	opus := map[string]any{"model": "eu.anthropic.claude-opus-4-7-v1:0", "input_tokens": "1000000", "output_tokens": 100_000, "cache_read_tokens": 10, "cache_creation_tokens": 8}
	out, tel := run(t, withPrices(map[string]any{"*opus-4-7*": map[string]any{"input": 5, "output": 25}}),
		request(opus), request(map[string]any{"model": "claude-sonnet-5"}), request(map[string]any{"model": "claude-sonnet-5", "cost_usd": "0.5"}))

	micros, _ := record(out[0]).Attributes().Get("cost_usd_micros")
	require.EqualValues(t, 5_000_000+2_500_000+5+50, micros.Int(), "tokens of the cache have a tenth and five quarters of the price of input")
	source, _ := record(out[0]).Attributes().Get(cowork.CostSourceAttribute)
	require.Equal(t, cowork.CostComputed, source.Str())
	for _, batch := range out[1:] {
		_, computed := record(batch).Attributes().Get(cowork.CostSourceAttribute)
		require.False(t, computed)
	}
	metadatatest.AssertEqualProcessorCoworkEventComputedCosts(t, tel, point(1), ignoreTime)
	metadatatest.AssertEqualProcessorCoworkEventUnknownCosts(t, tel, point(1), ignoreTime)
}

func TestPricesAreChecked(t *testing.T) {
	for want, prices := range map[string]map[string]any{
		"prices::*::input: is missing (US dollars per million tokens, for example 5)":              {"*": map[string]any{"output": 1}},
		"prices::*::output: is missing (US dollars per million tokens, for example 5)":             {"*": map[string]any{"input": 0}},
		"prices::a::cache_read: is not a price (US dollars per million tokens, from 0 to 1000000)": {"a": map[string]any{"input": 1, "output": 1, "cache_read": -1}},
		"prices::a::output: is not a price (US dollars per million tokens, from 0 to 1000000)":     {"a": map[string]any{"input": 1, "output": 1e7}},
		"prices: a pattern is empty (a model or a pattern of models, for example *opus*)":          {"": map[string]any{"input": 1, "output": 1}},
	} {
		cfg := createDefaultConfig().(*Config)
		withPrices(prices)(cfg)
		require.ErrorContains(t, confmap.Validate(cfg), want)
	}
}
