package e2e

import (
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
)

// always is a time that everything in these tests is within, told in days.
const always = "?from=2026-01-01&to=2026-12-31"

// TestPage looks at the page as its readers do: with a browser, on what recorded clients
// sent and on weeks of a made-up team.
func TestPage(t *testing.T) {
	t.Parallel()
	p := startPage(t)
	b := look(t, p.url())
	t.Run("empty", func(t *testing.T) { p.opens(t, b, "light") })
	t.Run("captures", func(t *testing.T) {
		p.tellCaptures(t)
		p.settle(t)
		p.requireFigures(t, always)
		p.opens(t, b, "dark")
	})
	now := time.Now().UTC()
	p.tellDemo(t, &p.sum, now, 20, 8)
	p.settle(t)
	t.Run("figures", func(t *testing.T) { p.requireFigures(t, always) })
	t.Run("files", func(t *testing.T) { p.files(t) })
	t.Run("opens", func(t *testing.T) { p.opens(t, b, "light", "dark") })
	t.Run("shown", func(t *testing.T) { p.showsItsFigures(t, b) })
	t.Run("filters", func(t *testing.T) { p.filters(t, b, now) })
	t.Run("prompt", func(t *testing.T) { p.waterfall(t, b) })
	t.Run("keyboard", func(t *testing.T) { b.walks(t, "/", "/prompts", "/setup") })
	t.Run("live", func(t *testing.T) { p.live(t, b, now) })
	b.requireQuiet(t)
	b.withoutScripts(t)
	t.Run("without scripts", func(t *testing.T) { p.showsItsFigures(t, b) })
}

// tellCaptures sends the logs of every recorded run.
func (p *dashboard) tellCaptures(t *testing.T) {
	t.Helper()
	for _, requests := range captures(t) {
		for _, r := range requests {
			if r.signal != "logs" {
				continue
			}
			sent := plogotlp.NewExportRequest()
			require.NoError(t, decode(r, sent))
			p.tell(t, &p.sum, sent.Logs())
		}
	}
}

// opens looks at every page in the colours that are given, with all that unfolds unfolded.
func (p *dashboard) opens(t *testing.T, b *browser, schemes ...string) {
	t.Helper()
	paths := []string{"/", "/?range=24h", "/?section=cost", "/prompts", "/setup"}
	if ids := p.prompts(t, always); len(ids) > 0 {
		paths = append(paths, "/prompts/"+ids[0].ID)
	}
	for _, scheme := range schemes {
		b.prefer(t, scheme)
		for _, path := range paths {
			b.visit(t, path)
			require.NotEmpty(t, ask[string](t, b, `document.querySelector("h1").textContent`), path)
			ask[bool](t, b, `document.querySelectorAll("details").forEach(d => d.open = true), true`)
			b.checkAccessible(t, path+" "+scheme)
		}
	}
	b.requireQuiet(t)
}

// showsItsFigures checks that what stands on the page is what its files say.
func (p *dashboard) showsItsFigures(t *testing.T, b *browser) {
	t.Helper()
	b.visit(t, "/"+always)
	for id, answered := range p.answers(t, always) {
		shown := ask[[]float64](t, b, fmt.Sprintf(`[...document.querySelectorAll("#p-%s data")].map(d => Number(d.value))`, id))
		assert.Equal(t, told(answered), sorted(shown), "%s", id)
	}
}

// told are the numbers of an answer but those that are 0, which a map leaves blank. Of a
// figure it is the first: the second is told as a change.
func told(answered panel) []float64 {
	var list []float64
	for _, row := range answered.Rows {
		for i, cell := range row {
			if n, ok := cell.(float64); ok && (i == 0 || answered.Shape != "figure") {
				list = append(list, n)
			}
		}
	}
	return sorted(list)
}

func sorted(list []float64) []float64 {
	list = slices.DeleteFunc(list, func(n float64) bool { return n == 0 })
	slices.Sort(list)
	return append([]float64{}, list...)
}

// files checks that the CSV of every panel is its JSON, cell by cell.
func (p *dashboard) files(t *testing.T) {
	t.Helper()
	for id, answered := range p.answers(t, always) {
		status, body := p.fetch(t, "/api/panels/"+id+".csv"+always)
		require.Equal(t, 200, status, id)
		rows, err := csv.NewReader(strings.NewReader(string(body))).ReadAll()
		require.NoError(t, err, id)
		require.Len(t, rows, 1+len(answered.Rows), id)
		for i, c := range answered.Columns {
			require.Contains(t, rows[0][i], c.Name)
		}
		for i, row := range answered.Rows {
			for j, cell := range row {
				requireSame(t, cell, rows[1+i][j], id)
			}
		}
	}
}

// requireSame compares a cell of JSON with one of CSV.
func requireSame(t *testing.T, cell any, written, where string) {
	t.Helper()
	switch cell := cell.(type) {
	case nil:
		require.Empty(t, written, where)
	case float64:
		n, err := strconv.ParseFloat(written, 64)
		require.NoError(t, err, where)
		require.InDelta(t, cell, n, 1e-9, where)
	case string:
		// What a spreadsheet would take for a formula has an apostrophe before it.
		require.Equal(t, cell, strings.TrimPrefix(written, "'"), where)
	}
}
