package ingest

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/fact"
)

// writeSums adds the sums to the rows of all tables.
func (c *commit) writeSums(ctx context.Context, tx transaction) error {
	for i := range c.sums {
		t := &c.sums[i]
		if len(t.keys) == 0 {
			continue
		}
		used := t.usedColumns()
		for _, g := range t.table.Grains {
			into := upsertOf(t.table, g, used)
			if err := tx.Insert(ctx, into.table, into.columns, into.suffix, c.rowsOf(t.of(g))); err != nil {
				return err
			}
		}
	}
	return nil
}

// usedColumns reports which columns are not zero in all rows.
func (t *tableSums) usedColumns() []bool {
	columns := len(t.table.Sums)
	used := make([]bool, columns)
	for i, n := range t.sums {
		if n != 0 {
			used[i%columns] = true
		}
	}
	return used
}

// An upsert is a statement that adds rows of sums.
type upsert struct {
	table   string
	columns []string
	suffix  string
}

// upsertOf returns the statement that adds to the used columns. Most columns are not used
// by most commits, and each takes its time in each row.
func upsertOf(t *fact.Table, g fact.Grain, used []bool) upsert {
	u := upsert{table: t.Of(g), columns: t.Key(g)}
	key := strings.Join(u.columns, ", ")
	var set []string
	for i, s := range t.Sums {
		u.columns = append(u.columns, s.Name)
		if used[i] {
			set = append(set, fmt.Sprintf("%[1]s = case when %[2]s.%[1]s > %[3]d - excluded.%[1]s then %[3]d else %[2]s.%[1]s + excluded.%[1]s end", s.Name, u.table, s.Max()))
		}
	}
	u.suffix = "on conflict (" + key + ") do nothing"
	if len(set) > 0 {
		u.suffix = "on conflict (" + key + ") do update set " + strings.Join(set, ", ")
	}
	return u
}

// A rowKey is the key of a row as it is stored, and the row.
type rowKey struct {
	key [6]int64
	row int
}

// rowsOf returns the rows in the order of their keys, so that collectors that write the
// same rows do not wait for each other in a circle.
func (c *commit) rowsOf(t *tableSums) [][]any {
	keys := make([]rowKey, len(t.keys))
	width := 0
	for i := range t.keys {
		keys[i].row = i
		width = c.storedKey(t.table, &t.keys[i], &keys[i].key)
	}
	slices.SortFunc(keys, func(a, b rowKey) int { return slices.Compare(a.key[:], b.key[:]) })
	columns := len(t.table.Sums)
	cells := make([]any, 0, len(keys)*(width+columns))
	rows := make([][]any, 0, len(keys))
	for i := range keys {
		from := len(cells)
		for _, n := range keys[i].key[:width] {
			cells = append(cells, n)
		}
		for _, n := range t.sums[keys[i].row*columns : (keys[i].row+1)*columns] {
			cells = append(cells, n)
		}
		rows = append(rows, cells[from:])
	}
	return rows
}

// storedKey sets the values of the primary key, and returns how many they are.
func (c *commit) storedKey(t *fact.Table, k *sumKey, to *[6]int64) (width int) {
	to[0], width = k.at[0], 1
	if t.User {
		to[width] = c.id(k.user)
		width++
	}
	to[width] = c.id(k.org)
	width++
	for i, l := range t.Labels {
		switch l.Name {
		case fact.Bucket:
			to[width] = bucketMicros(k.labels[i])
		case fact.HourOfDay:
			to[width] = int64(k.labels[i])
		default:
			to[width] = c.id(nameRef(k.labels[i]))
		}
		width++
	}
	return width
}
