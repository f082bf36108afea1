package coworkrulesconnector

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/consumer/consumererror"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/connector/coworkrulesconnector/internal/metadatatest"
	"github.com/cowork-otel/collector/internal/stateful/statefultest"
)

// failing is a rule with a window.
const failing = `
- name: failing
  events: [tool_result]
  condition: 'attributes["success"] == false'
  severity: warning
  message: 'Connector {connector}: {value} of calls failed'
  group_by: [connector]
  window: 15m
  ratio: {above: 0.2, of: 'true', at_least: 10}
`

func failures() plog.Logs { return call("gmail", false) }

func successes() plog.Logs { return call("gmail", true) }

// TestSeed checks that the three rules of the seed fire.
func TestSeed(t *testing.T) {
	run(t, `cost_threshold_usd: 0.50`, func(r *rig) {
		require.Len(r, r.send(event("api_error", attributes{"status_code": 529})), 1)
		require.Len(r, r.send(call("gmail", false)), 1)
		require.Len(r, r.send(event("api_request", attributes{"cost_usd": 0.51, "model": "m"})), 1)
		require.Empty(r, r.send(event("api_request", attributes{"cost_usd": 0.5, "model": "other"}), call("calendar", true)))
	})
}

// TestThresholdUnset checks that cost_threshold is off until it is set.
func TestThresholdUnset(t *testing.T) {
	run(t, ``, func(r *rig) {
		require.Empty(r, r.send(event("api_request", attributes{"cost_usd": 500.0})))
	})
}

// TestFiresAndResolves checks one alert from its first event until it resolves.
func TestFiresAndResolves(t *testing.T) {
	run(t, rules(failing), func(r *rig) {
		require.Empty(r, r.send(times(7, successes)...))
		require.Empty(r, r.send(times(2, failures)...))
		require.Equal(r, []string{"12:00:00 firing failing gmail Connector gmail: 30 % of calls failed"}, r.send(failures()))
		require.Empty(r, r.send(times(50, failures)...), "sent once")
		require.Empty(r, r.pass(13*time.Minute))
		require.Len(r, r.pass(3*time.Minute), 1, "resolved when the window has passed")
	})
}

// TestRepeat checks that an alert that still fires is repeated each repeat_interval.
func TestRepeat(t *testing.T) {
	run(t, rules(failing)+"repeat_interval: 1h\n", func(r *rig) {
		got := r.send(times(10, failures)...)
		for range 150 {
			time.Sleep(time.Minute)
			got = append(got, r.send(failures())...)
		}
		require.Equal(r, []string{
			"12:00:00 firing failing gmail Connector gmail: 100 % of calls failed",
			"13:00:00 firing failing gmail Connector gmail: 100 % of calls failed",
			"14:00:00 firing failing gmail Connector gmail: 100 % of calls failed",
		}, got)
	})
}

// TestRefused checks that alerts which the next component refuses are retried, in order.
func TestRefused(t *testing.T) {
	run(t, rules(failing), func(r *rig) {
		r.sink.Refuse(errors.New("later"))
		require.Empty(r, r.send(times(10, failures)...))
		require.Empty(r, r.pass(20*time.Minute))
		r.sink.Refuse(nil)
		got := r.pass(5 * time.Second)
		require.Len(r, got, 2)
		require.Contains(r, got[0], "12:00:00 firing")
		require.Contains(r, got[1], "resolved")
	})
}

// TestPermanentlyRefused checks that a permanently refused alert does not block later ones.
func TestPermanentlyRefused(t *testing.T) {
	run(t, rules(failing), func(r *rig) {
		r.sink.Refuse(consumererror.NewPermanent(errors.New("never")))
		require.Empty(r, r.send(times(10, failures)...))
		r.sink.Refuse(nil)
		require.Empty(r, r.pass(time.Minute))
		require.Len(r, r.pass(time.Hour), 1, "resolved")
	})
}

// TestOneBatch checks that the alerts of one batch of events are sent as one batch.
func TestOneBatch(t *testing.T) {
	run(t, rules("- {name: error, events: [api_error], severity: info, message: m, group_by: [model]}"), func(r *rig) {
		ld := event("api_error", attributes{"model": "a"})
		event("api_error", attributes{"model": "b"}).ResourceLogs().MoveAndAppendTo(ld.ResourceLogs())
		require.Len(r, r.send(ld), 2)
		require.Equal(r, []int{2}, r.sink.BatchSizes())
	})
}

// TestOutboxIsBounded checks that the oldest batches are dropped when too many records wait.
func TestOutboxIsBounded(t *testing.T) {
	run(t, rules(each), func(r *rig) {
		r.sink.Refuse(errors.New("later"))
		outbox := r.Logs.(*rulesConnector).outbox
		outbox.Push(event("first", nil))
		outbox.Push(event("second", nil))
		large := plog.NewLogs()
		records := large.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty().LogRecords()
		for range maxQueued - 1 {
			records.AppendEmpty()
		}
		outbox.Push(large)
		require.Empty(r, r.pass(5*time.Second))
		metadatatest.AssertEqualConnectorCoworkRulesAlertsDropped(r.T, r.tel, statefultest.Point(1), statefultest.IgnoreTime)
		metadatatest.AssertEqualConnectorCoworkRulesQueued(r.T, r.tel, statefultest.Point(maxQueued), statefultest.IgnoreTime)
	})
}

// TestStoredOutbox checks that encoded alert records are decoded, and that a wrong checksum
// is an error.
func TestStoredOutbox(t *testing.T) {
	first, second := event("first", nil), event("second", nil)
	data := encodeOutbox(slices.Values([]*plog.Logs{&first, &second}))
	ld, err := decodeOutbox(data)
	require.NoError(t, err)
	require.Equal(t, 2, ld.LogRecordCount())
	require.Equal(t, "first", ld.ResourceLogs().At(0).ScopeLogs().At(0).LogRecords().At(0).EventName())
	data[len(data)/2] ^= 1
	for _, stored := range [][]byte{data, data[:3]} {
		_, err = decodeOutbox(stored)
		require.EqualError(t, err, "the checksum is wrong")
	}
	ld, err = decodeOutbox(nil)
	require.NoError(t, err)
	require.Zero(t, ld.LogRecordCount())
}

// TestAlertRecordsPass checks that rules are not evaluated on alert records.
func TestAlertRecordsPass(t *testing.T) {
	run(t, rules("- {name: everything, severity: info, message: seen}"), func(r *rig) {
		require.Empty(r, r.send(event("cowork.alert", attributes{"alert.name": "everything"})))
		require.Len(r, r.send(event("user_prompt", nil)), 1)
	})
}

// TestShutdownResolvesNothing checks that a firing alert is not resolved at shutdown.
func TestShutdownResolvesNothing(t *testing.T) {
	statefultest.InBubble(t, func(t *testing.T) {
		r := start(t, componenttest.NewNopHost(), rules(failing))
		require.Len(r, r.send(times(10, failures)...), 1)
		r.end()
		require.Empty(r, r.takeAlerts())
	})
}

// TestShutdownSends checks that alerts that wait are sent at shutdown.
func TestShutdownSends(t *testing.T) {
	statefultest.InBubble(t, func(t *testing.T) {
		r := start(t, componenttest.NewNopHost(), rules(failing))
		r.sink.Refuse(errors.New("later"))
		require.Empty(r, r.send(times(10, failures)...))
		r.sink.Refuse(nil)
		r.end()
		require.Len(r, r.takeAlerts(), 1)
	})
}
