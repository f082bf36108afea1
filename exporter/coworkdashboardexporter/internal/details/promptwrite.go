package details

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
	shown []*Event // in the order of their arrival
	tools map[toolKey]toolCalls
	first int64 // the number of the first step
}

// prompts returns the prompts of some events in the order of their ids.
func (w *Writer) prompts(events []Event) []*promptDelta {
	byID := map[string]*promptDelta{}
	var list []*promptDelta
	for i := range slices.Backward(events) {
		e := &events[i]
		if e.Prompt == nil || byID[e.Prompt.ID] != nil {
			continue
		}
		if len(byID) >= min(w.Limits.Prompts, maxCommitPrompts) {
			w.Dropped.Prompts++
			continue
		}
		p := &promptDelta{promptRow: promptRow{id: e.Prompt.ID, start: e.Prompt.Start, end: e.Prompt.End}}
		byID[p.id] = p
		list = append(list, p)
	}
	for i := range events {
		if e := &events[i]; e.Prompt != nil && byID[e.Prompt.ID] != nil {
			byID[e.Prompt.ID].addEvent(e)
		}
	}
	slices.SortFunc(list, func(a, b *promptDelta) int { return strings.Compare(a.id, b.id) })
	return list
}

// addEvent adds an event of the prompt.
func (p *promptDelta) addEvent(e *Event) {
	p.merge(&promptRow{
		session: e.Session, user: e.User, org: e.Organization,
		start: e.Prompt.Start, end: e.Prompt.End, closed: e.Prompt.Closes,
		sums: [columns]int64(e.Numbers[:columns]),
	})
	p.models, p.modes = addNames(p.models, e.Prompt.Model), addNames(p.modes, e.Mode)
	p.addCalls(e)
	if e.Prompt.Step != nil {
		p.shown = append(p.shown, e)
	}
}

// writePrompts adds the prompts of some events to those that are stored. It locks the rows
// of prompts before it reads them, so that several collectors can add to the same prompt.
func (w *Writer) writePrompts(ctx context.Context, events []Event) error {
	list := w.prompts(events)
	if len(list) == 0 {
		return nil
	}
	rows := make([][]any, len(list))
	for i, p := range list {
		row, _, _ := p.fitting(&w.Limits)
		rows[i] = row.values()
	}
	isNew, err := w.Tx.InsertNew(ctx, "prompts", promptColumns, rows)
	if err != nil {
		return err
	}
	stored, err := w.storedPrompts(ctx, list, isNew)
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
		row, _, _ := p.fitting(&w.Limits)
		rows = append(rows, row.values())
	}
	if err := w.Tx.Insert(ctx, "prompts", promptColumns, replacePrompt, rows); err != nil {
		return err
	}
	if err := writeTools(ctx, w, list); err != nil {
		return err
	}
	return w.writeSteps(ctx, list)
}

// storedPrompts returns and locks the stored rows of the prompts that are not new.
func (w *Writer) storedPrompts(ctx context.Context, list []*promptDelta, isNew []bool) (map[string]promptRow, error) {
	var ids []any
	for i, p := range list {
		if !isNew[i] {
			ids = append(ids, p.id)
		}
	}
	stored := map[string]promptRow{}
	for part := range slices.Chunk(ids, maxParameters) {
		query := fmt.Sprintf("select %s from prompts where id in (%s) order by id%s", strings.Join(promptColumns, ", "), parameters(len(part)), w.lock())
		err := w.Tx.EachRow(ctx, query, part, func(rows *sql.Rows) error {
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

// fitting returns the row of the prompt with the steps and contents that fit the limits.
func (p *promptDelta) fitting(l *Limits) (row promptRow, steps []*Event, contents []storedContent) {
	row = p.promptRow
	steps = p.shown[:row.addSteps(int64(len(p.shown)), int64(l.Steps))]
	return row, steps, row.addContents(steps, p.first, l.Content)
}

var (
	stepColumns    = []string{"prompt_id", "n", "start_ns", "duration_ns", "kind", "name", "failed", "reason", "details", "event_id"}
	contentColumns = []string{"prompt_id", "n", "name", "content", "missing"}
)

// writeSteps adds the steps of prompts and their contents. Their numbers follow those of
// all earlier steps, with the ones that were cut, so that they are unique.
func (w *Writer) writeSteps(ctx context.Context, list []*promptDelta) error {
	var rows, contentRows [][]any
	for _, p := range list {
		row, steps, contents := p.fitting(&w.Limits)
		w.Dropped.Steps += int64(len(p.shown) - len(steps))
		w.Contents.Cut += row.contentsCut - p.contentsCut
		w.Contents.Refused += row.refused - p.refused
		for i, e := range steps {
			s := e.Prompt.Step
			rows = append(rows, []any{
				p.id, p.first + int64(i), e.Prompt.Start, e.Prompt.End - e.Prompt.Start,
				s.Kind, s.Name, number(s.Failed), s.Reason, s.Details, s.Event,
			})
		}
		for _, c := range contents {
			w.Contents.count(c.Content)
			contentRows = append(contentRows, []any{p.id, c.step, c.Name, c.Text, c.Missing})
		}
	}
	if err := w.Tx.Insert(ctx, "steps", stepColumns, "", rows); err != nil {
		return err
	}
	return w.Tx.Insert(ctx, "step_contents", contentColumns, "", contentRows)
}

func number(b bool) int {
	if b {
		return 1
	}
	return 0
}
