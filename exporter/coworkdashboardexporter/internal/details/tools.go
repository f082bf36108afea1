package details

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
)

// This file writes which tools and connectors the prompts called, so that prompts can be
// found by them.

// maxTools bounds the tools of a prompt. Calls of further tools are added to those of
// (other).
const maxTools = 100

// otherName is the id of (other).
const otherName = 1

type toolKey struct{ tool, connector int64 }

func (k toolKey) compare(o toolKey) int {
	return cmp.Or(cmp.Compare(k.tool, o.tool), cmp.Compare(k.connector, o.connector))
}

// toolCalls are the numbers of a tool in a prompt.
type toolCalls struct{ calls, failures, rejections int64 }

// addCalls adds the calls of an event. A failed request for a connector is a failure.
func (p *promptDelta) addCalls(e *Event) {
	n := toolCalls{e.Numbers[callSum], e.Numbers[failureSum], e.Numbers[rejectionSum]}
	if e.Connector != 0 {
		n.failures += e.Numbers[errorSum]
	}
	if n != (toolCalls{}) {
		p.addTool(toolKey{e.Tool, e.Connector}, n)
	}
}

func (p *promptDelta) addTool(key toolKey, n toolCalls) {
	if p.tools == nil {
		p.tools = map[toolKey]toolCalls{}
	}
	sum := p.tools[key]
	p.tools[key] = toolCalls{sum.calls + n.calls, sum.failures + n.failures, sum.rejections + n.rejections}
}

var toolColumns = []string{"prompt_id", "tool_id", "connector_id", "calls", "failures", "rejections"}

const addToolCalls = `on conflict (prompt_id, tool_id, connector_id) do update set calls = prompt_tools.calls + excluded.calls,
	failures = prompt_tools.failures + excluded.failures, rejections = prompt_tools.rejections + excluded.rejections`

// writeTools adds the calls of prompts, whose rows are locked.
func writeTools(ctx context.Context, w *Writer, list []*promptDelta) error {
	stored, err := storedTools(ctx, w.Tx, list)
	if err != nil {
		return err
	}
	var rows [][]any
	for _, p := range list {
		w.Dropped.Tools += p.limitTools(stored[p.id])
		for _, key := range slices.SortedFunc(maps.Keys(p.tools), toolKey.compare) {
			n := p.tools[key]
			rows = append(rows, []any{p.id, key.tool, key.connector, n.calls, n.failures, n.rejections})
		}
	}
	return w.Tx.Insert(ctx, "prompt_tools", toolColumns, addToolCalls, rows)
}

// limitTools moves the calls of tools beyond the limit to (other), and returns the number
// of these tools.
func (p *promptDelta) limitTools(stored map[toolKey]bool) (moved int64) {
	room := maxTools - 1 - len(stored)
	other := toolKey{otherName, otherName}
	for _, key := range slices.SortedFunc(maps.Keys(p.tools), toolKey.compare) {
		if stored[key] || key == other {
			continue
		}
		if room--; room >= 0 {
			continue
		}
		p.addTool(other, p.tools[key])
		delete(p.tools, key)
		moved++
	}
	return moved
}

// storedTools returns the stored tools of prompts that were stored before, by prompt,
// without (other).
func storedTools(ctx context.Context, tx *database.Tx, list []*promptDelta) (map[string]map[toolKey]bool, error) {
	var ids []any
	for _, p := range list {
		if len(p.tools) > 0 {
			ids = append(ids, p.id)
		}
	}
	stored := map[string]map[toolKey]bool{}
	for part := range slices.Chunk(ids, maxParameters) {
		query := fmt.Sprintf("select prompt_id, tool_id, connector_id from prompt_tools where prompt_id in (%s)", parameters(len(part)))
		err := tx.EachRow(ctx, query, part, func(rows *sql.Rows) error {
			var id string
			var key toolKey
			err := rows.Scan(&id, &key.tool, &key.connector)
			if stored[id] == nil {
				stored[id] = map[toolKey]bool{}
			}
			if key != (toolKey{otherName, otherName}) {
				stored[id][key] = true
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return stored, nil
}
