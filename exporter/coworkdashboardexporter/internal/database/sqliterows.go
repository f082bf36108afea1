package database

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"modernc.org/sqlite/vtab"
)

// Rows are inserted by one statement, which selects them from a virtual table of the
// connection. Measured with 11 columns, that takes a third of the time of a prepared
// statement per row for new rows, and 80 % for rows that exist: the driver searches each
// parameter in the list of all of them. Statements with many rows are the slowest.

// rowsModule is the module of the virtual table with the rows to insert.
const rowsModule = "cowork_rows"

// maxColumns is the number of columns of the virtual table.
const maxColumns = 40

// insertedRows are the rows to insert. One transaction writes at a time.
type insertedRows struct{ rows [][]any }

// rowSources are the rows by the number of their engine.
var (
	rowSources sync.Map // of *insertedRows
	lastSource atomic.Int64
)

// rowsColumns are the columns of the virtual table.
var rowsColumns = func() (list []string) {
	for i := range maxColumns {
		list = append(list, "c"+strconv.Itoa(i))
	}
	return list
}()

func init() {
	if err := vtab.RegisterModule(nil, rowsModule, rowsOfModule{}); err != nil {
		panic(err) // the name is registered twice
	}
}

// rowsOfModule creates the virtual table of a connection.
type rowsOfModule struct{}

// Create returns the table with the rows of an engine, whose number is the argument.
func (rowsOfModule) Create(ctx vtab.Context, args []string) (vtab.Table, error) {
	source, ok := rowSources.Load(args[len(args)-1])
	if !ok {
		return nil, errors.New("no such rows")
	}
	return rowsTable{source.(*insertedRows)}, ctx.Declare("create table x (" + strings.Join(rowsColumns, ", ") + ")")
}

// Connect returns the table as Create does.
func (m rowsOfModule) Connect(ctx vtab.Context, args []string) (vtab.Table, error) {
	return m.Create(ctx, args)
}

// A rowsTable is the virtual table.
type rowsTable struct{ source *insertedRows }

// BestIndex has no choice: all rows are read in their order.
func (rowsTable) BestIndex(*vtab.IndexInfo) error { return nil }

// Open returns a cursor.
func (t rowsTable) Open() (vtab.Cursor, error) { return &rowsCursor{source: t.source}, nil }

// Disconnect does nothing.
func (rowsTable) Disconnect() error { return nil }

// Destroy does nothing.
func (rowsTable) Destroy() error { return nil }

// A rowsCursor reads the rows one after the other.
type rowsCursor struct {
	source *insertedRows
	at     int
}

// Filter begins with the first row.
func (c *rowsCursor) Filter(int, string, []vtab.Value) error {
	c.at = 0
	return nil
}

// Next continues with the next row.
func (c *rowsCursor) Next() error {
	c.at++
	return nil
}

// Eof reports whether all rows were read.
func (c *rowsCursor) Eof() bool { return c.at >= len(c.source.rows) }

// Column returns a value of the row.
func (c *rowsCursor) Column(column int) (vtab.Value, error) {
	return driverValue(c.source.rows[c.at][column]), nil
}

// Rowid returns the number of the row.
func (c *rowsCursor) Rowid() (int64, error) { return int64(c.at), nil }

// Close does nothing.
func (c *rowsCursor) Close() error { return nil }

// insertInto inserts rows with one statement. If isNew is not nil, the statement returns the
// new rows, in the order in which they were inserted.
func (s *sqliteEngine) insertInto(ctx context.Context, conn any, into insertion, rows [][]any, isNew []bool) error {
	s.source.rows = rows
	defer func() { s.source.rows = nil }()
	columns := strings.Join(into.columns, ", ")
	// "where true" separates the suffix from the clauses of the select.
	query := "insert into " + into.table + " (" + columns + ") select " + strings.Join(rowsColumns[:len(into.columns)], ", ") + " from temp." + rowsModule + " where true " + into.suffix
	if isNew != nil {
		query += " returning " + columns
	}
	err := s.insertPrepared(ctx, conn, query, rows, isNew)
	if !isMissingTable(err) {
		return err
	}
	// It is the first transaction of the connection, or the one before was rolled back.
	if _, err := conn.(driver.ExecerContext).ExecContext(ctx, fmt.Sprintf("create virtual table temp.%[1]s using %[1]s(%[2]s)", rowsModule, s.number), nil); err != nil {
		return err
	}
	return s.insertPrepared(ctx, conn, query, rows, isNew)
}

func (s *sqliteEngine) insertPrepared(ctx context.Context, conn any, query string, rows [][]any, isNew []bool) error {
	statement, err := s.statements.prepare(ctx, conn, query)
	if err != nil {
		return err
	}
	if isNew == nil {
		_, err := statement.(driver.StmtExecContext).ExecContext(ctx, nil)
		return err
	}
	returned, err := statement.(driver.StmtQueryContext).QueryContext(ctx, nil)
	if err != nil {
		return err
	}
	match := rowMatcher{rows: rows, isNew: isNew}
	values, row := make([]driver.Value, len(rows[0])), make([]any, len(rows[0]))
	for err = returned.Next(values); err == nil; err = returned.Next(values) {
		for i, value := range values {
			row[i] = value
		}
		if err = match.markNew(row); err != nil {
			break
		}
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return errors.Join(err, returned.Close())
}

// statements are prepared statements of the connection that writes: small transactions
// spend a third of their time on preparing them. The zero value is empty.
type statements struct {
	conn any
	list map[string]driver.Stmt
}

// maxStatements bounds the prepared statements.
const maxStatements = 200

// prepare returns a prepared statement of a connection.
func (s *statements) prepare(ctx context.Context, conn any, query string) (driver.Stmt, error) {
	if s.conn != conn { // its statements are gone with the connection before
		s.conn, s.list = conn, map[string]driver.Stmt{}
	}
	if statement := s.list[query]; statement != nil {
		return statement, nil
	}
	if len(s.list) >= maxStatements {
		if err := s.close(); err != nil {
			return nil, err
		}
	}
	statement, err := conn.(driver.ConnPrepareContext).PrepareContext(ctx, query)
	if err == nil {
		s.list[query] = statement
	}
	return statement, err
}

// close closes all statements.
func (s *statements) close() (err error) {
	for query, statement := range s.list {
		err = errors.Join(err, statement.Close())
		delete(s.list, query)
	}
	return err
}

func newSQLite(set Settings) *sqliteEngine {
	return &sqliteEngine{path: set.Name, set: set, number: strconv.FormatInt(lastSource.Add(1), 10), source: &insertedRows{}}
}

// releaseTimeout bounds how long a transaction delays the end of the statements.
const releaseTimeout = 5 * time.Second

// release closes the prepared statements, which would keep the connection open. Those of a
// connection that was given up are gone with it.
func (s *sqliteEngine) release(write *sql.DB) error {
	rowSources.Delete(s.number)
	ctx, cancel := context.WithTimeout(context.Background(), releaseTimeout)
	defer cancel()
	conn, err := write.Conn(ctx)
	if err != nil {
		return nil //nolint:nilerr // the database is closed, or a transaction does not end
	}
	return errors.Join(conn.Raw(func(conn any) error {
		if s.statements.conn != conn {
			return nil
		}
		return s.statements.close()
	}), conn.Close())
}
