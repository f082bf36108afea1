package ingest

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
)

// maxCommitPrompts bounds the prompts of one commit, and so its duration. If there are
// more, those whose events arrived first are dropped.
const maxCommitPrompts = 1000

// A promptDelta is what a commit adds to a prompt: its sums, and its steps.
type promptDelta struct {
	promptRow
	shown []*event // in the order of their arrival
	first int64    // the number of the first step
}

// prompts returns the prompts of the commit in the order of their ids.
func (c *commit) prompts() []*promptDelta {
	byID := map[string]*promptDelta{}
	var list []*promptDelta
	for _, e := range slices.Backward(c.events) {
		if e.prompt == nil || byID[e.prompt.id] != nil {
			continue
		}
		if len(byID) >= min(c.set.MaxPrompts, maxCommitPrompts) {
			c.stats.PromptsDropped++
			continue
		}
		p := &promptDelta{promptRow: promptRow{id: e.prompt.id, start: e.prompt.start, end: e.prompt.end}}
		byID[p.id] = p
		list = append(list, p)
	}
	for _, e := range c.events {
		if e.prompt != nil && byID[e.prompt.id] != nil {
			c.addToPrompt(byID[e.prompt.id], e)
		}
	}
	slices.SortFunc(list, func(a, b *promptDelta) int { return strings.Compare(a.id, b.id) })
	return list
}

// addToPrompt adds an event to its prompt.
func (c *commit) addToPrompt(p *promptDelta, e *event) {
	add := promptRow{
		session: e.session, user: c.id(e.user), org: c.id(e.org),
		start: e.prompt.start, end: e.prompt.end, closed: e.prompt.closes,
	}
	for _, o := range c.observations(e) {
		if i, ok := promptSumOf[factSum{o.fact, o.sum}]; ok {
			add.sums[i] += o.value
		}
	}
	p.merge(&add)
	p.addModel(e.prompt.model)
	if e.prompt.step != nil {
		p.shown = append(p.shown, e)
	}
}

// writePrompts adds the prompts of the commit to those that are stored. It locks the rows
// of prompts before it reads them, so that several collectors can add to the same prompt.
func (c *commit) writePrompts(ctx context.Context, tx transaction) error {
	list := c.prompts()
	if len(list) == 0 {
		return nil
	}
	rows := make([][]any, len(list))
	for i, p := range list {
		row := p.promptRow
		row.addSteps(int64(len(p.shown)), int64(c.set.MaxSteps))
		rows[i] = row.values()
	}
	isNew, err := tx.InsertNew(ctx, "prompts", promptColumns, rows)
	if err != nil {
		return err
	}
	stored, err := c.storedPrompts(ctx, tx, list, isNew)
	if err != nil {
		return err
	}
	rows = rows[:0]
	for i, p := range list {
		if isNew[i] {
			continue
		}
		if row, ok := stored[p.id]; ok {
			row.merge(&p.promptRow)
			p.promptRow, p.first = row, row.steps+row.cut
		}
		row := p.promptRow
		row.addSteps(int64(len(p.shown)), int64(c.set.MaxSteps))
		rows = append(rows, row.values())
	}
	if err := tx.Insert(ctx, "prompts", promptColumns, replacePrompt, rows); err != nil {
		return err
	}
	return c.writeSteps(ctx, tx, list)
}

// storedPrompts returns and locks the stored rows of the prompts that are not new.
func (c *commit) storedPrompts(ctx context.Context, tx transaction, list []*promptDelta, isNew []bool) (map[string]promptRow, error) {
	var ids []any
	for i, p := range list {
		if !isNew[i] {
			ids = append(ids, p.id)
		}
	}
	stored := map[string]promptRow{}
	for part := range slices.Chunk(ids, maxParameters) {
		query := fmt.Sprintf("select %s from prompts where id in (%s) order by id%s", strings.Join(promptColumns, ", "), parameters(len(part)), c.lock())
		err := eachRow(ctx, tx, query, part, func(rows *sql.Rows) error {
			var p promptRow
			err := p.scan(rows)
			stored[p.id] = p
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return stored, nil
}

var stepColumns = []string{"prompt_id", "n", "start_ns", "duration_ns", "kind", "name", "depth", "failed", "reason", "details"}

// writeSteps adds the steps of prompts. Their numbers follow those of all earlier steps,
// with the ones that were cut, so that they are unique.
func (c *commit) writeSteps(ctx context.Context, tx transaction, list []*promptDelta) error {
	var rows [][]any
	for _, p := range list {
		fit := p.addSteps(int64(len(p.shown)), int64(c.set.MaxSteps))
		c.stats.StepsDropped += int64(len(p.shown)) - fit
		for i, e := range p.shown[:fit] {
			s := e.prompt.step
			rows = append(rows, []any{
				p.id, p.first + int64(i), e.prompt.start, e.prompt.end - e.prompt.start,
				s.Kind, s.Name, s.Depth, number(s.Failed), s.Reason, s.Details,
			})
		}
	}
	return tx.Insert(ctx, "steps", stepColumns, "", rows)
}

func number(b bool) int {
	if b {
		return 1
	}
	return 0
}
