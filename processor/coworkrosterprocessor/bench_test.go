package coworkrosterprocessor

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/processor/processortest"
)

// BenchmarkLogs passes records of ten thousand people through the processor.
func BenchmarkLogs(b *testing.B) {
	const people, batch = 10_000, 1_000
	var text strings.Builder
	text.WriteString("name,team,cost_center,user.email\n")
	for i := range people {
		fmt.Fprintf(&text, "Person %d,Team %d,%d,p%d@example.com\n", i, i%50, i%200, i)
	}
	path := filepath.Join(b.TempDir(), "people.csv")
	require.NoError(b, os.WriteFile(path, []byte(text.String()), 0o600))
	factory := NewFactory()
	cfg := factory.CreateDefaultConfig().(*Config)
	cfg.File = path
	p, err := factory.CreateLogs(b.Context(), processortest.NewNopSettings(factory.Type()), cfg, consumertest.NewNop())
	require.NoError(b, err)
	require.NoError(b, p.Start(b.Context(), componenttest.NewNopHost()))
	defer func() { require.NoError(b, p.Shutdown(b.Context())) }()

	ld := plog.NewLogs()
	rl := ld.ResourceLogs().AppendEmpty()
	rl.Resource().Attributes().PutStr("service.name", "cowork")
	records := rl.ScopeLogs().AppendEmpty().LogRecords()
	for i := range batch {
		m := records.AppendEmpty().Attributes()
		for k := range 20 {
			m.PutStr(fmt.Sprintf("attribute.%d", k), "value")
		}
		m.PutStr("user.email", fmt.Sprintf("p%d@example.com", i*people/batch))
	}
	b.ReportAllocs()
	for b.Loop() {
		require.NoError(b, p.ConsumeLogs(b.Context(), ld))
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*batch), "ns/record")
}
