package store

import (
	"context"
	"database/sql"
	"encoding/binary"
)

// load loads the state of the previous run: names, identities of recent events, and the
// time of the newest event.
func (s *Store) load(ctx context.Context) error {
	if err := s.each(ctx, "select category, id, text, day from word", func(rows *sql.Rows) error {
		var w term
		if err := rows.Scan(&w.category, &w.id, &w.text, &w.day); err != nil {
			return err
		}
		if w.category < categories {
			s.in.dictionary.loadTerm(w)
		}
		return nil
	}); err != nil {
		return err
	}
	s.in.dictionary.findFreeIDs()
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

// each calls a function for each row.
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
