package cowork_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
)

var prices = cowork.NewPriceTable(map[string]cowork.Price{
	"*opus-4-7*":         {Input: 5, Output: 25, CacheRead: 0.5, CacheCreation: 6.25, CacheCreation1h: 10},
	"*":                  {Input: 1, Output: 1, CacheRead: 1, CacheCreation: 1, CacheCreation1h: 1},
	"claude-opus-4-7":    {Input: 2},
	"us.*-opus-4-7-v1:0": {Input: 3},
})

func TestPriceTable(t *testing.T) {
	for name, tc := range map[string]struct {
		attributes map[string]any
		micros     int64 // -1: no cost is written
	}{
		"bedrock":             {map[string]any{"model": "eu.anthropic.claude-opus-4-7-v1:0", "input_tokens": 1_000_000, "output_tokens": 100_000}, 7_500_000},
		"case is ignored":     {map[string]any{"model": "Claude-OPUS-4-7[1m]", "input_tokens": 10, "output_tokens": 0}, 50},
		"most exact pattern":  {map[string]any{"model": "claude-opus-4-7", "input_tokens": 10, "output_tokens": 0}, 20},
		"wildcard inside":     {map[string]any{"model": "us.anthropic.claude-opus-4-7-v1:0", "input_tokens": 10, "output_tokens": 0}, 30},
		"any model":           {map[string]any{"model": "other/model", "input_tokens": 10, "output_tokens": 5}, 15},
		"cache":               {map[string]any{"model": "x-opus-4-7", "input_tokens": 0, "output_tokens": 0, "cache_read_tokens": 10, "cache_creation_tokens": 8}, 55},
		"cache of an hour":    {map[string]any{"model": "x-opus-4-7", "input_tokens": 0, "output_tokens": 0, "cache_creation_tokens": 8, "cache_creation_1h_tokens": 4}, 65},
		"more than all":       {map[string]any{"model": "x-opus-4-7", "input_tokens": 0, "output_tokens": 0, "cache_creation_tokens": 8, "cache_creation_1h_tokens": 40}, 80},
		"rounded":             {map[string]any{"model": "x-opus-4-7", "input_tokens": 0, "output_tokens": 0, "cache_read_tokens": 1}, 1},
		"negative tokens":     {map[string]any{"model": "x-opus-4-7", "input_tokens": -10, "output_tokens": 1}, 25},
		"has a cost":          {map[string]any{"model": "claude-opus-4-7", "input_tokens": 10, "output_tokens": 0, "cost_usd": 0.5}, -1},
		"has a cost of zero":  {map[string]any{"model": "claude-opus-4-7", "input_tokens": 10, "output_tokens": 0, "cost_usd_micros": 0}, -1},
		"no model":            {map[string]any{"input_tokens": 10, "output_tokens": 5}, -1},
		"no tokens":           {map[string]any{"model": "claude-opus-4-7"}, -1},
		"more than a billion": {map[string]any{"model": "claude-opus-4-7", "input_tokens": 1 << 62, "output_tokens": 0}, -1},
	} {
		t.Run(name, func(t *testing.T) {
			rec := plog.NewLogRecord()
			require.NoError(t, rec.Attributes().FromRaw(tc.attributes))
			rec.SetEventName("api_request")
			request, ok := cowork.APIRequestOf(cowork.EventOf(pcommon.NewResource(), pcommon.NewInstrumentationScope(), rec))
			require.True(t, ok)

			completed := prices.Complete(request)

			require.Equal(t, tc.micros >= 0, completed)
			source, marked := rec.Attributes().Get(cowork.CostSourceAttribute)
			require.Equal(t, completed, marked)
			if !completed {
				return
			}
			assert.Equal(t, cowork.CostComputed, source.Str())
			micros, _ := request.CostMicros()
			assert.Equal(t, tc.micros, micros)
			usd, _ := request.Float("cost_usd")
			assert.InDelta(t, float64(tc.micros)/1e6, usd, 1e-12)
			assert.False(t, prices.Complete(request), "a second time changes nothing")
		})
	}
}

func TestPriceTableIsDeterministic(t *testing.T) {
	for range 50 {
		table := cowork.NewPriceTable(map[string]cowork.Price{"a*": {Input: 1}, "*a": {Input: 2}})
		rec := plog.NewLogRecord()
		require.NoError(t, rec.Attributes().FromRaw(map[string]any{"model": "a", "input_tokens": 1, "output_tokens": 0}))
		rec.SetEventName("api_request")
		request, _ := cowork.APIRequestOf(cowork.EventOf(pcommon.NewResource(), pcommon.NewInstrumentationScope(), rec))
		require.True(t, table.Complete(request))
		micros, _ := request.CostMicros()
		require.EqualValues(t, 2, micros, "of equal patterns the first in the alphabet")
	}
}
