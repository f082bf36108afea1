package lookup

import (
	"context"
	"database/sql"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/internal/prompt"
)

// stepsOf returns the steps of a prompt with their contents, in the order of their starts.
func stepsOf(ctx context.Context, tx *database.Tx, zone *time.Location, id string) (steps []report.Step, err error) {
	contents, err := contentsOf(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	const query = "select n, start_ns, duration_ns, kind, name, failed, reason, details, event_id from steps where prompt_id = $1 order by start_ns, n"
	err = tx.EachRow(ctx, query, []any{id}, func(rows *sql.Rows) error {
		var n, start, duration int64
		var details string
		var s report.Step
		err := rows.Scan(&n, &start, &duration, &s.Kind, &s.Name, &s.Failed, &s.Why, &details, &s.Event)
		s.Start, s.Duration, s.Details = time.Unix(0, start).In(zone), time.Duration(duration), detailsOf(details)
		s.ID, s.Parent = prompt.StepByID(s.Kind, s.Detail), prompt.ParentByID(s.Kind, s.Detail)
		s.Contents = contents[n]
		steps = append(steps, s)
		return err
	})
	return steps, err
}

// contentsOf returns the contents of a prompt's steps by the number of the step.
func contentsOf(ctx context.Context, tx *database.Tx, id string) (map[int64][]report.StepContent, error) {
	contents := map[int64][]report.StepContent{}
	const query = "select n, name, content, missing from step_contents where prompt_id = $1 order by n, name"
	return contents, tx.EachRow(ctx, query, []any{id}, func(rows *sql.Rows) error {
		var n int64
		var c report.StepContent
		err := rows.Scan(&n, &c.Name, &c.Text, &c.Missing)
		contents[n] = append(contents[n], c)
		return err
	})
}
