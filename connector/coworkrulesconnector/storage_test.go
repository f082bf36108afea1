package coworkrulesconnector

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/connector/connectortest"
	"go.opentelemetry.io/collector/consumer/consumertest"
)

const stored = "storage: disk\n"

// TestRestart checks that windows and alerts are known after a shutdown: an alert is
// told once, and resolved once.
func TestRestart(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDisk()
		r := start(t, d, rules(failing)+stored)
		require.Empty(r, r.send(times(9, failures)...))
		r.end()
		r = start(t, d, rules(failing)+stored)
		require.Len(r, r.send(failures()), 1, "nine of before and one")
		r.end()
		time.Sleep(time.Minute)
		r = start(t, d, rules(failing)+stored)
		require.Empty(r, r.send(failures()), "it fires already")
		require.Len(r, r.pass(20*time.Minute), 1)
		r.end()
		require.Zero(r, d.open)
	})
}

// TestKill checks the same where there was no shutdown: what is stored when an alert
// is told knows that it fires.
func TestKill(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDisk()
		r := start(t, d, rules(failing)+stored)
		require.Empty(r, r.pass(time.Minute))
		require.Len(r, r.send(times(10, failures)...), 1)
		after := d.image()
		r.end()
		r = start(t, after, rules(failing)+stored)
		require.Empty(r, r.send(failures()))
		require.Len(r, r.pass(20*time.Minute), 1, "resolved")
		r.end()
	})
}

// TestStoredBeforeTold kills the collector while an alert is on its way: the next run
// tells it again, and resolves it.
func TestStoredBeforeTold(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d, killed := newDisk(), (*disk)(nil)
		r := start(t, d, rules(failing)+stored)
		require.Empty(t, r.pass(time.Minute))
		r.sink.beforeTaking(func() { killed = d.image() })
		require.Len(t, r.send(times(10, failures)...), 1)
		r.end()
		r = start(t, killed, rules(failing)+stored)
		require.Equal(t, []string{"12:01:00 firing failing gmail Connector gmail: 100 % of calls failed"}, r.told())
		require.Empty(t, r.send(failures()))
		require.Len(t, r.pass(20*time.Minute), 1, "resolved")
		r.end()
	})
}

// TestQueueSurvives checks that alerts which nobody took are sent by the next run.
func TestQueueSurvives(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDisk()
		r := start(t, d, rules(failing)+stored)
		r.sink.refuses(errors.New("later"))
		require.Empty(r, r.send(times(10, failures)...))
		killed := d.image()
		r.end()
		for _, left := range []*disk{d, killed} {
			r = start(t, left, rules(failing)+stored)
			require.Len(r, r.pass(5*time.Second), 1)
			r.end()
			r = start(t, left, rules(failing)+stored)
			require.Empty(r, r.pass(5*time.Second), "only once")
			r.end()
		}
	})
}

// TestRuleTakenOut checks that an alert is resolved whose rule the next run does not
// have any more.
func TestRuleTakenOut(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDisk()
		r := start(t, d, rules(failing)+stored)
		require.Len(t, r.send(times(10, failures)...), 1)
		r.end()
		r = start(t, d, "builtin_rules: []\n"+stored)
		told := r.pass(5 * time.Second)
		require.Len(t, told, 1)
		require.Contains(t, told[0], "resolved failing")
		r.end()
		r = start(t, d, "builtin_rules: []\n"+stored)
		require.Empty(t, r.pass(time.Minute), "only once")
		r.end()
	})
}

// TestRuleTakenOutAtOnce checks the same of a run that ends before its first tick.
func TestRuleTakenOutAtOnce(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDisk()
		r := start(t, d, rules(failing)+stored)
		require.Len(t, r.send(times(10, failures)...), 1)
		r.end()
		r = start(t, d, "builtin_rules: []\n"+stored)
		r.end()
		told := r.told()
		require.Len(t, told, 1)
		require.Contains(t, told[0], "resolved failing")
	})
}

// TestSpoiled checks that a state which cannot be read is said, and begun anew.
func TestSpoiled(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDisk()
		r := start(t, d, rules(failing)+stored)
		require.Len(r, r.send(times(10, failures)...), 1)
		r.end()
		d.spoil(stateKey)
		r = start(t, d, rules(failing)+stored)
		require.Empty(r, r.send(times(9, failures)...))
		require.Len(r, r.send(failures()), 1, "it counts anew")
		r.end()
	})
}

// TestStorageFails checks that rules go on where nothing can be stored.
func TestStorageFails(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDisk()
		r := start(t, d, rules(failing)+stored)
		d.fail(errors.New("full"))
		require.Len(r, r.send(times(10, failures)...), 1)
		require.Empty(r, r.pass(time.Minute))
		d.fail(nil)
		require.Empty(r, r.pass(time.Minute))
		after := d.image()
		r.end()
		r = start(t, after, rules(failing)+stored)
		require.Empty(r, r.send(failures()), "what was stored since knows that it fires")
		r.end()
	})
}

// TestStorageOf checks what is said of a storage that is none.
func TestStorageOf(t *testing.T) {
	check := func(host component.Host, want string) {
		t.Helper()
		cfg := configOf(t, stored)
		c, err := NewFactory().CreateLogsToLogs(t.Context(), connectortest.NewNopSettings(NewFactory().Type()), cfg, consumertest.NewNop())
		require.NoError(t, err)
		require.EqualError(t, c.Start(t.Context(), host), want)
		require.NoError(t, c.Shutdown(context.Background()))
	}
	check(componenttest.NewNopHost(), "storage: disk: no such extension (it must be in service::extensions)")
	check(other{}, "storage: disk: is no storage extension (file_storage is one)")
	d := newDisk()
	d.fail(errors.New("broken"))
	check(d, "storage: disk: broken")
	require.Zero(t, d.open)
}

// other is a host with an extension that is no storage.
type other struct{}

func (other) GetExtensions() map[component.ID]component.Component {
	return map[component.ID]component.Component{diskID: nothing{}}
}

type nothing struct {
	component.StartFunc
	component.ShutdownFunc
}
