package coworkmetricsconnector

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/metric"
)

var update = flag.Bool("update", false, "write the README's tables instead of comparing with them")

// TestReadme checks that the README's tables are generated from the code.
func TestReadme(t *testing.T) {
	data, err := os.ReadFile("README.md")
	require.NoError(t, err)
	want := replaceTable(t, string(data), "metrics", metricsTable(false))
	want = replaceTable(t, want, "gen_ai", metricsTable(true))
	want = replaceTable(t, want, "buckets", bucketsTable())
	if *update {
		require.NoError(t, os.WriteFile("README.md", []byte(want), 0o600))
		return
	}
	require.Equal(t, want, string(data), "go test ./connector/coworkmetricsconnector -run TestReadme -update writes it")
}

func replaceTable(t *testing.T, text, name, table string) string {
	t.Helper()
	place := regexp.MustCompile(`(?s)(<!-- ` + name + ` -->\n).*?(<!-- end -->)`)
	require.Regexp(t, place, text)
	return place.ReplaceAllString(text, "${1}"+strings.ReplaceAll(table, "$", "$$")+"${2}")
}

// metricsTable returns the metrics of the GenAI conventions, or the others.
func metricsTable(genAI bool) string {
	var out strings.Builder
	if genAI {
		out.WriteString("| semconv | metric | type | unit | from | attributes | in Prometheus | meaning |\n|---|---|---|---|---|---|---|---|\n")
	} else {
		out.WriteString("| metric | type | unit | from | attributes | in Prometheus | meaning |\n|---|---|---|---|---|---|---|\n")
	}
	for _, m := range metric.Metrics() {
		if m.GenAI() != genAI {
			continue
		}
		from := "every event"
		if kinds := m.Kinds(); len(kinds) > 0 {
			from = strings.Join(kinds, ", ")
		}
		name := "`" + m.Name + "`"
		if genAI {
			name = fmt.Sprintf("%s | %s", m.Version(), name)
		}
		fmt.Fprintf(&out, "| %s | %s | %s | %s | %s | `%s` | %s |\n", name, m.Type, m.Unit, from, code(m.Labels), inPrometheus(m), m.Doc)
	}
	return out.String()
}

// bucketsTable returns the bounds of the histograms.
func bucketsTable() string {
	var out strings.Builder
	out.WriteString("| histogram | bounds |\n|---|---|\n")
	for _, m := range metric.Metrics() {
		if m.Type == metric.Histogram {
			fmt.Fprintf(&out, "| `%s` | %s %s |\n", m.Name, strings.Trim(fmt.Sprintf("%v", m.Bounds()), "[]"), m.Unit)
		}
	}
	return out.String()
}

func code(words []string) string {
	if len(words) == 0 {
		return ""
	}
	return "`" + strings.Join(words, "`, `") + "`"
}

// units are the suffixes that Prometheus uses for units.
var units = map[string]string{"s": "_seconds", "USD": "_USD"}

// inPrometheus returns the name of a metric in Prometheus.
func inPrometheus(m metric.Metric) string {
	name := strings.ReplaceAll(m.Name, ".", "_") + units[m.Unit]
	if m.Type == metric.Sum {
		name += "_total"
	}
	return name
}
