package e2e

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// percentiles lists the columns of request durations by panel. The page computes them
// from sketches, which are accurate to about one in a hundred.
var percentiles = []struct {
	panel string
	by    string
	of    map[string]float64 // by column, or by a value of one
}{
	{"api_performance", "Model", map[string]float64{"p50": 0.5, "p95": 0.95, "p99": 0.99}},
	{"latency_over_time", "Time", map[string]float64{"p50": 0.5, "p95": 0.95, "p99": 0.99}},
}

// requirePercentiles compares each percentile with the durations of requests.
func (p *dashboard) requirePercentiles(t *testing.T, query string) {
	t.Helper()
	for _, c := range percentiles {
		answered := p.answer(t, c.panel, query)
		checked := 0
		for _, row := range answered.Rows {
			took := p.sum.took[answered.name(t, []string{c.by}, row)]
			for name, q := range c.of {
				ms, found := answered.percentile(t, row, name)
				if found {
					checked++
					requireQuantile(t, took, q, ms, c.panel)
				}
			}
		}
		require.NotZero(t, checked, c.panel)
	}
}

// percentile returns a percentile of a row: from the column of its name, or from the row
// of its name.
func (a *panel) percentile(t *testing.T, row []any, name string) (seconds float64, found bool) {
	t.Helper()
	if slices.ContainsFunc(a.Columns, func(c struct{ Name, Unit string }) bool { return c.Name == name }) {
		seconds, found = row[a.at(t, name)].(float64)
		return seconds, found
	}
	if row[a.at(t, "Percentile")] != name {
		return 0, false
	}
	seconds, found = row[a.at(t, "Duration")].(float64)
	return seconds, found
}

// requireQuantile checks that a number is between the two samples next to its quantile,
// within the accuracy of sketches.
func requireQuantile(t *testing.T, samples []float64, q, got float64, where string) {
	t.Helper()
	require.NotEmpty(t, samples, where)
	ordered := slices.Sorted(slices.Values(samples))
	at := q * float64(len(ordered)-1)
	least, most := ordered[int(math.Floor(at))], ordered[int(math.Ceil(at))]
	assert.True(t, got >= least*0.98 && got <= most*1.02, "%s: %v of %d: between %v and %v, is %v", where, q, len(ordered), least, most, got)
}

// requireAlerts checks the firing and the recent alerts.
func (p *dashboard) requireAlerts(t *testing.T, query string) {
	t.Helper()
	for panel, sums := range map[string]string{"alerts_firing": "firing by name", "alerts_recent": "resolved"} {
		want, got := map[string]float64{}, map[string]float64{}
		for name, n := range p.sum.sums[sums] {
			if n > 0 {
				want[name] = n
			}
		}
		answered := p.answer(t, panel, query)
		for _, row := range answered.Rows {
			got[answered.name(t, []string{"Alert"}, row)]++
		}
		require.Equal(t, want, got, panel)
	}
}
