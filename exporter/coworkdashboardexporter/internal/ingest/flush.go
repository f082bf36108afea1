package ingest

import (
	"context"
	"slices"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
)

// Flush commits what is in memory, in the order of arrival. What cannot be committed stays
// in memory until the next flush. The error contains no data.
func (in *Ingest) Flush(ctx context.Context) error {
	if err := in.lockFlush(ctx); err != nil {
		return err
	}
	defer in.unlockFlush()
	return in.commitAll(ctx)
}

// commitTimeout bounds the commit of a sender that waits.
const commitTimeout = 15 * time.Second

// waitFor commits until a commit has succeeded. Calls at the same time share commits, so a
// sender that gives up does not end the commit of the others.
func (in *Ingest) waitFor(ctx context.Context, number int64) error {
	for in.committed.Load() < number {
		if err := in.lockFlush(ctx); err != nil {
			return err
		}
		shared, cancel := context.WithTimeout(context.WithoutCancel(ctx), commitTimeout)
		err := in.commitAll(shared)
		cancel()
		in.unlockFlush()
		if err != nil {
			return err
		}
	}
	return nil
}

// commitAll commits all batches until one fails.
func (in *Ingest) commitAll(ctx context.Context) error {
	for _, b := range in.closeBatch() {
		err := in.commitBatch(ctx, b)
		in.recordCommit(b, err)
		if err != nil {
			return err
		}
	}
	return nil
}

// lockFlush waits until no other flush runs.
func (in *Ingest) lockFlush(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case <-in.flushing:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (in *Ingest) unlockFlush() { in.flushing <- struct{}{} }

// closeBatch ends the current batch and returns all batches that wait.
func (in *Ingest) closeBatch() []*batch {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.in.close()
	return slices.Clip(in.in.closed)
}

// commitBatch writes a batch. The batch stays unchanged, and can be committed again after
// an error.
func (in *Ingest) commitBatch(ctx context.Context, b *batch) error {
	in.mu.Lock()
	list := in.in.names.list
	in.mu.Unlock()
	for len(in.ids) < len(list) {
		in.ids, in.days = append(in.ids, 0), append(in.days, 0)
	}
	var done *commit
	err := in.write(ctx, func(ctx context.Context, tx *database.Tx) error {
		arrived := time.Unix(b.arrived, 0).In(in.set.Zone)
		done = &commit{
			in: in, set: in.set, batch: b, now: arrived, day: dateNumber(arrived), sums: newSums(), list: list,
			ids: append([]int64(nil), in.ids...), days: append([]int64(nil), in.days...),
		}
		return done.run(ctx, tx)
	})
	if err != nil {
		in.ids, in.days = nil, nil // rows of names may have changed
		return err
	}
	in.ids, in.days, in.surplus = done.ids, done.days, done.surplus
	in.people.record(done.people)
	for i := range done.detailed {
		if origin := done.detailed[i].Origin; origin != nil {
			origin.Stored = true
		}
	}
	in.mu.Lock()
	in.stats.addStats(&done.stats)
	in.mu.Unlock()
	return nil
}

// recordCommit records the result of a commit, and drops a batch that was committed.
func (in *Ingest) recordCommit(b *batch, err error) {
	problem := database.Sentence(err)
	in.problem.Store(&problem)
	in.mu.Lock()
	defer in.mu.Unlock()
	if err != nil {
		in.stats.Failures++
		return
	}
	in.stats.Commits++
	in.in.closed = in.in.closed[1:]
	in.in.pending -= b.entries
	in.latest.Store(max(in.latest.Load(), b.latest))
	in.committed.Store(b.number)
}
