package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/prometheus/promql/parser"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/cowork-otel/collector/distro/coworkctl/synthetic"
	"github.com/cowork-otel/collector/distro/grafana"
)

// TestPrometheusAnswers sends two days of synthetic events through the built collector to
// a real Prometheus, and runs all queries of the dashboards, recording rules and alerts.
// Each has an answer, and the figures equal those of the events.
func TestPrometheusAnswers(t *testing.T) {
	t.Parallel()
	end := startPrometheus(t)
	steps := stepsOf(t)
	d := startDays(t, end, time.Now().Truncate(time.Second).Add(-time.Duration(len(steps))*step))
	begin := d.now
	for _, batches := range steps {
		d.sendStep(t, batches)
	}
	for _, j := range d.jobs {
		t.Logf("%s: %d series, %d not seen at 0", j.name, len(j.series), j.missed)
	}
	page := grafana.Page{Range: fmt.Sprintf("%ds", int(d.now.Sub(begin).Seconds())), RateInterval: "1h", Interval: "1h"}
	t.Run("panels", func(t *testing.T) { d.queryPanels(t, page, begin) })
	t.Run("rules", func(t *testing.T) { d.queryRules(t, begin) })
	t.Run("figures", func(t *testing.T) { d.queryFigures(t, page) })
}

// stepsOf returns two days of synthetic events in steps. They end in the afternoon,
// during work.
func stepsOf(t *testing.T) (steps [][]synthetic.Batch) {
	t.Helper()
	morning := time.Date(2026, 11, 16, 6, 0, 0, 0, time.UTC)
	evening := morning.Add(33 * time.Hour)
	f, err := synthetic.New(synthetic.Settings{
		Seed: 4, Seats: 4, Start: morning, Until: evening, Content: synthetic.DefaultContent, Metrics: true,
	})
	require.NoError(t, err)
	for b := range f.Batches() {
		if !b.Time.Before(evening) {
			break
		}
		i := int(b.Time.Sub(morning) / step)
		for len(steps) <= i {
			steps = append(steps, nil)
		}
		steps[i] = append(steps[i], b)
	}
	return steps
}

func (d *days) queryPanels(t *testing.T, page grafana.Page, begin time.Time) {
	t.Helper()
	for _, board := range grafana.Dashboards() {
		for _, row := range board.Rows {
			for _, p := range row.Panels {
				for _, q := range p.Queries {
					expr := grafana.Fill(q.Expression(), page)
					if p.Kind.Range() {
						requireAnswer(t, d.end.span(t, expr, begin, d.now), expr)
					} else {
						requireAnswer(t, d.end.instant(t, expr, d.now), expr)
					}
				}
			}
		}
	}
}

// A ruleFile is a file of Prometheus rules.
type ruleFile struct {
	Groups []struct {
		Rules []struct{ Record, Alert, Expr string }
	}
}

// queryRules queries the expressions of all rules over the days: those of alerts without
// their comparisons, since an alert has an answer only while it fires. Prometheus itself
// evaluates all rules and stores the recorded series.
func (d *days) queryRules(t *testing.T, begin time.Time) {
	t.Helper()
	d.end.follow(t)
	for _, name := range ruleFiles {
		data, err := os.ReadFile(filepath.Join(root, "distro/prometheus", name))
		require.NoError(t, err)
		var file ruleFile
		require.NoError(t, yaml.Unmarshal(data, &file))
		for _, group := range file.Groups {
			for _, rule := range group.Rules {
				for _, expr := range compared(t, rule.Expr, rule.Alert != "") {
					requireAnswer(t, d.end.span(t, expr, begin, d.now), expr)
				}
				if rule.Record != "" {
					require.Eventually(t, func() bool { return len(d.end.instant(t, rule.Record, time.Now())) > 0 }, waitLimit, 100*time.Millisecond, "%s: %s", rule.Record, d.end.log)
				}
			}
		}
	}
	d.requireHealthy(t)
}

// requireHealthy checks that Prometheus evaluates every rule without error.
func (d *days) requireHealthy(t *testing.T) {
	t.Helper()
	require.EventuallyWithT(t, func(c *assert.CollectT) {
		var answer struct {
			Data struct {
				Groups []struct {
					Rules []struct{ Name, Health, LastError string }
				}
			}
		}
		d.end.get(t, "/api/v1/rules", &answer)
		assert.Len(c, answer.Data.Groups, 3)
		for _, group := range answer.Data.Groups {
			for _, rule := range group.Rules {
				assert.Equal(c, "ok", rule.Health, "%s: %s", rule.Name, rule.LastError)
			}
		}
	}, waitLimit, 100*time.Millisecond)
}

// compared returns the operands of an alert's comparisons and of its operators and and
// or, except absent, which has an answer only without series. It lowers the minimum
// number of calls to one, since there are few events.
func compared(t *testing.T, expr string, alert bool) (sides []string) {
	t.Helper()
	if !alert {
		return []string{expr}
	}
	var visit func(parser.Expr)
	visit = func(e parser.Expr) {
		binary, ok := e.(*parser.BinaryExpr)
		switch call, isCall := e.(*parser.Call); {
		case ok && (binary.Op.IsComparisonOperator() || binary.Op.IsSetOperator()):
			visit(binary.LHS)
			visit(binary.RHS)
		case isCall && call.Func.Name == "absent":
		default:
			parser.Inspect(e, lowerMinimum)
			sides = append(sides, e.String())
		}
	}
	node, err := parser.NewParser(parser.Options{}).ParseExpr(expr)
	require.NoError(t, err, expr)
	visit(node)
	require.NotEmpty(t, sides, expr)
	return sides
}

func lowerMinimum(node parser.Node, _ []parser.Node) error {
	if binary, ok := node.(*parser.BinaryExpr); ok && binary.Op == parser.GTE {
		if least, ok := binary.RHS.(*parser.NumberLiteral); ok {
			least.Val = 1
		}
	}
	return nil
}

var seedRow = regexp.MustCompile("(?m)^\\| `(\\w+\\(\\)[^`]*)` \\| `([^`]+)` \\|")

// queryFigures runs the queries of the README's table of the seed's figures.
func (d *days) queryFigures(t *testing.T, page grafana.Page) {
	t.Helper()
	readme, err := os.ReadFile(filepath.Join(root, "distro/prometheus/README.md"))
	require.NoError(t, err)
	want := d.want.seed()
	rows := seedRow.FindAllStringSubmatch(string(readme), -1)
	require.Len(t, rows, len(want), "the table has every figure")
	for _, row := range rows {
		field, expr := row[1], grafana.Fill(strings.ReplaceAll(row[2], `\|`, "|"), page)
		require.Contains(t, want, field)
		got := map[string]float64{}
		for _, r := range d.end.instant(t, expr, d.now) {
			var parts []string
			for _, label := range []string{"organization", "tool", "model", "user", "status_code"} {
				parts = append(parts, r.labels[label])
			}
			got[key(parts...)] = r.values[0]
		}
		require.NotEmpty(t, want[field], field)
		for by, n := range want[field] {
			require.Contains(t, got, by, "%s: %s", field, expr)
			require.InEpsilon(t, n+1, got[by]+1, 1e-9, "%s of %q: %s", field, by, expr)
		}
		if !strings.Contains(field, "[user]") { // users without an account are not counted by account
			require.Len(t, got, len(want[field]), "%s: %s", field, expr)
		}
	}
}
