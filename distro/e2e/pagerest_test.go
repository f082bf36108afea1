package e2e

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// percentiles are the columns that tell how long requests took, by panel: a percentile is
// no sum, and the page's are of sketches, which are right to about one in a hundred.
var percentiles = []struct {
	panel string
	by    string
	of    map[string]float64 // by column, or by what stands in one
}{
	{"api_performance", "Model", map[string]float64{"p50": 0.5, "p95": 0.95, "p99": 0.99}},
	{"latency_over_time", "Time", map[string]float64{"p50": 0.5, "p95": 0.95, "p99": 0.99}},
}

// requirePercentiles checks how long requests took against each of them.
func (p *dashboard) requirePercentiles(t *testing.T, query string) {
	t.Helper()
	for _, c := range percentiles {
		answered := p.answer(t, c.panel, query)
		checked := 0
		for _, row := range answered.Rows {
			took := p.sum.took[answered.name(t, []string{c.by}, row)]
			for name, q := range c.of {
				ms, told := answered.percentile(t, row, name)
				if told {
					checked++
					requireQuantile(t, took, q, ms, c.panel)
				}
			}
		}
		require.NotZero(t, checked, c.panel)
	}
}

// percentile returns a row's, from the column of its name or, where rows have one each,
// if the row has that.
func (a *panel) percentile(t *testing.T, row []any, name string) (seconds float64, told bool) {
	t.Helper()
	if slices.ContainsFunc(a.Columns, func(c struct{ Name, Unit string }) bool { return c.Name == name }) {
		seconds, told = row[a.at(t, name)].(float64)
		return seconds, told
	}
	if row[a.at(t, "Percentile")] != name {
		return 0, false
	}
	seconds, told = row[a.at(t, "Duration")].(float64)
	return seconds, told
}

// requireQuantile checks that a number lies between the two samples that its quantile
// is between, or as near as sketches come.
func requireQuantile(t *testing.T, samples []float64, q, got float64, where string) {
	t.Helper()
	require.NotEmpty(t, samples, where)
	ordered := slices.Sorted(slices.Values(samples))
	at := q * float64(len(ordered)-1)
	least, most := ordered[int(math.Floor(at))], ordered[int(math.Ceil(at))]
	assert.True(t, got >= least*0.98 && got <= most*1.02, "%s: %v of %d: between %v and %v, is %v", where, q, len(ordered), least, most, got)
}

// requireAlerts checks which alerts fire, and which did.
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
