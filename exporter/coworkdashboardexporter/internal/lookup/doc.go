// Package lookup reads from the database what the page shows besides panels: prompts with
// their steps, the names that a filter can be set to, and the input of the setup check.
package lookup

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
)

// A Reader reads from a database. It is safe for concurrent use.
type Reader struct {
	alertReader
	db   *database.DB
	zone *time.Location
}

// NewReader returns a reader that returns times in a zone.
func NewReader(db *database.DB, zone *time.Location) *Reader {
	return &Reader{alertReader{db, zone}, db, zone}
}

// eachRow calls a function for each row of a query.
func eachRow(ctx context.Context, tx *database.Tx, query string, args []any, read func(*sql.Rows) error) error {
	rows, err := tx.Query(ctx, query, args...)
	if err != nil {
		return err
	}
	for err == nil && rows.Next() {
		err = read(rows)
	}
	return errors.Join(err, rows.Err(), rows.Close())
}

// A condition is a list of conditions with their arguments.
type condition struct {
	text string
	args []any
}

// and adds a condition with one argument, which is %s in its text.
func (c *condition) and(text string, arg any) {
	c.args = append(c.args, arg)
	c.text += " and " + fmt.Sprintf(text, place(len(c.args)))
}

// place returns the nth parameter of a statement.
func place(n int) string { return fmt.Sprintf("$%d", n) }

// named is the condition that an id is that of a name. The kind of (unknown) and (other)
// is "".
func named(column, kind string) string {
	return column + " = (select id from names where kind in ('" + kind + "', '') and name = %s order by kind desc limit 1)"
}
