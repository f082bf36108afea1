package ingest

import (
	"context"
	"database/sql"
)

// A transaction is a *database.Tx.
type transaction interface {
	Query(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRow(ctx context.Context, query string, args ...any) *sql.Row
	Exec(ctx context.Context, query string, args ...any) (sql.Result, error)
	Insert(ctx context.Context, table string, columns []string, suffix string, rows [][]any) error
	InsertNew(ctx context.Context, table string, columns []string, rows [][]any) ([]bool, error)
}
