package e2e

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"

	coworkctl "github.com/cowork-otel/collector/distro/coworkctl/synthetic"
)

// TestPageSurvives checks that figures are the same after a restart, that a kill takes
// nothing that was committed, and that what is sent again counts once.
func TestPageSurvives(t *testing.T) {
	t.Parallel()
	now := time.Now().UTC()
	span := "?from=" + now.AddDate(0, 0, -10).Format(time.DateOnly) + "&to=" + now.AddDate(0, 0, 1).Format(time.DateOnly)
	p := startPage(t)
	p.tellDemo(t, &p.sum, now, 4, 4)
	p.settle(t)
	before := p.answers(t, span)
	p.stop()

	p.again(t)
	require.Equal(t, before, p.answers(t, span), "after a restart")

	// The kill comes at once: some of this was committed, or none. What the client sends
	// again must not make anything count twice.
	late := somebodyElse(t, now)
	p.tell(t, &p.sum, late)
	p.kill()
	p.again(t)
	p.tell(t, &truth{}, late)
	p.rest(t)
	once := p.answers(t, span)
	p.kill()
	p.again(t)
	require.Equal(t, once, p.answers(t, span), "after a kill when all was committed")
	p.requireFigures(t, span)
}

// somebodyElse are the events of another organization within the last hour.
func somebodyElse(t *testing.T, now time.Time) plog.Logs {
	t.Helper()
	f, err := coworkctl.New(coworkctl.Settings{
		Seed: 99, Seats: 3, Start: now.Add(-time.Hour), Every: 20 * time.Second, Prompts: 10, Content: coworkctl.DefaultContent,
	})
	require.NoError(t, err)
	all := plog.NewLogs()
	for b := range f.Batches() {
		b.Logs.ResourceLogs().MoveAndAppendTo(all.ResourceLogs())
	}
	return all
}
