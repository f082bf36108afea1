package web

import (
	"encoding/csv"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
)

// sendCSV sends an answer as CSV: a header row with units, times in a zone, and exact
// numbers.
func sendCSV(w http.ResponseWriter, name string, t report.Table, zone *time.Location) error {
	w.Header().Set("Content-Type", "text/csv; charset=utf-8; header=present")
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	out := csv.NewWriter(w)
	out.UseCRLF = true
	header := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		header[i] = escapeFormula(c.Name)
		if c.Unit != "" && c.Unit != "time" {
			header[i] += " (" + c.Unit + ")"
		}
	}
	_ = out.Write(header) // fails only if the client has closed the connection
	for _, row := range t.Rows {
		record := make([]string, len(row))
		for i, c := range row {
			record[i] = csvField(c, zone)
		}
		_ = out.Write(record)
	}
	out.Flush()
	return nil
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
