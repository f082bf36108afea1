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

	coworkctl "github.com/cowork-otel/collector/distro/coworkctl/synthetic"
	"github.com/cowork-otel/collector/distro/grafana"
)

// TestPrometheusAnswers tells two days of a fleet through the built collector to a
// real Prometheus, and asks it everything that the dashboards, the recording rules and
// the alerts ask. All of it has an answer, and the figures are those of the events.
func TestPrometheusAnswers(t *testing.T) {
	t.Parallel()
	end := startPrometheus(t)
	steps := stepsOf(t)
	d := startDays(t, end, time.Now().Truncate(time.Second).Add(-time.Duration(len(steps))*step))
	begin := d.now
	for _, batches := range steps {
		d.tell(t, batches)
	}
	for _, j := range d.jobs {
		t.Logf("%s: %d series, %d not seen at 0", j.name, len(j.series), j.missed)
	}
	page := grafana.Page{Range: fmt.Sprintf("%ds", int(d.now.Sub(begin).Seconds())), RateInterval: "1h", Interval: "1h"}
	t.Run("panels", func(t *testing.T) { d.askPanels(t, page, begin) })
	t.Run("rules", func(t *testing.T) { d.askRules(t, begin) })
	t.Run("figures", func(t *testing.T) { d.askFigures(t, page) })
}

// stepsOf returns two days of work of a fleet, a step each. They end in the afternoon,
// while something happens.
func stepsOf(t *testing.T) (steps [][]coworkctl.Batch) {
	t.Helper()
	morning := time.Date(2026, 11, 16, 6, 0, 0, 0, time.UTC)
	evening := morning.Add(33 * time.Hour)
	f, err := coworkctl.New(coworkctl.Settings{
		Seed: 4, Seats: 4, Start: morning, Until: evening, Content: coworkctl.DefaultContent, Metrics: true,
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

func (d *days) askPanels(t *testing.T, page grafana.Page, begin time.Time) {
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

// A ruleFile is a file of Prometheus' rules.
type ruleFile struct {
	Groups []struct {
		Rules []struct{ Record, Alert, Expr string }
	}
}

// askRules asks for what rules are made of at any time of the days: an alert's expression without its
// comparisons, since it has an answer only while it fires. Prometheus itself has
// evaluated them all, and has what they record.
func (d *days) askRules(t *testing.T, begin time.Time) {
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
					require.Eventually(t, func() bool { return len(d.end.instant(t, rule.Record, time.Now())) > 0 }, patience, 100*time.Millisecond, "%s: %s", rule.Record, d.end.log)
				}
			}
		}
	}
	d.requireHealthy(t)
}

// requireHealthy checks that Prometheus had no trouble with any rule.
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
	}, patience, 100*time.Millisecond)
}

// compared returns what an alert compares: both sides of every comparison and of and
// and or, but for absent, which has an answer only where there is nothing. Where it
// wants enough calls for a rate, one is enough: the fleet is small.
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
			parser.Inspect(e, oneIsEnough)
			sides = append(sides, e.String())
		}
	}
	node, err := parser.NewParser(parser.Options{}).ParseExpr(expr)
	require.NoError(t, err, expr)
	visit(node)
	require.NotEmpty(t, sides, expr)
	return sides
}

func oneIsEnough(node parser.Node, _ []parser.Node) error {
	if binary, ok := node.(*parser.BinaryExpr); ok && binary.Op == parser.GTE {
		if least, ok := binary.RHS.(*parser.NumberLiteral); ok {
			least.Val = 1
		}
	}
	return nil
}

var seedRow = regexp.MustCompile("(?m)^\\| `(\\w+\\(\\)[^`]*)` \\| `([^`]+)` \\|")

// askFigures asks what the README's table says gives the seed's figures.
func (d *days) askFigures(t *testing.T, page grafana.Page) {
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
		if !strings.Contains(field, "[user]") { // who has no account is not among those counted by account
			require.Len(t, got, len(want[field]), "%s: %s", field, expr)
		}
	}
}
