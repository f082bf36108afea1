package e2e

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/distro/coworkctl/synthetic"
)

// TestPageSurvives checks that figures survive a restart, that a kill loses nothing that
// was committed, and that repeated events count once.
func TestPageSurvives(t *testing.T) {
	t.Parallel()
	now := time.Now().UTC()
	span := "?from=" + now.AddDate(0, 0, -10).Format(time.DateOnly) + "&to=" + now.AddDate(0, 0, 1).Format(time.DateOnly)
	p := startPage(t)
	p.sendDemo(t, &p.sum, now, 4, 4)
	p.awaitFigures(t)
	before := p.answers(t, span)
	p.stop()

	p.restart(t)
	require.Equal(t, before, p.answers(t, span), "after a restart")

	// The kill follows at once, so part of this is committed or nothing. The client sends
	// it again, and nothing may count twice.
	late := eventsOfOtherOrganization(t, now)
	p.sendEvents(t, &p.sum, late)
	p.kill()
	p.restart(t)
	p.sendEvents(t, &truth{}, late)
	p.awaitIdle(t)
	once := p.answers(t, span)
	p.kill()
	p.restart(t)
	require.Equal(t, once, p.answers(t, span), "after a kill when all was committed")
	p.requireFigures(t, span)
}

// eventsOfOtherOrganization returns events of the last hour.
func eventsOfOtherOrganization(t *testing.T, now time.Time) plog.Logs {
	t.Helper()
	f, err := synthetic.New(synthetic.Settings{
		Seed: 99, Seats: 3, Start: now.Add(-time.Hour), Every: 20 * time.Second, Prompts: 10, Content: synthetic.DefaultContent,
	})
	require.NoError(t, err)
	all := plog.NewLogs()
	for b := range f.Batches() {
		b.Logs.ResourceLogs().MoveAndAppendTo(all.ResourceLogs())
	}
	return all
}
