package answertest

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/fact"
)

// grouped returns the statement that fills a table with the sums of another one by keys.
func grouped(into, from string, columns, keys []string, sums []fact.Sum) string {
	columns = slices.Clone(columns)
	values := slices.Clone(keys)
	for _, sum := range sums {
		columns = append(columns, sum.Name)
		values = append(values, "sum("+sum.Name+")")
	}
	by := strings.Join(keys, ", ")
	return fmt.Sprintf("insert into %s (%s) select %s from %s group by %s order by %s", into, strings.Join(columns, ", "), strings.Join(values, ", "), from, by, by)
}

func dateNumber(t time.Time) int64 {
	year, month, day := t.Date()
	return int64(year)*10000 + int64(month)*100 + int64(day)
}
