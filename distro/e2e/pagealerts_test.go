package e2e

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestPageAlerts checks that what the rules of the default configuration find is on the
// page, with nothing set for it.
func TestPageAlerts(t *testing.T) {
	t.Parallel()
	p := &dashboard{collector: newCollector(t)}
	p.run(t, nil, filepath.Join(root, "distro/config.yaml"))
	p.tell(t, &truth{}, somebodyElse(t, time.Now().UTC()))
	require.Eventually(t, func() bool {
		return len(p.answer(t, "alerts_firing", "?range=24h").Rows) > 0
	}, patience, 200*time.Millisecond, "%s", p.log)
}
