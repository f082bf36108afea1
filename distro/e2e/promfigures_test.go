package e2e

import (
	"strings"

	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
)

// figures holds the sums of events that the test computes: by name of the figure and by
// group.
type figures struct {
	events int
	sums   map[string]map[string]float64
}

func (f *figures) count(what string, n float64, parts ...string) {
	if f.sums == nil {
		f.sums = map[string]map[string]float64{}
	}
	if f.sums[what] == nil {
		f.sums[what] = map[string]float64{}
	}
	f.sums[what][key(parts...)] += n
}

// key joins the parts of a group. It omits empty parts, as Prometheus omits empty
// labels.
func key(parts ...string) string {
	return strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
}

func (f *figures) add(ld plog.Logs) {
	for e := range cowork.Events(ld) {
		f.events++
		if add := adders[e.Name()]; add != nil {
			add(f, e)
		}
	}
}

var adders = map[string]func(*figures, cowork.Event){
	"user_prompt": func(f *figures, e cowork.Event) {
		f.count("prompts", 1, e.Dimension("organization"))
	},
	"api_request": func(f *figures, e cowork.Event) {
		r, _ := cowork.APIRequestOf(e)
		micros, _ := r.CostMicros()
		usd, model, account := float64(micros)/1e6, e.Dimension("model"), e.Dimension("user.account_uuid")
		f.count("cost", usd)
		f.count("cost by model", usd, model)
		f.count("answered", 1)
		f.count("cost by organization", usd, e.Dimension("organization"))
		f.count("answered by organization", 1, e.Dimension("organization"))
		if account != "" {
			f.count("cost by user", usd, account)
			f.count("answered by user", 1, account)
			f.count("cost by model and user", usd, model, account)
		}
		f.request(e)
		for _, name := range []string{"input_tokens", "output_tokens", "cache_read_tokens", "cache_creation_tokens"} {
			n, _ := e.Int(name)
			f.count(name, float64(n), model)
		}
	},
	"api_error": func(f *figures, e cowork.Event) {
		f.request(e)
		f.count("errors", 1, e.Dimension("model"))
		status := e.Dimension("status_code")
		f.count("errors by status", 1, e.Dimension("model"), status)
	},
	"tool_result": func(f *figures, e cowork.Event) {
		tool := e.Dimension("tool")
		ms, _ := e.Float("duration_ms")
		f.count("calls", 1, tool)
		f.count("milliseconds of calls", ms, tool)
		f.count("successes", 0, tool)
		if ok, _ := e.Bool("success"); ok {
			f.count("successes", 1, tool)
		}
	},
}

// request counts an answered or failed request.
func (f *figures) request(e cowork.Event) {
	ms, _ := e.Float("duration_ms")
	f.count("requests", 1, e.Dimension("model"))
	f.count("milliseconds of requests", ms, e.Dimension("model"))
	f.count("errors", 0, e.Dimension("model"))
}

// ratio divides figures.
func (f *figures) ratio(over string, under ...string) map[string]float64 {
	ratios := map[string]float64{}
	for by := range f.sums[under[0]] {
		sum := 0.0
		for _, u := range under {
			sum += f.sums[u][by]
		}
		if sum > 0 {
			ratios[by] = f.sums[over][by] / sum
		}
	}
	return ratios
}

// seed returns the fields of the seed's summaries, by their names in the README of
// distro/prometheus.
func (f *figures) seed() map[string]map[string]float64 {
	return map[string]map[string]float64{
		"cost_total().total_cost_usd":                               f.sums["cost"],
		"cost_total().avg_cost_per_request":                         f.ratio("cost", "answered"),
		"cost_total().models":                                       f.sums["cost by model"],
		"cost_by_user()[user].total_cost_usd":                       f.sums["cost by user"],
		"cost_by_user()[user].avg_cost_per_request":                 f.ratio("cost by user", "answered by user"),
		"cost_by_user()[user].models":                               f.sums["cost by model and user"],
		"cost_by_organization()[organization].total_cost_usd":       f.sums["cost by organization"],
		"cost_by_organization()[organization].avg_cost_per_request": f.ratio("cost by organization", "answered by organization"),
		"tool_usage()[tool].invocation_count":                       f.sums["calls"],
		"tool_usage()[tool].success_rate":                           f.ratio("successes", "calls"),
		"tool_usage()[tool].avg_duration_ms":                        f.ratio("milliseconds of calls", "calls"),
		"api_performance()[model].request_count":                    f.sums["requests"],
		"api_performance()[model].error_rate":                       f.ratio("errors", "requests"),
		"api_performance()[model].avg_duration_ms":                  f.ratio("milliseconds of requests", "requests"),
		"api_performance()[model].status_code_counts":               f.sums["errors by status"],
		"cache_efficiency()[model].cache_hit_ratio":                 f.ratio("cache_read_tokens", "input_tokens", "cache_read_tokens", "cache_creation_tokens"),
		"cache_efficiency()[model].total_cache_read_tokens":         f.sums["cache_read_tokens"],
		"cache_efficiency()[model].total_cache_creation_tokens":     f.sums["cache_creation_tokens"],
	}
}
