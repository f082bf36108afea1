package coworkdashboardexporter

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/eventtest"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// TestLastNotified checks the time of the last notification of a firing alert. It is old
// if the alert's rule was removed, so that no resolved notification arrived.
func TestLastNotified(t *testing.T) {
	notified := noon.AddDate(0, 0, -9)
	s := startStore(t, "", eventtest.Logs(eventtest.Event{Kind: "cowork.alert", At: notified, Attrs: map[string]any{
		"alert.name": "gone", "alert.status": "firing", "alert.fingerprint": "f", "alert.starts_at": notified.Format(time.RFC3339),
	}}))
	table, err := s.Answer(t.Context(), panelOf(t, "alerts_firing"), report.Filter{From: noon.Add(-24 * time.Hour), To: noon, Zone: time.UTC}, 0)
	require.NoError(t, err)
	require.Equal(t, "Last notified", table.Columns[4].Name)
	require.Equal(t, report.Time, table.Columns[4].Type)
	require.Len(t, table.Rows, 1)
	require.Equal(t, notified.UTC(), table.Rows[0][4])
}

// TestLinkedPanels checks that the panels exist to which notifications of cowork_alert
// link: /?section=alerts#p-alerts_firing and #p-alerts_recent.
func TestLinkedPanels(t *testing.T) {
	for _, id := range []string{"alerts_firing", "alerts_recent"} {
		require.Equal(t, "Alerts", panelOf(t, id).Section)
	}
}
