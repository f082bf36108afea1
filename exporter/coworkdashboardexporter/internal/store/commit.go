package store

import (
	"compress/flate"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"maps"
)

// A writer is the transaction of a commit.
type writer struct {
	ctx context.Context //nolint:containedctx // as long as the transaction
	tx  *sql.Tx
	set Settings
	err error // the first error

	prepared map[string]*sql.Stmt
	deflate  *flate.Writer // for steps

	alertsDropped int64
}

// commit writes a delta in one transaction. It does not change the delta, which can be
// committed again after an error.
func (s *Store) commit(ctx context.Context, d *delta) error {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // no effect after a commit
	w := &writer{ctx: ctx, tx: tx, set: s.set, prepared: map[string]*sql.Stmt{}}
	w.checkOwner(s.owner)
	w.terms(d.terms)
	w.recent(d.recent)
	w.cells(d.cells)
	w.cells(w.sessions(d.sessions))
	w.counters(d.counters)
	w.latencies(d.latencies)
	w.adoptions(d.adoptions)
	w.tallies(d.tallies)
	w.prompts(d.prompts)
	w.deleteSurplusPrompts(len(d.prompts))
	w.alerts(d.alerts)
	if w.err != nil {
		return w.err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	s.mu.Lock()
	s.stats.AlertsDropped += w.alertsDropped
	s.mu.Unlock()
	return nil
}

// statement returns a prepared statement, nil after an error.
func (w *writer) statement(query string) *sql.Stmt {
	if w.err != nil {
		return nil
	}
	st := w.prepared[query]
	if st == nil {
		if st, w.err = w.tx.PrepareContext(w.ctx, query); w.err != nil {
			return nil
		}
		w.prepared[query] = st
	}
	return st
}

// exec runs a statement and returns how many rows it changed.
func (w *writer) exec(query string, args ...any) int64 {
	st := w.statement(query)
	if st == nil {
		return 0
	}
	result, err := st.ExecContext(w.ctx, args...)
	if err != nil {
		w.err = err
		return 0
	}
	n, _ := result.RowsAffected() // always supported by SQLite
	return n
}

// get reads one row, and reports whether there is one.
func (w *writer) get(query string, args []any, to ...any) bool {
	st := w.statement(query)
	if st == nil {
		return false
	}
	err := st.QueryRowContext(w.ctx, args...).Scan(to...)
	if errors.Is(err, sql.ErrNoRows) {
		return false
	}
	w.err = err
	return err == nil
}

// checkOwner fails if another process has opened the database since.
func (w *writer) checkOwner(owner string) {
	var now string
	if w.get("select value from meta where key = 'owner'", nil, &now) && now != owner {
		w.err = errOwner
	}
}

func (w *writer) terms(terms []term) {
	for _, known := range terms {
		w.exec("insert or replace into word values (?, ?, ?, ?)", known.category, known.id, known.text, known.day)
	}
}

// recent stores the identities of events and deletes the oldest.
func (w *writer) recent(hashes []uint64) {
	if len(hashes) == 0 {
		return
	}
	b := make([]byte, 0, 8*len(hashes))
	for _, h := range hashes {
		b = binary.LittleEndian.AppendUint64(b, h)
	}
	w.exec("insert into recent (total, hashes) select coalesce(max(total), 0) + ?, ? from recent", len(hashes), b)
	w.exec("delete from recent where total <= (select max(total) from recent) - ?", w.set.MaxRecent)
}

// sessions stores new sessions and returns the cells that count them.
func (w *writer) sessions(sessions map[uint64]session) map[blobKey]map[cellKey]sums {
	d := newDelta(0)
	for hash, s := range sessions {
		if w.exec("insert or ignore into session values (?, ?)", int64(hash), s.at[daily]) == 1 {
			d.addCell(people, s.at, cellKey{s.org, s.user, 0}, &sums{atSessions: 1})
		}
	}
	return d.cells
}

func (w *writer) counters(counters map[counterKey]counterSums) {
	for k, s := range counters {
		w.exec(`insert into fact values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do update set
			n = min(n + excluded.n, 1 << 62), m = min(m + excluded.m, 1 << 62),
			p = min(p + excluded.p, 1 << 62), q = min(q + excluded.q, 1 << 62)`,
			k.kind, k.grain, k.at, k.org, k.a, k.b, k.c, s[0], s[1], s[2], s[3])
	}
}

func (w *writer) latencies(latencies map[latencyKey]latency) {
	for k, l := range latencies {
		if w.err != nil {
			return
		}
		id := []any{k.kind, k.grain, k.at, k.org, k.name}
		var stored []byte
		var n, micros int64
		if w.get("select n, micros, sketch from latency where kind = ? and grain = ? and at = ? and organization = ? and name = ?", id, &n, &micros, &stored) {
			l = latency{l.n + n, plus(l.micros, micros), maps.Clone(l.sketch)}
			if err := l.sketch.merge(stored); err != nil {
				w.err = err
				return
			}
		}
		w.exec("insert or replace into latency values (?, ?, ?, ?, ?, ?, ?, ?)", append(id, l.n, l.micros, l.sketch.encode())...)
	}
}

func (w *writer) adoptions(adoptions map[adoption]period) {
	for a, s := range adoptions {
		w.exec(`insert into adoption values (?, ?, ?, ?, ?, ?, ?) on conflict do update set
			first = min(first, excluded.first), last = max(last, excluded.last), organization = excluded.organization`,
			a.kind, a.name, a.via, a.user, s.org, s.first, s.last)
	}
}

func (w *writer) tallies(tallies map[tallyKey]tally) {
	for k, t := range tallies {
		w.exec(`insert into tally values (?, ?, ?, ?, ?, ?, ?) on conflict do update set
			n = n + excluded.n, first = min(first, excluded.first), last = max(last, excluded.last)`,
			k.day, k.what, k.a, k.b, t.n, t.first, t.last)
	}
}
