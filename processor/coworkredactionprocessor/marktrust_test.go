package coworkredactionprocessor

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	"go.opentelemetry.io/otel/sdk/metric/metricdata/metricdatatest"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/processor/coworkredactionprocessor/internal/metadatatest"
)

// address is a text that redaction replaces.
const address = "ada@corp.example"

// TestTrustMarks passes records of another collector unchanged, and redacts all others: a
// mark in a record is none, and a resource passes only if all its scopes are marked.
func TestTrustMarks(t *testing.T) {
	for name, tt := range map[string]struct {
		trust    bool
		marks    []bool // of the scopes of one resource
		pass     []bool
		resource bool
		unmarked int64
	}{
		"off":        {false, []bool{true}, []bool{false}, false, 0},
		"marked":     {true, []bool{true, true}, []bool{true, true}, true, 0},
		"mixed":      {true, []bool{true, false}, []bool{true, false}, false, 1},
		"not marked": {true, []bool{false}, []bool{false}, false, 1},
		"no scope":   {true, nil, nil, false, 0},
	} {
		t.Run(name, func(t *testing.T) {
			tel := componenttest.NewTelemetry()
			defer func() { require.NoError(t, tel.Shutdown(context.Background())) }()
			cfg := createDefaultConfig().(*Config)
			cfg.TrustMarks = tt.trust
			p, err := newProcessor(cfg, tel.NewTelemetrySettings(), newUnknownAttributes())
			require.NoError(t, err)
			ld := plog.NewLogs()
			rl := ld.ResourceLogs().AppendEmpty()
			rl.Resource().Attributes().PutStr("owner", address)
			for _, marked := range tt.marks {
				sl := rl.ScopeLogs().AppendEmpty()
				if marked {
					cowork.MarkRedacted(sl.Scope())
				}
				attributes := sl.LogRecords().AppendEmpty().Attributes()
				attributes.PutStr("error", address)
				attributes.PutBool("cowork.redaction.applied", true)
			}
			ld, err = p.processLogs(t.Context(), ld)
			require.NoError(t, err)

			text := func(passes bool) string {
				if passes {
					return address
				}
				return "[REDACTED_EMAIL]"
			}
			owner, _ := ld.ResourceLogs().At(0).Resource().Attributes().Get("owner")
			require.Equal(t, text(tt.resource), owner.Str())
			for i, passes := range tt.pass {
				sl := ld.ResourceLogs().At(0).ScopeLogs().At(i)
				got, _ := sl.LogRecords().At(0).Attributes().Get("error")
				require.Equal(t, text(passes), got.Str())
				require.True(t, cowork.IsMarkedRedacted(sl.Scope()))
			}
			if tt.unmarked > 0 {
				metadatatest.AssertEqualProcessorCoworkRedactionUnmarkedRecords(t, tel, []metricdata.DataPoint[int64]{{Value: tt.unmarked}}, metricdatatest.IgnoreTimestamp())
				return
			}
			_, err = tel.GetMetric("otelcol_processor_cowork_redaction_unmarked_records")
			require.Error(t, err)
		})
	}
}
