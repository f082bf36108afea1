package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// A Tx is a transaction. It is not safe for concurrent use.
type Tx struct {
	tx     *sql.Tx
	conn   *sql.Conn
	engine engine
}

// Query runs a query. Its parameters are $1, $2 and so on.
func (t *Tx) Query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return t.tx.QueryContext(ctx, query, storable(args)...)
}

// EachRow calls a function for each row of a query.
func (t *Tx) EachRow(ctx context.Context, query string, args []any, read func(*sql.Rows) error) error {
	rows, err := t.Query(ctx, query, args...)
	if err != nil {
		return err
	}
	for err == nil && rows.Next() {
		err = read(rows)
	}
	return errors.Join(err, rows.Err(), rows.Close())
}

// QueryRow runs a query for one row.
func (t *Tx) QueryRow(ctx context.Context, query string, args ...any) *sql.Row {
	return t.tx.QueryRowContext(ctx, query, storable(args)...)
}

// Exec runs a statement.
func (t *Tx) Exec(ctx context.Context, query string, args ...any) (sql.Result, error) {
	return t.tx.ExecContext(ctx, query, storable(args)...)
}

// An insertion is where rows are inserted.
type insertion struct {
	table   string
	columns []string
	suffix  string // after the values, such as on conflict …
}

// Insert inserts rows: insert into TABLE (COLUMNS) values … SUFFIX. The values of a column
// are int, int64, string, float64 or bool, or nil, and of one type. Rows are written in
// their order, so that transactions that sort them cannot wait for each other.
func (t *Tx) Insert(ctx context.Context, table string, columns []string, suffix string, rows [][]any) error {
	return t.insertRows(ctx, insertion{table, columns, suffix}, rows, nil)
}

// InsertNew inserts the rows that do not exist yet, and returns which of them are new. Of
// rows with the same key only the first is new.
func (t *Tx) InsertNew(ctx context.Context, table string, columns []string, rows [][]any) ([]bool, error) {
	isNew := make([]bool, len(rows))
	return isNew, t.insertRows(ctx, insertion{table, columns, "on conflict do nothing"}, rows, isNew)
}

func (t *Tx) insertRows(ctx context.Context, into insertion, rows [][]any, isNew []bool) error {
	if len(rows) == 0 {
		return nil
	}
	for _, row := range rows {
		if len(row) != len(into.columns) {
			return fmt.Errorf("insert into %s: a row has %d values (%d columns)", into.table, len(row), len(into.columns))
		}
	}
	return t.conn.Raw(func(conn any) error { return t.engine.insertInto(ctx, conn, into, rows, isNew) })
}

// storable replaces the texts that a database cannot store.
func storable(args []any) []any {
	for i, arg := range args {
		if text, ok := arg.(string); ok {
			if clean := storableText(text); clean != text {
				args[i] = clean
			}
		}
	}
	return args
}

// storableText returns a text that both engines store: valid UTF-8 without the character
// NUL. PostgreSQL rejects others, and with them the whole transaction.
func storableText(text string) string {
	if utf8.ValidString(text) && strings.IndexByte(text, 0) < 0 {
		return text
	}
	return strings.ReplaceAll(strings.ToValidUTF8(text, "\ufffd"), "\x00", "\ufffd")
}
