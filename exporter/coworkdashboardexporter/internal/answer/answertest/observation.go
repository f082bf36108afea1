package answertest

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/fact"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// An Observation is what one event adds to a fact.
type Observation struct {
	At   time.Time
	Fact string
	// Names are the names of user, organization and labels. A missing one is (unknown).
	Names map[string]string
	// Numbers are the labels that are numbers, and the sums.
	Numbers map[string]int64
}

// Name returns a name of the observation.
func (o *Observation) Name(key string) string {
	if name := o.Names[key]; name != "" {
		return name
	}
	return "(unknown)"
}

// Load adds observations to all tables of a database. They must be all of it, since rows
// are inserted once.
func Load(ctx context.Context, db *database.DB, zone *time.Location, list []Observation) error {
	return db.Write(ctx, func(ctx context.Context, tx *database.Tx) error {
		ids, err := loadNames(ctx, tx, list)
		if err != nil {
			return err
		}
		if err := loadPeople(ctx, tx, list, ids); err != nil {
			return err
		}
		for i := range fact.Tables {
			t := &fact.Tables[i]
			for _, g := range t.Grains {
				if err := loadTable(ctx, tx, zone, t, g, list, ids); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// loadNames stores all names and returns their ids by kind and name.
func loadNames(ctx context.Context, tx *database.Tx, list []Observation) (map[[2]string]int64, error) {
	ids := map[[2]string]int64{}
	for i := range list {
		for key, name := range list[i].Names {
			at := [2]string{fact.Kind(key), name}
			if _, known := ids[at]; known || name == "" || strings.HasPrefix(name, "(") {
				continue
			}
			err := tx.Insert(ctx, "names", []string{"kind", "name", "last_day"}, "", [][]any{{at[0], at[1], dateNumber(list[i].At)}})
			if err != nil {
				return nil, err
			}
			var id int64
			if err := tx.QueryRow(ctx, "select id from names where kind = $1 and name = $2", at[0], at[1]).Scan(&id); err != nil {
				return nil, err
			}
			ids[at] = id
		}
	}
	return ids, nil
}

// loadPeople stores the teams and cost centers of users, which do not change.
func loadPeople(ctx context.Context, tx *database.Tx, list []Observation, ids map[[2]string]int64) error {
	rows := map[int64][]any{}
	for i := range list {
		o := &list[i]
		user, team, costCenter := ids[[2]string{"user", o.Names["user"]}], ids[[2]string{"team", o.Names["team"]}], ids[[2]string{"cost_center", o.Names["cost_center"]}]
		if user > 0 && team+costCenter > 0 {
			rows[user] = []any{user, team, costCenter, o.At.Unix()}
		}
	}
	return tx.Insert(ctx, "people", []string{"user_id", "team_id", "cost_center_id", "seen"}, "", slices.Collect(maps.Values(rows)))
}

// unnamed are the ids of the names that every database has.
var unnamed = map[string]int64{"(unknown)": 0, "(other)": 1}

func loadTable(ctx context.Context, tx *database.Tx, zone *time.Location, t *fact.Table, g fact.Grain, list []Observation, ids map[[2]string]int64) error {
	type key [6]int64
	keys := t.Key(g)
	rows := map[key][]int64{}
	id := func(o *Observation, kind string) int64 {
		name := o.Name(kind)
		if id, special := unnamed[name]; special {
			return id
		}
		return ids[[2]string{fact.Kind(kind), name}]
	}
	for i := range list {
		o := &list[i]
		if !slices.Contains(t.Facts, o.Fact) {
			continue
		}
		k := key{timeKey(o.At.In(zone), g)}
		for j, column := range keys[1:] {
			if kind, named := strings.CutSuffix(column, "_id"); named {
				k[j+1] = id(o, kind)
			} else {
				k[j+1] = o.Numbers[column]
			}
		}
		if rows[k] == nil {
			rows[k] = make([]int64, len(t.Sums))
		}
		for j, sum := range t.Sums {
			rows[k][j] += o.Numbers[sum.Name]
		}
	}
	columns := slices.Clone(keys)
	for _, sum := range t.Sums {
		columns = append(columns, sum.Name)
	}
	var values [][]any
	for k, sums := range rows {
		var row []any
		for _, v := range slices.Concat(k[:len(keys)], sums) {
			row = append(row, v)
		}
		values = append(values, row)
	}
	return tx.Insert(ctx, t.Of(g), columns, "", values)
}

func timeKey(t time.Time, g fact.Grain) int64 {
	switch g {
	case fact.Hour:
		return report.StartOfHour(t).Unix()
	case fact.Week:
		return dateNumber(report.StartOfDay(t, -(int(t.Weekday())+6)%7))
	}
	return dateNumber(t)
}
