package e2e

import (
	"maps"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
)

// alertCanary is the value of every attribute of an alert record that is not listed.
const alertCanary = "canary-9b2e"

// sendAlert sends an alert record in the form of cowork_rules.
func sendAlert(t *testing.T, c *collector, rule, status string) {
	t.Helper()
	ld := plog.NewLogs()
	rec := ld.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty().LogRecords().AppendEmpty()
	rec.SetEventName("cowork.alert")
	rec.SetTimestamp(pcommon.NewTimestampFromTime(time.Now()))
	rec.SetSeverityNumber(plog.SeverityNumberError)
	attributes := map[string]any{
		"event.name": "cowork.alert", "alert.name": rule, "alert.status": status, "alert.message": "overloaded, status 529",
		"alert.fingerprint": "00f1", "alert.value": 1.0, "alert.threshold": 0.0, "connector": "gmail",
	}
	maps.Copy(attributes, map[string]any{"prompt": alertCanary, "user.email": alertCanary, "tool_input": alertCanary, "error": alertCanary})
	require.NoError(t, rec.Attributes().FromRaw(attributes))
	rec.Body().SetStr(alertCanary)
	body, err := plogotlp.NewExportRequestFromLogs(ld).MarshalProto()
	require.NoError(t, err)
	code, answer := c.post(t, request{rule, "logs", contentTypes["pb"], body})
	require.Equal(t, http.StatusOK, code, answer)
}
