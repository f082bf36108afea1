package database

import (
	"context"
	"database/sql"
	"math/rand/v2"
	"time"
)

// The repetitions of a transaction that failed by a conflict or a lost connection.
const (
	maxAttempts = 6
	firstPause  = 20 * time.Millisecond
	longestWait = time.Second
)

// The time limits of one attempt. A server that does not answer at all is an error too.
const (
	writeTimeout = 2 * time.Minute
	readTimeout  = 10 * time.Second
)

// Write runs a function in a transaction and commits it. Transactions of a process run
// one at a time. It runs the function again after a deadlock, a serialization failure or
// a lost connection. If the connection is lost during the commit, the first run can have
// been committed: the function must be repeatable.
func (d *DB) Write(ctx context.Context, f func(context.Context, *Tx) error) error {
	if err := enter(ctx, d.writing); err != nil {
		return describe(d.engine, err)
	}
	defer leave(d.writing)
	for attempt := 1; ; attempt++ {
		err := d.attempt(ctx, f)
		if err == nil {
			return nil
		}
		if attempt == maxAttempts || !isTransient(err) || !pause(ctx, attempt) {
			return describe(d.engine, err)
		}
		d.retries.Add(1)
	}
}

func (d *DB) attempt(ctx context.Context, f func(context.Context, *Tx) error) error {
	ctx, cancel := context.WithTimeout(ctx, writeTimeout)
	defer cancel()
	return d.transact(ctx, d.write, nil, f)
}

// Read runs a function in a transaction that reads a consistent snapshot. It takes at
// most 10 seconds, with the time that it waits for other reads.
func (d *DB) Read(ctx context.Context, f func(context.Context, *Tx) error) error {
	ctx, cancel := context.WithTimeout(ctx, readTimeout)
	defer cancel()
	if err := enter(ctx, d.reading); err != nil {
		return describe(d.engine, err)
	}
	defer leave(d.reading)
	return describe(d.engine, d.transact(ctx, d.read, d.engine.snapshot(), f))
}

func enter(ctx context.Context, slots chan struct{}) error {
	select {
	case slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func leave(slots chan struct{}) { <-slots }

// transact runs a function in one transaction of one connection.
func (d *DB) transact(ctx context.Context, db *sql.DB, options *sql.TxOptions, f func(context.Context, *Tx) error) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }() // returns it to the pool
	tx, err := conn.BeginTx(ctx, options)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // no effect after a commit
	if err := f(ctx, &Tx{tx: tx, conn: conn, engine: d.engine}); err != nil {
		return err
	}
	return tx.Commit()
}

// pause waits before the next attempt, longer each time, and for a random part of it, so
// that two collectors do not collide again. It returns false if the context has ended.
func pause(ctx context.Context, attempt int) bool {
	const lastDoubled = 10 // beyond it, the longest pause applies, and more doubling would overflow
	wait := min(firstPause<<min(attempt-1, lastDoubled), longestWait)
	timer := time.NewTimer(wait/2 + rand.N(wait/2))
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
