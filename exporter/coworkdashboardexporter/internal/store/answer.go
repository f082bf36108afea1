package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// The column and the unit with a special meaning in queries.
const (
	totalColumn = "of"   // the number of rows without the limit
	timeUnit    = "time" // Unix seconds
)

// Answer returns the answer to a panel.
func (s *Store) Answer(ctx context.Context, p report.Panel, f report.Filter) (t report.Table, err error) {
	in := s.span(f)
	err = s.inTransaction(ctx, func(ctx context.Context, tx *sql.Tx) error {
		args, err := s.arguments(ctx, tx, in, p, f)
		if err != nil {
			return err
		}
		t, err = s.table(ctx, tx, withRelations(p.Query), args)
		return err
	})
	t.From, t.To = time.Unix(in.from, 0).In(s.set.Zone), time.Unix(in.to, 0).In(s.set.Zone)
	return t, err
}

// inTransaction runs a read transaction, so that an answer is a consistent snapshot. It
// waits for a query slot, at most until readTimeout.
func (s *Store) inTransaction(ctx context.Context, read func(context.Context, *sql.Tx) error) error {
	ctx, cancel := context.WithTimeout(ctx, readTimeout)
	defer cancel()
	select {
	case s.querySlots <- struct{}{}:
		defer func() { <-s.querySlots }()
	case <-ctx.Done():
		return errBusy
	}
	tx, err := s.read.BeginTx(ctx, nil)
	if err == nil {
		defer func() { _ = tx.Rollback() }() // of a read-only transaction
		err = read(ctx, tx)
	}
	switch {
	case err == nil || errors.Is(err, report.ErrNotFound):
		return err
	case ctx.Err() != nil:
		return errBusy
	default:
		return describe(s.set.Path, err)
	}
}

var errBusy = errors.New("the answer takes too long (choose a shorter time range, or try again later)")

// span returns the hours or days that an answer covers.
func (s *Store) span(f report.Filter) span {
	return spanOf(f, s.set.Zone, time.Unix(0, s.kept.Load()))
}

// arguments returns the parameters of a query.
func (s *Store) arguments(ctx context.Context, tx *sql.Tx, in span, p report.Panel, f report.Filter) ([]any, error) {
	slots := make([][5]any, len(in.slots))
	for i, sl := range in.slots {
		slots[i] = [5]any{sl.at, sl.day, sl.weekday, sl.hour, time.Unix(sl.day, 0).In(s.set.Zone).Format(time.DateOnly)}
	}
	text, err := json.Marshal(slots)
	if err != nil {
		return nil, err
	}
	id := map[string]int64{}
	for _, part := range [...]struct {
		key, value string
		category   category
	}{{"organization", f.Organization, catOrganization}, {"user", f.User, catUser}, {"model", f.Model, catModel}} {
		if part.value == "" || slices.Contains(p.Ignores, part.key) {
			continue
		}
		if id[part.key], err = idOf(ctx, tx, part.category, part.value); err != nil {
			return nil, err
		}
	}
	shard := int64(-1)
	if id["user"] > 0 {
		shard = id["user"] >> shardBits
	}
	var seat any
	if s.set.SeatValueUSD > 0 {
		seat = s.set.SeatValueUSD
	}
	days, err := daysOf(ctx, tx, in, f.To)
	if err != nil {
		return nil, err
	}
	fromDay := in.from
	if len(in.slots) > 0 {
		fromDay = in.slots[0].day
	}
	return []any{
		sql.Named("grain", int64(in.grain)), sql.Named("from", in.from), sql.Named("to", in.to), sql.Named("prior", in.prior),
		sql.Named("from_day", fromDay), sql.Named("slots", string(text)), sql.Named("days", days), sql.Named("seat_value_usd", seat),
		sql.Named("spend_needs", needs(spend, p.Query)), sql.Named("people_needs", needs(people, p.Query)),
		sql.Named("organization", id["organization"]), sql.Named("user", id["user"]), sql.Named("model", id["model"]), sql.Named("shard", shard),
	}, nil
}

// daysOf returns the number of days in a span for which there are figures: not those in
// the future or before the first event. It is at least 1, since less is too short to
// extrapolate.
func daysOf(ctx context.Context, tx *sql.Tx, in span, to time.Time) (float64, error) {
	var known int64
	err := tx.QueryRowContext(ctx, "select coalesce(min(at), 0) from cells where family = ? and grain = ?", people.id, daily).Scan(&known)
	from, until := max(in.from, known), min(in.to, to.Unix())
	return max(1, float64(until-from)/secondsADay), err
}

// idOf returns the id of a name, -1 if the name is unknown.
func idOf(ctx context.Context, tx *sql.Tx, c category, text string) (id int64, err error) {
	if text == otherName {
		return overflow, nil
	}
	err = tx.QueryRowContext(ctx, "select id from word where category = ? and text = ?", c, text).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return -1, nil
	}
	return id, err
}

// table returns the rows of a query. Columns are named "name [unit]".
func (s *Store) table(ctx context.Context, tx *sql.Tx, query string, args []any) (t report.Table, err error) {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return t, err
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		return t, err
	}
	total := slices.Index(names, totalColumn)
	for i, name := range names {
		if i != total {
			t.Columns = append(t.Columns, columnOf(name))
		}
	}
	cells, to := make([]any, len(names)), make([]any, len(names))
	for i := range cells {
		to[i] = &cells[i]
	}
	for rows.Next() {
		if err := rows.Scan(to...); err != nil {
			return t, err
		}
		if total >= 0 {
			n, _ := cells[total].(int64)
			t.Cut = int(n)
		}
		t.Rows = append(t.Rows, s.row(t.Columns, cells, total))
	}
	t.Cut = max(0, t.Cut-len(t.Rows))
	return t, rows.Err()
}

func columnOf(name string) report.Column {
	name, unit, _ := strings.Cut(strings.TrimSuffix(name, "]"), " [")
	return report.Column{Name: name, Unit: unit}
}

// row converts a row of a query to a row of a table.
func (s *Store) row(columns []report.Column, cells []any, total int) []any {
	row := make([]any, 0, len(columns))
	for i, cell := range cells {
		if i == total {
			continue
		}
		if at, ok := cell.(int64); ok && columns[len(row)].Unit == timeUnit {
			cell = time.Unix(at, 0).In(s.set.Zone)
		}
		if text, ok := cell.([]byte); ok {
			cell = string(text)
		}
		row = append(row, cell)
	}
	return row
}

// Choices returns the names that a filter can be set to.
func (s *Store) Choices(ctx context.Context, f report.Filter) (c report.Choices, err error) {
	f.Organization, f.User, f.Model = "", "", "" // the choices do not depend on the filter's names
	err = s.inTransaction(ctx, func(ctx context.Context, tx *sql.Tx) error {
		args, err := s.arguments(ctx, tx, s.span(f), report.Panel{}, f)
		if err != nil {
			return err
		}
		for _, list := range [...]struct {
			to    *[]string
			query string
		}{
			{&c.Organizations, "select name from people_organization where name not in ('(unknown)')"},
			{&c.Users, "select name from people_user where name not in ('(unknown)')"},
			{&c.Models, "select name from spend_model where name not in ('(unknown)')"},
		} {
			t, err := s.table(ctx, tx, withRelations(list.query), args)
			if err != nil {
				return err
			}
			for _, row := range t.Rows {
				if name, ok := row[0].(string); ok {
					*list.to = append(*list.to, name)
				}
			}
		}
		return nil
	})
	return c, err
}
