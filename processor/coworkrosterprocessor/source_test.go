package coworkrosterprocessor

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"

	"github.com/cowork-otel/collector/internal/problem"
	"github.com/cowork-otel/collector/processor/coworkrosterprocessor/internal/metadatatest"
)

// TestReload changes the file while the processor runs: to another list, to one with
// errors, to none, and back.
func TestReload(t *testing.T) {
	path := writeFile(t, twoPeople)
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t, func(c *Config) { c.File = path })
		p, sink := f.startLogs(t)
		check := func(want attrs, failures int) {
			t.Helper()
			time.Sleep(f.cfg.ReloadInterval)
			synctest.Wait()
			require.NoError(t, p.ConsumeLogs(t.Context(), records(t, nil, attrs{"user.email": "anna@example.com"})))
			require.Equal(t, want, written(sink.AllLogs()[len(sink.AllLogs())-1]))
			require.Equal(t, failures, f.logs.FilterMessage("the list of people cannot be used: the one before stays in use").Len())
		}
		write := func(text string) { require.NoError(t, os.WriteFile(path, []byte(text), 0o600)) }
		changed := attrs{"cowork.user.name": "Anna Ode"}
		check(anna, 0)
		write("name,user.email\nAnna Ode,anna@example.com\n")
		check(changed, 0)
		write("name,user.email\nsecret,secret@example.com,x\n")
		check(changed, 1)
		check(changed, 1)
		require.Len(t, problem.List(), 1)
		require.Equal(t, "processor cowork_roster", problem.List()[0].Component)
		require.NoError(t, os.Remove(path))
		check(changed, 2)
		write("name,user.email\nsecret,secret@example.com,x\n")
		check(changed, 3)
		write(twoPeople)
		check(anna, 3)
		require.Empty(t, problem.List())
		metadatatest.AssertEqualProcessorCoworkRosterReloadFailures(t, f.tel, []metricdata.DataPoint[int64]{point(3)}, ignoreTime)
		require.Equal(t, 3, f.logs.FilterMessage("read the list of people").Len())
		for _, entry := range f.logs.All() {
			for _, field := range entry.ContextMap() {
				require.NotContains(t, fmt.Sprint(field), "secret")
			}
		}
	})
}

// TestStartFails has files that cannot be used at start.
func TestStartFails(t *testing.T) {
	check := func(path, want string) {
		t.Helper()
		f := newFixture(t, func(c *Config) { c.File = path })
		p, err := f.factory.CreateLogs(t.Context(), f.set, f.cfg, consumertest.NewNop())
		require.NoError(t, err)
		require.EqualError(t, p.Start(t.Context(), componenttest.NewNopHost()), want)
		require.NoError(t, p.Shutdown(t.Context()))
	}
	check(filepath.Join(t.TempDir(), "none.csv"), "file: cannot be read: no such file or directory (a file that the user of the collector can read)")
	check(t.TempDir(), "file: is no file (a file that the user of the collector can read)")
	check(writeFile(t, "name\nsecret\n"), "file: line 1: there is no column of an identity (one of user.email, user.account_uuid, user.id, enduser.id, process.owner)")
}
