package database

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// rowsOfStatement bounds the rows of one statement, and so the memory of its arrays.
const rowsOfStatement = 20_000

// insertInto passes each column as an array, so that thousands of rows take one round trip
// and one plan.
func (*postgresEngine) insertInto(ctx context.Context, driver any, into insertion, rows [][]any, isNew []bool) error {
	conn := driver.(*stdlib.Conn).Conn()
	for len(rows) > 0 {
		n := min(len(rows), rowsOfStatement)
		query, args, err := unnest(into, rows[:n])
		if err != nil {
			return err
		}
		if isNew == nil {
			_, err = conn.Exec(ctx, query, args...)
		} else {
			err = insertNew(ctx, conn, query+" returning "+strings.Join(into.columns, ", "), args, rows[:n], isNew[:n])
			isNew = isNew[n:]
		}
		if err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

// insertNew sets isNew for each row that the statement returns. The server inserts and
// returns rows in their order.
func insertNew(ctx context.Context, conn *pgx.Conn, query string, args []any, rows [][]any, isNew []bool) error {
	returned, err := conn.Query(ctx, query, args...)
	if err != nil {
		return err
	}
	defer returned.Close()
	match := rowMatcher{rows: rows, isNew: isNew}
	for returned.Next() {
		values, err := returned.Values()
		if err != nil {
			return err
		}
		if err := match.markNew(values); err != nil {
			return err
		}
	}
	return returned.Err()
}

// A rowMatcher finds the inserted rows that a statement returns, in their order.
type rowMatcher struct {
	rows  [][]any
	isNew []bool
	next  int
}

// markNew sets isNew for the row of a returned row.
func (m *rowMatcher) markNew(values []any) error {
	for m.next < len(m.rows) && !equalRows(m.rows[m.next], values) {
		m.next++
	}
	if m.next == len(m.rows) {
		return errors.New("a returned row is not one of the inserted rows")
	}
	m.isNew[m.next] = true
	m.next++
	return nil
}

func equalRows(row, stored []any) bool {
	for i, value := range row {
		if plainValue(value) != plainValue(stored[i]) {
			return false
		}
	}
	return true
}

// plainValue returns integers of all sizes as int64.
func plainValue(value any) any {
	switch v := value.(type) {
	case int:
		return int64(v)
	case int32:
		return int64(v)
	case int16:
		return int64(v)
	case string:
		return storableText(v)
	}
	return value
}

// unnest returns the statement that inserts rows, and an array for each column.
func unnest(into insertion, rows [][]any) (query string, args []any, err error) {
	types := make([]string, len(into.columns))
	for i, column := range into.columns {
		arg, kind := arrayOf(rows, i)
		if kind == "" {
			return "", nil, fmt.Errorf("insert into %s: column %s: has values of a type that is not supported, or of several", into.table, column)
		}
		types[i] = fmt.Sprintf("$%d::%s[]", i+1, kind)
		args = append(args, arg)
	}
	return fmt.Sprintf("insert into %s (%s) select * from unnest(%s) %s", into.table, strings.Join(into.columns, ", "), strings.Join(types, ", "), into.suffix), args, nil
}

// arrayOf returns the values of a column as an array, and its type in SQL.
func arrayOf(rows [][]any, column int) (array any, kind string) {
	var first any
	for n := 0; n < len(rows) && first == nil; n++ {
		first = rows[n][column]
	}
	switch first.(type) {
	case nil, string:
		return convert(rows, column, func(v any) (string, bool) {
			text, ok := v.(string)
			return storableText(text), ok
		}, "text")
	case int, int64:
		return convert(rows, column, func(v any) (int64, bool) {
			if n, ok := v.(int); ok {
				return int64(n), true
			}
			n, ok := v.(int64)
			return n, ok
		}, "bigint")
	case float64:
		return convert(rows, column, func(v any) (float64, bool) { f, ok := v.(float64); return f, ok }, "double precision")
	}
	return nil, ""
}

// convert returns the values of a column in their type, as pointers if some are nil, and
// the kind, or "" if a value has another type.
func convert[T any](rows [][]any, column int, of func(any) (T, bool), kind string) (any, string) {
	values, nils := make([]T, len(rows)), false
	for n, row := range rows {
		if row[column] == nil {
			nils = true
			continue
		}
		value, ok := of(row[column])
		if !ok {
			return nil, ""
		}
		values[n] = value
	}
	if !nils {
		return values, kind
	}
	pointers := make([]*T, len(rows))
	for n := range rows {
		if rows[n][column] != nil {
			pointers[n] = &values[n]
		}
	}
	return pointers, kind
}
