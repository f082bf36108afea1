package web

import (
	"encoding/csv"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// sendCSV writes an answer for a spreadsheet: a head with units, times in the page's
// zone, numbers in full.
func sendCSV(w http.ResponseWriter, name string, t report.Table, zone *time.Location) error {
	w.Header().Set("Content-Type", "text/csv; charset=utf-8; header=present")
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	out := csv.NewWriter(w)
	out.UseCRLF = true
	head := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		head[i] = inert(c.Name)
		if c.Unit != "" && c.Unit != "time" {
			head[i] += " (" + c.Unit + ")"
		}
	}
	_ = out.Write(head) // as below, a reader who has left
	for _, row := range t.Rows {
		line := make([]string, len(row))
		for i, c := range row {
			line[i] = field(c, zone)
		}
		_ = out.Write(line)
	}
	out.Flush()
	return nil
}

func field(v any, zone *time.Location) string {
	switch v := v.(type) {
	case string:
		return inert(v)
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

// formulaStarts are what a spreadsheet takes for the start of a formula, in the widths
// that some of them fold into one.
const formulaStarts = "=+-@＝＋－＠"

// inert makes a name text for a spreadsheet, whatever it starts with: a name like
// =HYPERLINK(…) must not become a formula on an administrator's screen. White space
// before it does not stop a spreadsheet, so it is looked behind.
func inert(s string) string {
	s = clean(s)
	if first := strings.TrimLeft(s, " \u00a0\ufffd\"'"); first != "" && strings.ContainsRune(formulaStarts, []rune(first)[0]) {
		return "'" + s
	}
	return s
}
