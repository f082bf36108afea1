package database

import (
	"context"
	"errors"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/stretchr/testify/require"
)

var errConflicting = &pgconn.PgError{Code: "40001", Message: "value alice@example.com"}

// TestAttempts checks that a transaction that cannot succeed is repeated a bounded number
// of times, with pauses, and that nothing of it stays.
func TestAttempts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := open(t, Settings{})
		createExample(t, d)
		runs, start := 0, time.Now()
		err := d.Write(t.Context(), func(ctx context.Context, tx *Tx) error {
			runs++
			require.NoError(t, tx.Insert(ctx, "example", columns, "", [][]any{{1, "a", 1}}))
			return errConflicting
		})
		require.EqualError(t, err, "database: in memory: "+errConflict.Error())
		require.ErrorIs(t, err, errConflicting)
		require.Equal(t, maxAttempts, runs)
		require.Equal(t, int64(maxAttempts-1), d.TakeRetries())
		require.Zero(t, d.TakeRetries())
		require.LessOrEqual(t, time.Since(start), maxAttempts*longestWait)
		require.Positive(t, time.Since(start))
		require.Empty(t, sums(t, d))
		require.NoError(t, d.Close())
	})
}

// TestRepeated checks that a transaction succeeds after a conflict.
func TestRepeated(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := open(t, Settings{})
		createExample(t, d)
		runs := 0
		require.NoError(t, d.Write(t.Context(), func(ctx context.Context, tx *Tx) error {
			require.NoError(t, tx.Insert(ctx, "example", columns, "", [][]any{{1, "a", 1}}))
			if runs++; runs < 3 {
				return errConflicting
			}
			return nil
		}))
		require.Equal(t, []int64{1}, sums(t, d))
		require.Equal(t, int64(2), d.TakeRetries())
		require.NoError(t, d.Close())
	})
}

// TestContextEndsAttempts checks that the context bounds the repetitions and the wait for
// another transaction.
func TestContextEndsAttempts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := open(t, Settings{})
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
		defer cancel()
		runs := 0
		err := d.Write(ctx, func(context.Context, *Tx) error {
			runs++
			return errConflicting
		})
		require.ErrorIs(t, err, errConflicting)
		require.Less(t, runs, maxAttempts)
		require.NoError(t, d.Write(t.Context(), func(context.Context, *Tx) error {
			err := d.Write(ctx, func(context.Context, *Tx) error { return nil })
			require.ErrorIs(t, err, context.DeadlineExceeded)
			return nil
		}))
		require.NoError(t, d.Close())
	})
}

// TestFileIsNotAwaited checks that a start does not wait for a file that cannot be opened.
// It waited 30 seconds.
func TestFileIsNotAwaited(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		_, err := Open(t.Context(), Settings{Name: filepath.Join(t.TempDir(), "missing.db"), ReadOnly: true})
		require.ErrorContains(t, err, "no such file or directory (")
		require.Zero(t, time.Since(start))
	})
}

// TestOwnErrors checks that an error of the function is not repeated or changed.
func TestOwnErrors(t *testing.T) {
	d := open(t, Settings{})
	own := errors.New("own")
	require.Equal(t, own, d.Write(t.Context(), func(context.Context, *Tx) error { return own }))
	require.Equal(t, own, d.Read(t.Context(), func(context.Context, *Tx) error { return own }))
	require.Zero(t, d.TakeRetries())
}

// TestReadSlots checks that reads beyond the slots wait, and fail when they have waited
// too long.
func TestReadSlots(t *testing.T) {
	onBoth(t, func(t *testing.T, name string) {
		t.Helper()
		d := open(t, Settings{Name: name, Readers: 2})
		createExample(t, d)
		var waiting, most atomic.Int64
		var reads sync.WaitGroup
		for range 8 {
			reads.Go(func() {
				if err := d.Read(t.Context(), func(ctx context.Context, tx *Tx) error {
					most.Store(max(most.Load(), waiting.Add(1)))
					defer waiting.Add(-1)
					var n int
					return tx.QueryRow(ctx, "select count(*) from example").Scan(&n)
				}); err != nil {
					t.Error(err)
				}
			})
		}
		reads.Wait()
		require.LessOrEqual(t, most.Load(), int64(2))
		require.NoError(t, d.Read(t.Context(), func(ctx context.Context, _ *Tx) error {
			return d.Read(ctx, func(ctx context.Context, _ *Tx) error {
				ctx, cancel := context.WithTimeout(ctx, time.Millisecond)
				defer cancel()
				err := d.Read(ctx, func(context.Context, *Tx) error { return nil })
				require.ErrorContains(t, err, errTimeout.Error())
				return nil
			})
		}))
	})
}

// TestSnapshot checks that a read does not see what is committed after its first query.
func TestSnapshot(t *testing.T) {
	onBoth(t, func(t *testing.T, name string) {
		t.Helper()
		d := open(t, Settings{Name: name})
		createExample(t, d)
		count := func(ctx context.Context, tx *Tx) (n int) {
			require.NoError(t, tx.QueryRow(ctx, "select count(*) from example").Scan(&n))
			return n
		}
		require.NoError(t, d.Read(t.Context(), func(ctx context.Context, tx *Tx) error {
			require.Zero(t, count(ctx, tx))
			require.NoError(t, d.Write(ctx, func(ctx context.Context, tx *Tx) error {
				return tx.Insert(ctx, "example", columns, "", [][]any{{1, "a", 1}})
			}))
			require.Zero(t, count(ctx, tx))
			return nil
		}))
		require.Len(t, sums(t, d), 1)
	})
}
