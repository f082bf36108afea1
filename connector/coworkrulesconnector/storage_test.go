package coworkrulesconnector

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/connector/connectortest"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/stateful/statefultest"
)

const stored = "storage: disk\n"

// TestRestart checks that windows and alerts are restored after a shutdown: an alert is sent
// once and resolved once.
func TestRestart(t *testing.T) {
	statefultest.InBubble(t, func(t *testing.T) {
		d := statefultest.NewDisk()
		r := start(t, d, rules(failing)+stored)
		require.Empty(r, r.send(times(9, failures)...))
		r.end()
		r = start(t, d, rules(failing)+stored)
		require.Len(r, r.send(failures()), 1, "nine of the first run and one")
		r.end()
		time.Sleep(time.Minute)
		r = start(t, d, rules(failing)+stored)
		require.Empty(r, r.send(failures()), "it fires already")
		require.Len(r, r.pass(20*time.Minute), 1)
		r.end()
		require.Zero(r, d.OpenClients())
	})
}

// TestKill checks the same after a crash: an alert is stored as firing before it is sent.
func TestKill(t *testing.T) {
	statefultest.InBubble(t, func(t *testing.T) {
		d := statefultest.NewDisk()
		r := start(t, d, rules(failing)+stored)
		require.Empty(r, r.pass(time.Minute))
		require.Len(r, r.send(times(10, failures)...), 1)
		after := d.Copy()
		r.end()
		r = start(t, after, rules(failing)+stored)
		require.Empty(r, r.send(failures()))
		require.Len(r, r.pass(20*time.Minute), 1, "resolved")
		r.end()
	})
}

// TestStoredBeforeSent crashes the collector while an alert is sent: the next run sends it
// again, and resolves it.
func TestStoredBeforeSent(t *testing.T) {
	statefultest.InBubble(t, func(t *testing.T) {
		d, killed := statefultest.NewDisk(), statefultest.NewDisk()
		r := start(t, d, rules(failing)+stored)
		require.Empty(t, r.pass(time.Minute))
		r.sink.OnConsume(func() { killed = d.Copy() })
		require.Len(t, r.send(times(10, failures)...), 1)
		r.end()
		r = start(t, killed, rules(failing)+stored)
		require.Equal(t, []string{"12:01:00 firing failing gmail Connector gmail: 100 % of calls failed"}, r.takeAlerts())
		require.Empty(t, r.send(failures()))
		require.Len(t, r.pass(20*time.Minute), 1, "resolved")
		r.end()
	})
}

// TestOutboxSurvives checks that alerts that were refused are sent by the next run.
func TestOutboxSurvives(t *testing.T) {
	statefultest.InBubble(t, func(t *testing.T) {
		d := statefultest.NewDisk()
		r := start(t, d, rules(failing)+stored)
		r.sink.Refuse(errors.New("later"))
		require.Empty(r, r.send(times(10, failures)...))
		killed := d.Copy()
		r.end()
		for _, left := range []*statefultest.Disk{d, killed} {
			r = start(t, left, rules(failing)+stored)
			require.Len(r, r.pass(5*time.Second), 1)
			r.end()
			r = start(t, left, rules(failing)+stored)
			require.Empty(r, r.pass(5*time.Second), "only once")
			r.end()
		}
	})
}

// TestRuleRemoved checks that an alert is resolved if its rule is removed before the next run.
func TestRuleRemoved(t *testing.T) {
	statefultest.InBubble(t, func(t *testing.T) {
		d := statefultest.NewDisk()
		r := start(t, d, rules(failing)+stored)
		require.Len(t, r.send(times(10, failures)...), 1)
		r.end()
		r = start(t, d, "builtin_rules: []\n"+stored)
		got := r.pass(5 * time.Second)
		require.Len(t, got, 1)
		require.Contains(t, got[0], "resolved failing")
		r.end()
		r = start(t, d, "builtin_rules: []\n"+stored)
		require.Empty(t, r.pass(time.Minute), "only once")
		r.end()
	})
}

// TestRuleRemovedShortRun checks the same for a run that ends before its first tick.
func TestRuleRemovedShortRun(t *testing.T) {
	statefultest.InBubble(t, func(t *testing.T) {
		d := statefultest.NewDisk()
		r := start(t, d, rules(failing)+stored)
		require.Len(t, r.send(times(10, failures)...), 1)
		r.end()
		r = start(t, d, "builtin_rules: []\n"+stored)
		r.end()
		got := r.takeAlerts()
		require.Len(t, got, 1)
		require.Contains(t, got[0], "resolved failing")
	})
}

// TestCorruptState checks that a state that cannot be read is dropped.
func TestCorruptState(t *testing.T) {
	statefultest.InBubble(t, func(t *testing.T) {
		d := statefultest.NewDisk()
		r := start(t, d, rules(failing)+stored)
		require.Len(r, r.send(times(10, failures)...), 1)
		r.end()
		d.Corrupt(stateKey)
		r = start(t, d, rules(failing)+stored)
		require.Empty(r, r.send(times(9, failures)...))
		require.Len(r, r.send(failures()), 1, "it counts from zero")
		r.end()
	})
}

// TestStorageFails checks that rules are evaluated while the storage fails.
func TestStorageFails(t *testing.T) {
	statefultest.InBubble(t, func(t *testing.T) {
		d := statefultest.NewDisk()
		r := start(t, d, rules(failing)+stored)
		d.Fail(errors.New("full"))
		require.Len(r, r.send(times(10, failures)...), 1)
		require.Empty(r, r.pass(time.Minute))
		d.Fail(nil)
		require.Empty(r, r.pass(time.Minute))
		after := d.Copy()
		r.end()
		r = start(t, after, rules(failing)+stored)
		require.Empty(r, r.send(failures()), "the alert was stored as firing since")
		r.end()
	})
}

// TestStorageErrors checks the errors of a storage that cannot be opened or read.
func TestStorageErrors(t *testing.T) {
	check := func(host component.Host, want string) {
		t.Helper()
		cfg := configOf(t, stored)
		c, err := NewFactory().CreateLogsToLogs(t.Context(), connectortest.NewNopSettings(NewFactory().Type()), cfg, consumertest.NewNop())
		require.NoError(t, err)
		require.EqualError(t, c.Start(t.Context(), host), want)
		require.NoError(t, c.Shutdown(context.Background()))
	}
	check(componenttest.NewNopHost(), "storage: disk: no such extension (it must be in service::extensions)")
	check(statefultest.Host{statefultest.DiskID: nil}, "storage: disk: is no storage extension (file_storage is one)")
	d := statefultest.NewDisk()
	d.FailOpen(errors.New("is locked"))
	check(d, "storage: disk: is locked")
	d.FailOpen(nil)
	d.Fail(errors.New("broken"))
	check(d, "storage: disk: broken")
	require.Zero(t, d.OpenClients())
}

// TestKillWithinCheckpointCost crashes the collector after an alert for which storing the
// whole state was too expensive. Such an alert was never resolved.
func TestKillWithinCheckpointCost(t *testing.T) {
	statefultest.InBubble(t, func(t *testing.T) {
		d := statefultest.NewDisk()
		r := start(t, d, rules(failing)+stored)
		one := r.Logs.(*rulesConnector)
		one.loop.Stop(t.Context())
		one.checkpoint(t.Context(), time.Now())
		one.schedule.Stored(time.Now(), time.Hour) // a checkpoint costs an hour
		for _, ld := range times(10, failures) {
			require.NoError(t, one.ConsumeLogs(t.Context(), ld))
		}
		one.outbox.Flush(t.Context())
		require.Len(t, r.takeAlerts(), 1)
		killed := d.Copy()

		r = start(t, killed, rules(failing)+stored)
		require.Empty(t, r.takeAlerts(), "it was sent already")
		again := killed.Copy() // another crash before the next checkpoint
		require.Len(t, r.pass(20*time.Minute), 1, "resolved")
		r.end()
		r = start(t, again, rules(failing)+stored)
		require.Len(t, r.pass(20*time.Minute), 1, "resolved after two crashes")
	})
}

// TestManyChanges checks that the state is stored, whatever it costs, before the changes
// since the last one become many.
func TestManyChanges(t *testing.T) {
	statefultest.InBubble(t, func(t *testing.T) {
		r := start(t, statefultest.NewDisk(), rules("- {name: each, severity: info, group_by: [tool], message: m}")+stored)
		one := r.Logs.(*rulesConnector)
		one.loop.Stop(t.Context())
		one.checkpoint(t.Context(), time.Now())
		one.schedule.Stored(time.Now(), time.Hour)
		for i := range maxChanges + 1 {
			one.add(event("tool_result", attributes{"tool_name": fmt.Sprint(i)}))
		}
		require.Greater(t, one.evaluation.evaluator.ChangeCount(), maxChanges)
		one.outbox.Flush(t.Context())
		require.Zero(t, one.evaluation.evaluator.ChangeCount())
	})
}

// TestStoredBeforeAcknowledged crashes the collector after a batch was acknowledged and
// before the loop ran. Its alert was in memory only, and its events are not sent again.
func TestStoredBeforeAcknowledged(t *testing.T) {
	statefultest.InBubble(t, func(t *testing.T) {
		d := statefultest.NewDisk()
		r := start(t, d, rules(failing)+stored)
		r.Logs.(*rulesConnector).loop.Stop(t.Context())
		d.TakeWrites()
		require.Empty(t, r.send(times(9, failures)...))
		require.Empty(t, d.TakeWrites(), "no write for events without an alert")
		require.Empty(t, r.send(failures()))
		require.Len(t, d.TakeWrites(), 1)
		killed := d.Copy()
		r = start(t, killed, rules(failing)+stored)
		require.Len(t, r.takeAlerts(), 1)
		require.Len(t, r.pass(20*time.Minute), 1, "resolved")
	})
}

// TestQueueWithState crashes the collector after it has stored that an alert was sent, while
// another one fired. That one was stored in the queue without the state of its group: the
// next run sent it and never resolved it.
func TestQueueWithState(t *testing.T) {
	statefultest.InBubble(t, func(t *testing.T) {
		const each = "- {name: each, severity: info, group_by: [tool], message: '{tool}'}"
		use := func(tool string) plog.Logs { return event("tool_result", attributes{"tool_name": tool}) }
		d := statefultest.NewDisk()
		one := start(t, d, rules(each)+stored).Logs.(*rulesConnector)
		one.loop.Stop(t.Context())
		one.checkpoint(t.Context(), time.Now())
		one.schedule.Stored(time.Now(), time.Hour) // a checkpoint costs an hour
		sent := 0
		next, err := consumer.NewLogs(func(context.Context, plog.Logs) error {
			if sent++; sent == 1 {
				return nil
			}
			one.add(use("c")) // its alert is not saved yet
			return errors.New("later")
		})
		require.NoError(t, err)
		one.outbox = one.newOutbox(next)
		for _, tool := range []string{"a", "b"} {
			require.NoError(t, one.ConsumeLogs(t.Context(), use(tool)))
		}
		one.outbox.Flush(t.Context())
		require.Equal(t, 2, sent)

		r := start(t, d.Copy(), rules(each)+stored)
		require.Len(t, r.takeAlerts(), 2, "b and c")
		require.Len(t, r.pass(time.Hour), 3, "all are resolved")
	})
}
