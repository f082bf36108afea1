package answer

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/lookup"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// Settings configure a source.
type Settings struct {
	// Zone is the time zone of hours and days.
	Zone *time.Location
	// SeatValueUSD is the value of a seat per month, 0 if unknown.
	SeatValueUSD float64
	// Hours is how long hourly sums are stored.
	Hours time.Duration
	// Now returns the present time.
	Now func() time.Time
	// State returns the state of the data, such as that of the ingest.
	State func() report.State
}

// A Source answers the queries of the page. It is safe for concurrent use.
type Source struct {
	*lookup.Reader
	db   *database.DB
	set  Settings
	memo *memo
}

var _ report.Source = (*Source)(nil)

// New returns a source that reads a database.
func New(db *database.DB, set Settings) *Source {
	return &Source{lookup.NewReader(db, set.Zone), db, set, newMemo()}
}

// State returns the state of the source.
func (s *Source) State() report.State { return s.set.State() }

// span returns the hours or days that an answer covers.
func (s *Source) span(f report.Filter) span {
	return spanOf(f, s.set.Zone, s.set.Now().Add(-s.set.Hours))
}

// An answer is the answer to one panel in one transaction.
type answer struct {
	set    *Settings
	tx     *database.Tx
	panel  *report.Panel
	filter report.Filter
	span   span
	ids    ids
	limit  int
}

// shapes answer a panel by its shape. Other shapes are rankings.
var shapes = map[report.Shape]func(context.Context, *answer) ([][]any, int, error){
	report.Figure: figureRows,
	report.Line:   lineRows,
	report.Heat:   heatRows,
}

// Answer returns the answer to a panel that supports the filter. It has at most limit rows,
// or as many as the panel shows if limit is 0. The rows are shared and must not be changed.
func (s *Source) Answer(ctx context.Context, p report.Panel, f report.Filter, limit int) (report.Table, error) {
	in := s.span(f)
	if p.ID == "" || limit > 0 { // only answers of the page are few and small enough to keep
		return s.find(ctx, &p, f, in, limit)
	}
	q := question{p.ID, namesOf(f), in.from.Unix(), in.to.Unix()}
	return s.memo.answer(q, func() (report.Table, error) { return s.find(ctx, &p, f, in, 0) })
}

// namesOf returns a filter without its times.
func namesOf(f report.Filter) report.Filter {
	f.From, f.To, f.Zone, f.Compare = time.Time{}, time.Time{}, nil, f.Compare.UTC()
	return f
}

// find reads the answer to a panel from the database.
func (s *Source) find(ctx context.Context, p *report.Panel, f report.Filter, in span, limit int) (report.Table, error) {
	t := report.Table{Columns: p.Columns, Unavailable: unavailable(p, f), From: in.from, To: in.to}
	err := s.db.Read(ctx, func(ctx context.Context, tx *database.Tx) (err error) {
		a := &answer{set: &s.set, tx: tx, panel: p, filter: f, span: in, limit: limit}
		if a.ids, err = idsOf(ctx, tx, f); err != nil {
			return err
		}
		if a.span.newest, err = a.isNewest(ctx, in); err != nil {
			return err
		}
		rows := shapes[p.Shape]
		if rows == nil {
			rows = rankingRows
		}
		t.Rows, t.Cut, err = rows(ctx, a)
		return err
	})
	if limit > 0 && len(t.Rows) > limit {
		t.Rows, t.Cut = t.Rows[:limit], t.Cut+len(t.Rows)-limit
	}
	return t, err
}

// idsOf returns the ids of the names of a filter.
func idsOf(ctx context.Context, tx *database.Tx, f report.Filter) (of ids, err error) {
	for _, name := range [...]struct {
		kind, name string
		id         *int64
	}{
		{byOrganization, f.Organization, &of.organization},
		{byTeam, f.Team, &of.team},
		{byUser, f.User, &of.user},
		{"model", f.Model, &of.model},
		{"tool", f.Tool, &of.tool},
		{"connector", f.Connector, &of.connector},
	} {
		if name.name == "" {
			continue
		}
		// The kind of (unknown) and (other) is "".
		row := tx.QueryRow(ctx, "select id from names where kind in ($1, '') and name = $2 order by kind desc limit 1", name.kind, name.name)
		switch err := row.Scan(name.id); {
		case errors.Is(err, sql.ErrNoRows):
			*name.id = noID
		case err != nil:
			return of, err
		}
	}
	return of, nil
}

// newStatement returns a statement for a time range.
func (a *answer) newStatement(in span) *statement {
	return &statement{span: in, filter: a.filter, ids: a.ids}
}
