package ingest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/eventtest"
)

// TestTwoCollectorsCountOnce sends the same events to two collectors with one database.
func TestTwoCollectorsCountOnce(t *testing.T) {
	name := postgresDatabase(t)
	a, b := open(t, name, DefaultSettings()), open(t, name, DefaultSettings())
	events := []eventtest.Event{request(1, 100), request(2, 10), by("bob", request(3, 1))}
	add(t, a, events...)
	add(t, b, events...)
	add(t, b, request(4, 1000))
	add(t, a, request(4, 1000), request(2, 10))
	require.Equal(t, []string{"4, 1111"}, rows(t, a, "select sum(requests), sum(cost_micros) from usage_day"))
	first, second := a.TakeStats(), b.TakeStats()
	require.EqualValues(t, 3, first.Events)
	require.EqualValues(t, 2, first.Duplicates, "one in memory, one in the database")
	require.EqualValues(t, 1, second.Events)
	require.EqualValues(t, 3, second.Duplicates)
}

// TestCollectorsWriteTheSameRows commits from two collectors at the same time, for the
// same users and names in opposite orders. Nothing is lost, nor counted twice.
func TestCollectorsWriteTheSameRows(t *testing.T) {
	name := postgresDatabase(t)
	const rounds, users = 15, 30
	list := []*Ingest{open(t, name, DefaultSettings()), open(t, name, DefaultSettings())}
	errs := make([]error, len(list))
	var wait sync.WaitGroup
	for n, in := range list {
		wait.Go(func() {
			for round := range rounds {
				var events []eventtest.Event
				for i := range users {
					user := i
					if n == 1 {
						user = users - 1 - i
					}
					e := by(fmt.Sprintf("user-%d", user), request(i, 1))
					e.Attrs["request_id"] = fmt.Sprintf("%d-%d-%d", n, round, i)
					e.Attrs["model"] = fmt.Sprintf("model-%d", (user+round)%7)
					events = append(events, e)
				}
				in.Add(noon, eventtest.Logs(events...))
				errs[n] = errors.Join(errs[n], in.Flush(context.Background()))
			}
		})
	}
	wait.Wait()
	require.NoError(t, errors.Join(errs...))
	want := fmt.Sprint(len(list) * rounds * users)
	for _, table := range []string{"usage_hour", "usage_by_user_day", "usage_by_user_week", "activity_by_user_day"} {
		require.Equal(t, []string{want}, rows(t, list[0], "select sum(requests) from "+table), table)
	}
	require.Equal(t, []string{fmt.Sprint(users)}, rows(t, list[0], "select count(*) from names where kind = 'user'"))
}

// errLost is the error of a connection that was lost.
var errLost = errors.New("the connection was lost")

// TestUnknownOutcome loses the answer of a commit that succeeded, once before the next
// flush and once before the end. The events count once, also those without an identity.
func TestUnknownOutcome(t *testing.T) {
	onBoth(t, func(t *testing.T, name string) {
		t.Helper()
		in := open(t, name, DefaultSettings())
		in.write = func(ctx context.Context, f func(context.Context, *database.Tx) error) error {
			return errors.Join(in.db.Write(ctx, f), errLost)
		}
		in.Add(noon, eventtest.Logs(request(1, 100), alert("f1", "firing", 0)))
		require.ErrorIs(t, in.Flush(t.Context()), errLost)
		require.ErrorIs(t, in.Flush(t.Context()), errLost)
		require.Equal(t, 5, in.Pending(), "two events, their details")
		require.NotEmpty(t, in.State().Problem)
		in.write = in.db.Write
		add(t, in, request(2, 10))
		require.Zero(t, in.Pending())
		require.Empty(t, in.State().Problem)
		require.Equal(t, []string{"2, 110"}, rows(t, in, "select sum(requests), sum(cost_micros) from usage_by_user_day"))
		require.Equal(t, []string{"1"}, rows(t, in, "select notifications from alerts"))
		stats := in.TakeStats()
		require.EqualValues(t, 2, stats.Failures)
		require.EqualValues(t, 3, stats.Events)
	})
}

// TestFailedCommit fails in the middle of a transaction: nothing of it stays, and the next
// flush writes all of it.
func TestFailedCommit(t *testing.T) {
	onBoth(t, func(t *testing.T, name string) {
		t.Helper()
		in := open(t, name, DefaultSettings())
		in.write = func(ctx context.Context, f func(context.Context, *database.Tx) error) error {
			return in.db.Write(ctx, func(ctx context.Context, tx *database.Tx) error {
				return errors.Join(f(ctx, tx), errLost)
			})
		}
		wait := in.Add(noon, eventtest.Logs(request(1, 100)))
		require.ErrorIs(t, wait(t.Context()), errLost)
		require.Empty(t, rows(t, in, "select * from usage_day"))
		require.Empty(t, rows(t, in, "select id from identities"))
		in.write = in.db.Write
		again := in.Add(noon, eventtest.Logs(request(1, 100))) // the sender repeats the batch
		require.NoError(t, again(t.Context()))
		require.NoError(t, wait(t.Context()))
		require.Equal(t, []string{"1, 100"}, rows(t, in, "select requests, cost_micros from usage_day"))
		require.EqualValues(t, 1, in.TakeStats().Duplicates)
	})
}

// TestConnectionIsCut ends the connection of a writer in the middle of a transaction. The
// transaction is repeated on a new connection.
func TestConnectionIsCut(t *testing.T) {
	in := open(t, postgresDatabase(t), DefaultSettings())
	cuts := 0
	in.write = func(ctx context.Context, f func(context.Context, *database.Tx) error) error {
		return in.db.Write(ctx, func(ctx context.Context, tx *database.Tx) error {
			if err := f(ctx, tx); err != nil || cuts > 0 {
				return err
			}
			cuts++
			_, err := tx.Exec(ctx, "select pg_terminate_backend(pg_backend_pid())")
			require.Error(t, err)
			return err
		})
	}
	add(t, in, request(1, 100))
	add(t, in, request(2, 10))
	require.Equal(t, []string{"2, 110"}, rows(t, in, "select requests, cost_micros from usage_day"))
	stats := in.TakeStats()
	require.Positive(t, stats.Retries)
	require.Zero(t, stats.Failures)
	require.EqualValues(t, 2, stats.Events)
}

// TestWaitSharesCommits adds events from many senders that wait for their commits.
func TestWaitSharesCommits(t *testing.T) {
	in := inMemory(t, DefaultSettings())
	const senders = 50
	release := make(chan struct{})
	in.write = func(ctx context.Context, f func(context.Context, *database.Tx) error) error {
		<-release
		return in.db.Write(ctx, f)
	}
	errs := make(chan error, senders)
	var added sync.WaitGroup
	for n := range senders {
		added.Add(1)
		go func() {
			wait := in.Add(noon, eventtest.Logs(request(n, 1)))
			added.Done()
			errs <- wait(context.Background())
		}()
	}
	added.Wait()
	close(release)
	for range senders {
		require.NoError(t, <-errs)
	}
	require.Equal(t, []string{fmt.Sprint(senders)}, rows(t, in, "select sum(requests) from usage_day"))
	require.LessOrEqual(t, in.TakeStats().Commits, int64(2), "the first one, and one for all others")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	require.NoError(t, in.Add(noon, eventtest.Logs(request(1, 1)))(ctx), "a duplicate of what is committed")
}

// TestSenderGivesUp ends the context of a sender during the commit, which has the events
// of another sender too: the commit goes on.
func TestSenderGivesUp(t *testing.T) {
	in := inMemory(t, DefaultSettings())
	ctx, cancel := context.WithCancel(t.Context())
	in.write = func(ctx context.Context, f func(context.Context, *database.Tx) error) error {
		cancel()
		return in.db.Write(ctx, f)
	}
	other := in.Add(noon, eventtest.Logs(request(1, 1)))
	require.NoError(t, in.Add(noon, eventtest.Logs(request(2, 1)))(ctx))
	require.NoError(t, other(t.Context()))
	require.Equal(t, []string{"2"}, rows(t, in, "select requests from usage_day"))
	require.ErrorIs(t, in.Add(noon, eventtest.Logs(request(3, 1)))(ctx), context.Canceled, "it gave up before the commit")
	require.Positive(t, in.Pending())
}
