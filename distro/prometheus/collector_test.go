package prometheus

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// stockMetrics are the collector's own metrics in collector.yaml that no component of this
// module documents.
var stockMetrics = map[string]bool{
	"otelcol_exporter_queue_size": true, "otelcol_exporter_queue_capacity": true,
	"otelcol_exporter_send_failed_log_records": true, "otelcol_exporter_send_failed_metric_points": true,
	"otelcol_exporter_send_failed_spans":   true,
	"otelcol_receiver_refused_log_records": true,
	"otelcol_receiver_refused_requests":    true, // distro/lifecycle
}

// TestCollectorMetrics checks that the metrics of collector.yaml exist.
func TestCollectorMetrics(t *testing.T) {
	files, err := filepath.Glob("../../*/*/documentation.md")
	require.NoError(t, err)
	var documented strings.Builder
	for _, file := range files {
		page, err := os.ReadFile(file)
		require.NoError(t, err)
		documented.Write(page)
	}
	names := regexp.MustCompile(`\botelcol_\w+`)
	checked := 0
	for _, r := range rules(t, "collector.yaml") {
		for _, name := range names.FindAllString(r.Expr, -1) {
			checked++
			assert.True(t, stockMetrics[name] || strings.Contains(documented.String(), "### "+name+"\n"), "%s: no component has the metric %s", r.Alert, name)
		}
	}
	require.Greater(t, checked, 20)
}
