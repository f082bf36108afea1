package samefigures

import (
	"context"
	"math"
	"strings"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/answer"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/metric"
	"github.com/cowork-otel/collector/internal/prompt"
)

// Figures are the sums of each user by name. Those that are 0 are absent.
type figures map[string]map[string]int64

// unknownUser is the page's name of users without a name.
const unknownUser = "(unknown)"

// nameBytes is the length at which all texts are compared: summaries, metrics and the page
// cut names at different lengths.
const nameBytes = 100

func (f figures) add(user, name string, n int64) {
	if n == 0 {
		return
	}
	if user == "" {
		user = unknownUser
	}
	user = user[:min(len(user), nameBytes)]
	if f[user] == nil {
		f[user] = map[string]int64{}
	}
	f[user][name] += n
}

// ofMetrics returns the figures in the points of cowork_metrics.
func ofMetrics(md pmetric.Metrics) figures {
	all := figures{}
	for _, m := range md.ResourceMetrics().At(0).ScopeMetrics().At(0).Metrics().All() {
		if m.Type() == pmetric.MetricTypeHistogram {
			for _, p := range m.Histogram().DataPoints().All() {
				addPoint(all, m.Name(), p.Attributes(), float64(p.Count()))
			}
			continue
		}
		for _, p := range m.Sum().DataPoints().All() {
			value := p.DoubleValue()
			if p.ValueType() == pmetric.NumberDataPointValueTypeInt {
				value = float64(p.IntValue())
			}
			addPoint(all, m.Name(), p.Attributes(), value)
		}
	}
	return all
}

// addPoint adds the value of a point, and the count of a histogram, to its figures.
func addPoint(to figures, name string, attrs pcommon.Map, value float64) {
	label := func(key string) string {
		if v, ok := attrs.Get(key); ok {
			return v.AsString()
		}
		return ""
	}
	user, n := label("user"), int64(math.Round(value))
	switch name {
	case "cowork.cost":
		to.add(user, "cost_micros", int64(math.Round(value*1e6)))
	case "cowork.token.usage":
		to.add(user, label("type"), n)
	case "cowork.api.request.duration": // every request of the stream has one
		if label("outcome") == "ok" {
			to.add(user, "requests", n)
		}
	case "cowork.api.errors":
		to.add(user, "errors", n)
	case "cowork.tool.duration": // every call of the stream has one
		to.add(user, "calls", n)
		if label("outcome") == "error" {
			to.add(user, "failures", n)
		}
	case "cowork.tool.decisions":
		if label("decision") == "reject" {
			to.add(user, "rejections", n)
		}
	}
}

// summaryKeys are the attributes of a summary besides the cost.
var summaryKeys = map[string]string{
	"requests": "api_request_count", "errors": "api_error_count",
	"input": "input_tokens", "output": "output_tokens", "cache_read": "cache_read_tokens", "cache_creation": "cache_creation_tokens",
	"calls": "tool_count", "failures": "tool_failure_count", "rejections": "tool_reject_count",
}

// ofSummaries returns the figures in the summaries of prompts.
func ofSummaries(batches []plog.Logs) figures {
	all := figures{}
	for _, ld := range batches {
		for e := range cowork.Events(ld) {
			for name, key := range summaryKeys {
				n, _ := e.Int("cowork.prompt." + key)
				all.add(e.User(), name, n)
			}
			usd, _ := e.Float("cowork.prompt.cost_usd")
			all.add(e.User(), "cost_micros", int64(math.Round(usd*1e6)))
		}
	}
	return all
}

// The sums of the page.
var (
	usageSums = []string{"requests", "errors", "cost_micros", "input", "output", "cache_read", "cache_creation"}
	toolSums  = []string{"calls", "failures", "rejections"}
)

// ofPanels returns the figures that panels by user show for a filter, until noon.
func ofPanels(ctx context.Context, t require.TestingT, db *database.DB, f report.Filter) figures {
	source := answer.New(db, answer.Settings{
		Zone: time.UTC, Hours: 14 * 24 * time.Hour, Now: func() time.Time { return noon }, State: func() report.State { return report.State{} },
	})
	f.To, f.Zone = noon.Add(time.Hour), time.UTC
	all := figures{}
	for fact, sums := range map[string][]string{"usage": usageSums, "tool_calls": toolSums} {
		p := report.Panel{
			ID: fact, Shape: report.Bar, Columns: []report.Column{{Name: "user", Value: "user"}},
			Query: report.Query{Fact: fact, By: []string{"user"}, Sums: sums},
		}
		for _, sum := range sums {
			p.Columns = append(p.Columns, report.Column{Name: sum, Type: report.Number, Value: sum})
		}
		table, err := source.Answer(ctx, p, f, 1000)
		require.NoError(t, err)
		require.Zero(t, table.Cut)
		for _, row := range table.Rows {
			for i, sum := range sums {
				n, _ := row[i+1].(int64)
				all.add(row[0].(string), sum, n)
			}
		}
	}
	return all
}

// ofTables returns the figures in tables with users: of usage and tool calls, of
// activity, or of prompts.
func ofTables(ctx context.Context, t require.TestingT, db *database.DB, organization string, tables map[string][]string) figures {
	var all figures
	require.NoError(t, db.Read(ctx, func(ctx context.Context, tx *database.Tx) error {
		all = figures{}
		for table, columns := range tables {
			rows, err := tx.Query(ctx, "select u.name, "+strings.Join(columns, ", ")+" from "+table+
				" join names u on u.id = user_id join names o on o.id = organization_id where o.name = $1", organization)
			if err != nil {
				return err
			}
			defer func() { _ = rows.Close() }()
			for rows.Next() {
				var user string
				numbers, to := make([]int64, len(columns)), []any{&user}
				for i := range numbers {
					to = append(to, &numbers[i])
				}
				if err := rows.Scan(to...); err != nil {
					return err
				}
				for i, column := range columns {
					all.add(user, asInUsage(column), numbers[i])
				}
			}
			if err := rows.Err(); err != nil {
				return err
			}
		}
		return nil
	}))
	return all
}

// asInUsage returns the name of a sum whose column in prompts has another one.
func asInUsage(column string) string {
	switch column {
	case "tools":
		return "calls"
	case "tool_failures":
		return "failures"
	case "tool_rejections":
		return "rejections"
	}
	return column
}

// A collector counts a stream in three ways.
type collector struct {
	accumulator *metric.Accumulator
	reader      *metric.Reader
	tracker     *prompt.Tracker
	summaries   []plog.Logs
}

func newCollector() *collector {
	plan := metric.NewPlan(metric.Settings{Dimensions: []string{"user"}, MaxSeries: 10_000, Delta: true})
	return &collector{
		accumulator: plan.NewAccumulator(pcommon.NewTimestampFromTime(noon)), reader: plan.NewReader(),
		tracker: prompt.NewTracker(prompt.Settings{Idle: time.Minute, MaxOpen: 100, Remember: 1000 * time.Hour}),
	}
}

// count adds a batch to the metrics.
func (c *collector) count(ld plog.Logs) {
	c.reader.Read(ld)
	c.accumulator.Add(c.reader, pcommon.NewTimestampFromTime(noon))
	c.reader.Reset()
}

// summarize returns the summaries of the prompts that were closed.
func (c *collector) summarize() plog.Logs {
	ld := prompt.Summaries(c.tracker.Take(nil), func(pcommon.InstrumentationScope) {})
	c.summaries = append(c.summaries, ld)
	return ld
}

func (c *collector) metrics() pmetric.Metrics {
	return c.accumulator.Take(pcommon.NewTimestampFromTime(noon.Add(time.Minute))).Metrics(func(pcommon.InstrumentationScope) {})
}
