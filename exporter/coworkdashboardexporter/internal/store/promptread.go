package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// promptColumns are the columns of a prompt.
const promptColumns = `id, session, coalesce((select text from word where category = 1 and word.id = user), ''),
	coalesce((select text from word where category = 0 and word.id = organization), ''),
	start, finish, iif(summary = '', sums, summary), models, closed, cut`

// maxPrompts bounds the prompts of one answer.
const maxPrompts = 1000

// Prompts returns the latest prompts that match a filter and started before a time.
func (s *Store) Prompts(ctx context.Context, f report.Filter, before time.Time, limit int) (prompts []report.Prompt, err error) {
	to := f.To
	if !before.IsZero() && before.Before(to) {
		to = before
	}
	err = s.inTransaction(ctx, func(ctx context.Context, tx *sql.Tx) error {
		org, err := idOf(ctx, tx, catOrganization, f.Organization)
		if err != nil {
			return err
		}
		user, err := idOf(ctx, tx, catUser, f.User)
		if err != nil {
			return err
		}
		rows, err := tx.QueryContext(ctx, "select "+promptColumns+` from prompt where start >= ? and start < ?
			and (? = '' or organization = ?) and (? = '' or user = ?)
			and (? = '' or instr(char(10) || models || char(10), char(10) || ? || char(10)) > 0)
			order by start desc limit ?`,
			f.From.UnixNano(), to.UnixNano(), f.Organization, org, f.User, user, f.Model, f.Model, min(limit, maxPrompts))
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			p, err := s.prompt(rows.Scan)
			if err != nil {
				return err
			}
			prompts = append(prompts, p)
		}
		return rows.Err()
	})
	return prompts, err
}

// prompt reads a prompt from a row.
func (s *Store) prompt(scan func(...any) error) (p report.Prompt, err error) {
	var start, finish int64
	var text, models string
	if err := scan(&p.ID, &p.Session, &p.User, &p.Organization, &start, &finish, &text, &models, &p.Closed, &p.Cut); err != nil {
		return p, err
	}
	var sums promptSums
	if err := json.Unmarshal([]byte(text), &sums); err != nil {
		return p, errDamaged
	}
	p.Start, p.Duration = time.Unix(0, start).In(s.set.Zone), time.Duration(finish-start)
	p.CostUSD = float64(sums.Cost) / 1e6
	p.InputTokens, p.OutputTokens, p.Requests, p.Errors = sums.Input, sums.Output, sums.Requests, sums.Errors
	p.Tools, p.ToolFailures, p.ToolRejects = sums.Tools, sums.ToolFailures, sums.ToolRejects
	p.Models = splitModels(models)
	return p, nil
}

// Prompt returns one prompt with its steps in the order of their starts.
func (s *Store) Prompt(ctx context.Context, id string) (p report.Prompt, steps []report.Step, err error) {
	err = s.inTransaction(ctx, func(ctx context.Context, tx *sql.Tx) error {
		p, err = s.prompt(tx.QueryRowContext(ctx, "select "+promptColumns+" from prompt where id = ?", id).Scan)
		if errors.Is(err, sql.ErrNoRows) {
			return report.ErrNotFound
		}
		if err != nil {
			return err
		}
		steps, err = s.steps(ctx, tx, id)
		return err
	})
	return p, steps, err
}

func (s *Store) steps(ctx context.Context, tx *sql.Tx, id string) (steps []report.Step, err error) {
	rows, err := tx.QueryContext(ctx, "select data from step where prompt = ? order by n", id)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var data []byte
		if err := rows.Scan(&data); err != nil {
			return nil, err
		}
		part, err := decompressSteps(data)
		if err != nil {
			return nil, errDamaged
		}
		for _, st := range part {
			steps = append(steps, st.report(s.set.Zone))
		}
	}
	slices.SortStableFunc(steps, func(a, b report.Step) int { return cmp.Compare(a.Start.UnixNano(), b.Start.UnixNano()) })
	return steps, rows.Err()
}
