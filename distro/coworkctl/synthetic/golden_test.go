package synthetic

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestGolden compares one prompt with a golden file, which shows a reviewer every
// change of the telemetry.
func TestGolden(t *testing.T) {
	const file = "testdata/prompt.txt"
	var got strings.Builder
	set := Settings{Seed: 111, Seats: 1, Start: monday, Every: time.Minute, Prompts: 1, Metrics: true, Traces: true, Content: DefaultContent}
	for _, b := range generate(t, set) {
		render(&got, b)
	}
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(got.String()), 0o600))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, string(want), got.String(), "run go test ./distro/coworkctl/synthetic -run Golden -update and review the difference")
}

// render writes a batch in a readable form: one line per item, its attributes below,
// with the types of those that are not strings.
func render(to *strings.Builder, b Batch) {
	fmt.Fprintf(to, "batch %s\n", b.Time.Format(timestampISO))
	for _, rl := range b.Logs.ResourceLogs().All() {
		renderMap(to, "  resource", rl.Resource().Attributes())
		scope := rl.ScopeLogs().At(0).Scope()
		fmt.Fprintf(to, "  scope %s %s\n", scope.Name(), scope.Version())
		for _, rec := range rl.ScopeLogs().At(0).LogRecords().All() {
			renderMap(to, "  log "+title(rec), rec.Attributes())
		}
	}
	for _, m := range metricsOf(b.Metrics) {
		for _, p := range m.Sum().DataPoints().All() {
			renderMap(to, fmt.Sprintf("  metric %s = %v", m.Name(), p.DoubleValue()), p.Attributes())
		}
	}
	for _, rs := range b.Traces.ResourceSpans().All() {
		for _, s := range rs.ScopeSpans().At(0).Spans().All() {
			head := fmt.Sprintf("  span %s %s parent %q %v", s.Name(), s.SpanID(), s.ParentSpanID(), s.EndTimestamp().AsTime().Sub(s.StartTimestamp().AsTime()))
			renderMap(to, head, s.Attributes())
		}
	}
}

func title(rec plog.LogRecord) string {
	return fmt.Sprintf("%s %s trace %q span %q", rec.Body().Str(), rec.Timestamp().AsTime().Format("15:04:05.000"), rec.TraceID(), rec.SpanID())
}

func renderMap(to *strings.Builder, head string, m pcommon.Map) {
	fmt.Fprintln(to, head)
	for k, v := range m.All() {
		if v.Type() == pcommon.ValueTypeStr {
			fmt.Fprintf(to, "    %s: %s\n", k, v.Str())
			continue
		}
		fmt.Fprintf(to, "    %s: %s (%v)\n", k, v.AsString(), v.Type())
	}
}
