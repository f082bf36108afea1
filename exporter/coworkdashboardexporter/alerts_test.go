package coworkdashboardexporter

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/eventtest"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/store"
)

// TestLastNotified checks the time of the last notification of a firing alert. It is old
// if the alert's rule was removed, so that no resolved notification arrived.
func TestLastNotified(t *testing.T) {
	s, err := store.Open(t.Context(), store.DefaultSettings())
	require.NoError(t, err)
	notified := noon.AddDate(0, 0, -9)
	s.Add(noon, eventtest.Logs(eventtest.Event{Kind: "cowork.alert", At: notified, Attrs: map[string]any{
		"alert.name": "gone", "alert.status": "firing", "alert.fingerprint": "f", "alert.starts_at": notified.Format(time.RFC3339),
	}}))
	require.NoError(t, s.Flush(t.Context()))
	i := slices.IndexFunc(panels, func(p report.Panel) bool { return p.ID == "alerts_firing" })
	table, err := s.Answer(t.Context(), panels[i], report.Filter{From: noon.Add(-24 * time.Hour), To: noon})
	require.NoError(t, err)
	require.Equal(t, report.Column{Name: "Last notified", Unit: "time"}, table.Columns[4])
	require.Len(t, table.Rows, 1)
	require.Equal(t, notified.UTC(), table.Rows[0][4])
	require.NoError(t, s.Close(t.Context()))
}

// TestLinkedPanels checks that the panels exist to which notifications of cowork_alert
// link: /?section=alerts#p-alerts_firing and #p-alerts_recent.
func TestLinkedPanels(t *testing.T) {
	for _, id := range []string{"alerts_firing", "alerts_recent"} {
		i := slices.IndexFunc(panels, func(p report.Panel) bool { return p.ID == id })
		require.NotEqual(t, -1, i, id)
		require.Equal(t, "Alerts", panels[i].Section)
	}
}
