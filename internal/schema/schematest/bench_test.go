package schematest

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/schema"
	"github.com/cowork-otel/collector/internal/schema/ecs"
	"github.com/cowork-otel/collector/internal/schema/flat"
	"github.com/cowork-otel/collector/internal/schema/ocsf"
)

// BenchmarkRecordings maps all recordings and stories in each format. Compare within one run;
// bytes/record is the size as JSON.
func BenchmarkRecordings(b *testing.B) {
	all := plog.NewLogs()
	Inputs(b, func(_ string, ld plog.Logs) { ld.ResourceLogs().MoveAndAppendTo(all.ResourceLogs()) })
	for e := range cowork.Events(all) {
		cowork.Normalize(e)
	}
	for _, format := range []struct {
		name   string
		mapper schema.Mapper
	}{{"ecs", ecs.Mapper{}}, {"flat", flat.Mapper{}}, {"ocsf", ocsf.Mapper{}}} {
		b.Run(format.name, func(b *testing.B) {
			b.ReportAllocs()
			records := 0
			for b.Loop() {
				for e := range cowork.Events(all) {
					format.mapper.Map(pcommon.NewMap(), e)
					records++
				}
			}
			b.ReportMetric(float64(records)/b.Elapsed().Seconds(), "records/s")
			size, records := 0, all.LogRecordCount()
			for e := range cowork.Events(all) {
				m := pcommon.NewMap()
				format.mapper.Map(m, e)
				encoded, err := json.Marshal(m.AsRaw())
				require.NoError(b, err)
				size += len(encoded)
			}
			b.ReportMetric(float64(size)/float64(records), "bytes/record")
		})
	}
}
