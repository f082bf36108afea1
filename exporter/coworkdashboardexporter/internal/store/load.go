package store

import (
	"context"
	"database/sql"
	"encoding/binary"
)

// load takes up what a store before this one knew: names, what is known when it comes
// again, and the time of the newest event.
func (s *Store) load(ctx context.Context) error {
	if err := s.each(ctx, "select category, id, text, day from word", func(rows *sql.Rows) error {
		var w word
		if err := rows.Scan(&w.category, &w.id, &w.text, &w.day); err != nil {
			return err
		}
		if w.category < categories {
			s.in.words.learn(w)
		}
		return nil
	}); err != nil {
		return err
	}
	s.in.words.fill()
	if err := s.each(ctx, "select hashes from recent order by id", func(rows *sql.Rows) error {
		var hashes []byte
		if err := rows.Scan(&hashes); err != nil {
			return err
		}
		for ; len(hashes) >= 8; hashes = hashes[8:] {
			s.in.recent.remember(binary.LittleEndian.Uint64(hashes))
		}
		return nil
	}); err != nil {
		return err
	}
	var latest int64
	err := s.write.QueryRowContext(ctx, "select coalesce(max(last), 0) from tally where what = ?", kindTally).Scan(&latest)
	s.latest.Store(latest)
	return err
}

// each calls a function with each row.
func (s *Store) each(ctx context.Context, query string, row func(*sql.Rows) error, args ...any) error {
	rows, err := s.write.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := row(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// fill finds the ids that are free, below the greatest.
func (w *words) fill() {
	for c := range w.known {
		taken := make([]bool, w.next[c])
		for _, known := range w.known[c] {
			taken[known.id] = true
		}
		for id := w.next[c]; id > overflow+1; id-- {
			if !taken[id-1] {
				w.free[c] = append(w.free[c], id-1)
			}
		}
	}
}
