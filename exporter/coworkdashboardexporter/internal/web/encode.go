package web

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
)

// writeJSON sends a value with a status. The client may have closed the connection.
func writeJSON(w http.ResponseWriter, code int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(v) // escapes markup
}

// A filterJSON is the filter of a request, with times in UTC.
type filterJSON struct {
	report.Filter
	Zone string `json:"zone"`
}

func newFilterJSON(f report.Filter) filterJSON {
	zone := f.Zone.String()
	f.From, f.To = f.From.UTC(), f.To.UTC()
	return filterJSON{f, zone}
}

// A panelJSON is a panel without its answer. Filters are the names that it can be limited to.
type panelJSON struct {
	report.Panel
	Unit    string   `json:"unit"`
	Filters []string `json:"filters"`
}

func newPanelJSON(src report.Source, p report.Panel) panelJSON {
	return panelJSON{p, p.Unit(), supportedNames(src, p)}
}

// An answerJSON is the answer to a panel with the filter of the request. Counted is the time
// range that it covers, in complete hours or days.
type answerJSON struct {
	panelJSON
	Filter  filterJSON `json:"filter"`
	Counted *spanJSON  `json:"counted,omitempty"`
	report.Table
}

type spanJSON struct {
	From time.Time `json:"from"`
	To   time.Time `json:"to"`
}

// newAnswerJSON returns an answer with times in UTC, and null for NaN and infinity.
func newAnswerJSON(p panelJSON, f report.Filter, t report.Table) answerJSON {
	a := answerJSON{panelJSON: p, Filter: newFilterJSON(f), Table: t}
	if !t.From.IsZero() {
		a.Counted = &spanJSON{t.From.UTC(), t.To.UTC()}
	}
	a.Table.Columns = append([]report.Column{}, t.Columns...)
	a.Rows = make([][]any, len(t.Rows))
	for i, row := range t.Rows {
		a.Rows[i] = make([]any, len(row))
		for j, c := range row {
			if f, ok := c.(float64); ok && (math.IsNaN(f) || math.IsInf(f, 0)) {
				c = nil
			}
			if t, ok := c.(time.Time); ok {
				c = t.UTC()
			}
			a.Rows[i][j] = c
		}
	}
	return a
}

// writeCSV sends an answer as CSV: a header row with units, times in a zone, and exact
// numbers. If the limit left rows out, the last row is a comment with their number and
// the limit that includes them, which is at most most.
func writeCSV(w http.ResponseWriter, name string, t report.Table, zone *time.Location, most int) {
	h := w.Header()
	h.Set("Content-Type", "text/csv; charset=utf-8; header=present")
	h.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	h.Set("Cowork-Rows", strconv.Itoa(len(t.Rows)))
	h.Set("Cowork-Rows-Omitted", strconv.Itoa(t.Cut))
	out := csv.NewWriter(w)
	out.UseCRLF = true
	record := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		record[i] = escapeFormula(c.Name)
		if c.Unit != "" {
			record[i] += " (" + c.Unit + ")"
		}
	}
	_ = out.Write(record) // fails only if the client has closed the connection
	for _, row := range t.Rows {
		for i, c := range row[:min(len(row), len(record))] {
			record[i] = csvField(c, zone)
		}
		_ = out.Write(record)
	}
	if t.Cut > 0 && len(record) > 0 {
		clear(record)
		record[0] = fmt.Sprintf("# %d further rows: limit=%d", t.Cut, min(len(t.Rows)+t.Cut, most))
		if len(t.Rows) >= most {
			record[0] = fmt.Sprintf("# %d further rows: the largest limit is %d", t.Cut, most)
		}
		_ = out.Write(record)
	}
	out.Flush()
}

func csvField(v any, zone *time.Location) string {
	switch v := v.(type) {
	case string:
		return escapeFormula(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		if !math.IsNaN(v) && !math.IsInf(v, 0) {
			return strconv.FormatFloat(v, 'f', -1, 64)
		}
	case time.Time:
		return v.In(zone).Format(time.RFC3339)
	}
	return ""
}

// formulaStarts are the characters with which spreadsheets start a formula, with their
// full-width forms, which some spreadsheets treat alike.
const formulaStarts = "=+-@＝＋－＠"

// escapeFormula prefixes a name that starts like a formula by an apostrophe, so that a
// spreadsheet does not run a name such as =HYPERLINK(…). Spreadsheets skip leading white
// space, invisible characters and quotes, so these are skipped here too.
func escapeFormula(s string) string {
	s = format.Sanitize(s)
	if first := strings.TrimLeftFunc(s, skippedBySpreadsheets); first != "" && strings.ContainsRune(formulaStarts, []rune(first)[0]) {
		return "'" + s
	}
	return s
}

func skippedBySpreadsheets(r rune) bool {
	return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || strings.ContainsRune("\ufffd\"'", r)
}
