package ingest

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/fact"
	"github.com/cowork-otel/collector/internal/metric"
)

// A target is a column that a sum of a fact is added to.
type target struct {
	table  int // in fact.Tables
	column int // among its sums
	labels [maxLabels]int8
}

// unused marks a label of a target that its table lacks.
const unused = -1

// targets are the columns that each sum of each fact is added to.
var targets = func() [][][]target {
	list := make([][][]target, len(factsOf))
	for i, f := range metric.Facts() {
		list[i] = make([][]target, len(f.Sums))
		for j, sum := range f.Sums {
			list[i][j] = targetsOf(f, factsOf[i].number, sum)
		}
	}
	return list
}()

// sessionTargets are the columns that a new session is added to.
var sessionTargets = targetsOf(metric.Fact{Name: "activity"}, "", "sessions")

func targetsOf(f metric.Fact, number, sum string) (list []target) {
	labels := f.Labels
	if number != "" {
		labels = append(slices.Clip(labels), number)
	}
	for i := range fact.Tables {
		t := &fact.Tables[i]
		column := slices.IndexFunc(t.Sums, func(s fact.Sum) bool { return s.Name == sum })
		if column < 0 || !slices.Contains(t.Facts, f.Name) {
			continue
		}
		at := target{table: i, column: column, labels: [maxLabels]int8{unused, unused, unused}}
		for j, l := range t.Labels {
			at.labels[j] = int8(slices.Index(labels, l.Name))
		}
		list = append(list, at)
	}
	return list
}

// A sumKey is the key of a row. Its time is that of all grains.
type sumKey struct {
	at        [3]int64
	user, org nameRef
	labels    [maxLabels]uint32
}

// tableSums are rows of one table, whose sums follow each other.
type tableSums struct {
	table *fact.Table
	rows  map[sumKey]int32
	keys  []sumKey
	sums  []int64
	last  int32 // the row that was added to last
}

// sums are the rows of all tables in a commit.
type sums []tableSums

func newSums() sums {
	s := make(sums, len(fact.Tables))
	for i := range s {
		s[i] = newTableSums(&fact.Tables[i])
	}
	return s
}

func newTableSums(t *fact.Table) tableSums {
	return tableSums{table: t, rows: map[sumKey]int32{}, last: -1}
}

// addEvent adds the observations of an event.
func (s sums) addEvent(e *event, observations []observation) {
	for i := range observations {
		o := &observations[i]
		s.add(e, targets[o.fact][o.sum], &o.labels, o.value)
	}
}

func (s sums) add(e *event, to []target, labels *[maxLabels]uint32, value int64) {
	for i := range to {
		t := &to[i]
		table := &s[t.table]
		key := sumKey{at: e.at.slot.at, org: e.org}
		if table.table.User {
			key.user = e.user
		}
		for j, from := range t.labels {
			if from != unused {
				key.labels[j] = labels[from]
			}
		}
		table.addTo(&key, t.column, value)
	}
}

// addTo adds a value to a column of a row.
func (t *tableSums) addTo(key *sumKey, column int, value int64) {
	at := int(t.row(key))*len(t.table.Sums) + column
	t.sums[at] = min(t.sums[at]+value, t.table.Sums[column].Max())
}

// row returns the row of a key, which it adds if it is not there.
func (t *tableSums) row(key *sumKey) int32 {
	if t.last >= 0 && t.keys[t.last] == *key {
		return t.last
	}
	row, ok := t.rows[*key]
	if !ok {
		row = int32(len(t.keys))
		t.rows[*key] = row
		t.keys = append(t.keys, *key)
		t.sums = append(t.sums, noSums[:len(t.table.Sums)]...)
	}
	t.last = row
	return row
}

// noSums are the sums of a new row.
var noSums [32]int64

// of returns the rows of a grain, without those whose time is not stored.
func (t *tableSums) of(g fact.Grain) *tableSums {
	rolled := newTableSums(t.table)
	columns := len(t.table.Sums)
	for i := range t.keys {
		key := t.keys[i]
		if key.at[g] == 0 {
			continue
		}
		key.at = [3]int64{key.at[g]}
		for column, value := range t.sums[i*columns : (i+1)*columns] {
			if value != 0 {
				rolled.addTo(&key, column, value)
			}
		}
		rolled.row(&key) // a row can consist of zeros
	}
	return &rolled
}

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
