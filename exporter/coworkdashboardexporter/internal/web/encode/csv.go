package encode

import (
	"encoding/csv"
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

// The headers of a CSV file: how many rows it has, and how many the limit left out.
const (
	rowsHeader    = "Cowork-Rows"
	omittedHeader = "Cowork-Rows-Omitted"
)

// CSV sends an answer as CSV: a header row with units, times in a zone, and exact
// numbers. If the limit left rows out, the last row is a comment with their number and
// the limit that includes them, which is at most most.
func CSV(w http.ResponseWriter, name string, t report.Table, zone *time.Location, most int) {
	h := w.Header()
	h.Set("Content-Type", "text/csv; charset=utf-8; header=present")
	h.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	h.Set(rowsHeader, strconv.Itoa(len(t.Rows)))
	h.Set(omittedHeader, strconv.Itoa(t.Cut))
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
