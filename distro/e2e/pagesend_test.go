package e2e

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/plog/plogotlp"

	"github.com/cowork-otel/collector/distro/coworkctl/synthetic"
)

// sendEvents sends events in one request, and counts them.
func (c *collector) sendEvents(t *testing.T, sum *truth, ld plog.Logs) {
	t.Helper()
	body, err := plogotlp.NewExportRequestFromLogs(ld).MarshalProto()
	require.NoError(t, err)
	status, answer := c.post(t, request{signal: "logs", contentType: contentTypes["pb"], body: body})
	require.Equal(t, http.StatusOK, status, answer)
	sum.addBatch(ld)
}

// sendDemo sends the last days of a demonstration up to a time, and counts them.
func (c *collector) sendDemo(t *testing.T, sum *truth, present time.Time, days, seats int) {
	t.Helper()
	f, err := synthetic.New(synthetic.Settings{
		Seed: 1, Seats: seats, Start: present.AddDate(0, 0, -days), Present: present, Content: synthetic.DefaultContent,
	})
	require.NoError(t, err)
	waiting := plog.NewLogs()
	for b := range f.Batches() {
		if b.Time.After(present) {
			break
		}
		b.Logs.ResourceLogs().MoveAndAppendTo(waiting.ResourceLogs())
		if waiting.LogRecordCount() > 1000 {
			c.sendEvents(t, sum, waiting)
			waiting = plog.NewLogs()
		}
	}
	c.sendEvents(t, sum, waiting)
}
