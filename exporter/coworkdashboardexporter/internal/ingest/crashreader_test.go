package ingest_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
)

// crashQueries return figures that are each a number of batches times a constant. All are
// equal in a complete commit.
var crashQueries = []struct {
	query string
	each  int64 // of a batch
}{
	{"select sum(events) from activity_hour", crashEvents},
	{"select sum(events) from activity_day", crashEvents},
	{"select sum(prompts) from activity_by_user_week", 1},
	{"select sum(requests) from activity_by_user_week", crashRequests},
	{"select sum(requests) from usage_hour", crashRequests},
	{"select sum(requests) from usage_by_user_day", crashRequests},
	{"select sum(cache_creation) from usage_by_user_week", crashRequests * 40},
	{"select sum(timed) from request_latency_day", crashRequests},
	{"select sum(calls) from tool_calls_hour", crashTools},
	{"select sum(duration_us) from tool_calls_by_user_day", crashTools * 100_000},
	{"select sum(requests) from prompts", crashRequests},
	{"select sum(tools) from prompts", crashTools},
	{"select count(*) from prompts where requests > 0", 1},
	{"select count(*) from steps", crashSteps},
	{"select sum(events) from sessions", crashEvents},
	{"select count(*) from identities", crashEvents},
}

// readBatches returns how many batches are stored, or an error if figures differ.
func readBatches(ctx context.Context, db *database.DB) (batches int64, err error) {
	err = db.Read(ctx, func(ctx context.Context, tx *database.Tx) error {
		for i, q := range crashQueries {
			var sum int64
			if err := tx.QueryRow(ctx, "select cast(coalesce(("+q.query+"), 0) as bigint)").Scan(&sum); err != nil {
				return err
			}
			if i == 0 {
				batches = sum / q.each
			}
			if sum != batches*q.each {
				return fmt.Errorf("%w: %s: is %d (%d batches of %d would be right)", errHalf, q.query, sum, batches, q.each)
			}
		}
		return nil
	})
	return batches, err
}

// errHalf reports an answer that is not a complete commit.
var errHalf = errors.New("incomplete commit")

// startReaders reads all the time, until the client has delivered everything.
func (c *crashClient) startReaders(t *testing.T, n int) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	c.stop = stop
	for range n {
		db, err := database.Open(ctx, database.Settings{Name: c.name, ReadOnly: true})
		require.NoError(t, err)
		c.readers.Go(func() error { return errors.Join(c.read(ctx, db), db.Close()) })
	}
}

// read reads until the context ends. An answer has all batches that were acknowledged
// before it was requested, and never fewer than the answer before it.
func (c *crashClient) read(ctx context.Context, db *database.DB) error {
	answers := 0
	for last := int64(0); ctx.Err() == nil; {
		committed := c.committed.Load()
		batches, err := readBatches(ctx, db)
		switch {
		case errors.Is(err, errHalf):
			return err
		case err != nil:
			continue // the server was killed
		case batches < max(last, committed):
			return fmt.Errorf("an answer has %d batches, of %d acknowledged ones and %d of the answer before it", batches, committed, last)
		}
		last = batches
		answers++
	}
	if answers < 3 {
		return fmt.Errorf("%d answers while the client sent", answers)
	}
	return nil
}

// requireFigures compares the database with the batches.
func (c *crashClient) requireFigures(t *testing.T) {
	t.Helper()
	require.Len(t, c.acked, c.next, "every batch is acknowledged")
	db, err := database.Open(t.Context(), database.Settings{Name: c.name})
	require.NoError(t, err)
	batches, err := readBatches(t.Context(), db)
	require.NoError(t, err)
	require.Equal(t, int64(c.next), batches)

	cost, sessions, prompts := map[string]int64{}, map[string]bool{}, map[string]bool{}
	for n := range crashBatch(c.next) {
		cost[n.user()] += crashRequests * n.micros()
		sessions[n.session()], prompts[n.prompt()], prompts[n.longer()] = true, true, true
	}
	stored := map[string]int64{}
	require.NoError(t, db.Read(t.Context(), func(ctx context.Context, tx *database.Tx) error {
		var n int
		require.NoError(t, tx.QueryRow(ctx, "select cast(sum(sessions) as bigint) from activity_day").Scan(&n))
		require.Len(t, sessions, n)
		require.NoError(t, tx.QueryRow(ctx, "select count(*) from prompts").Scan(&n))
		require.Len(t, prompts, n)
		rows, err := tx.Query(ctx, "select name, cast(sum(cost_micros) as bigint) from usage_by_user_day join names on names.id = user_id group by name")
		require.NoError(t, err)
		defer rows.Close()
		for rows.Next() {
			var name string
			var sum int64
			require.NoError(t, rows.Scan(&name, &sum))
			stored[name] = sum
		}
		return rows.Err()
	}))
	require.Equal(t, cost, stored)
	require.NoError(t, db.Close())
	t.Logf("%d batches, each counted once", c.next)
}
