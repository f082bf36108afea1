package e2e

import (
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
)

// TestPageAlerts checks that alerts of the default configuration are on the page without
// further settings.
func TestPageAlerts(t *testing.T) {
	t.Parallel()
	p := &dashboard{collector: newCollector(t)}
	p.run(t, nil, filepath.Join(root, "distro/config.yaml"))
	p.sendEvents(t, &truth{}, overload(t, time.Now()))
	require.Eventually(t, func() bool {
		return len(p.answer(t, "alerts_firing", "?range=24h").Rows) > 0
	}, waitLimit, 200*time.Millisecond, "%s", p.log)
}

// overload returns the events of an overloaded API.
func overload(t *testing.T, now time.Time) plog.Logs {
	t.Helper()
	ld := plog.NewLogs()
	rl := ld.ResourceLogs().AppendEmpty()
	rl.Resource().Attributes().PutStr("service.name", "cowork")
	sl := rl.ScopeLogs().AppendEmpty()
	sl.Scope().SetName("com.anthropic.claude_code.events")
	for i := range 50 {
		rec := sl.LogRecords().AppendEmpty()
		rec.SetTimestamp(pcommon.NewTimestampFromTime(now.Add(time.Duration(i-60) * time.Second)))
		require.NoError(t, rec.Attributes().FromRaw(map[string]any{
			"event.name": "api_error", "event.sequence": i, "session.id": "s" + strconv.Itoa(i%9), "prompt.id": "p" + strconv.Itoa(i),
			"user.account_uuid": "u" + strconv.Itoa(i%9), "organization.id": "o", "model": "claude-opus-4-6", "status_code": "529",
			"error": "overloaded", "attempt": 11, "duration_ms": 100,
		}))
	}
	return ld
}
