package ingest

import (
	"slices"

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
