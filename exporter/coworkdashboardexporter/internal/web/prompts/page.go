package prompts

import (
	"context"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

// A Page is one page of the list of prompts, and whether older prompts follow.
type Page struct {
	prompts []report.Prompt
	more    bool
}

// ReadPage reads the prompts of a page.
func ReadPage(ctx context.Context, q urlquery.Query, src report.Source) (Page, error) {
	list, err := src.Prompts(ctx, q.Filter, q.Before, q.Limit+1)
	if err != nil || len(list) <= q.Limit {
		return Page{prompts: list}, err
	}
	// The next page starts before the last prompt of this one. Prompts with the same
	// time stay on one page, since that page would skip the others.
	n := q.Limit
	for n > 1 && list[n].Start.Equal(list[n-1].Start) {
		n--
	}
	return Page{list[:n], true}, nil
}

// before returns the value of the parameter before for the next page, "" if there is none.
func (p Page) before() string {
	if !p.more {
		return ""
	}
	return p.prompts[len(p.prompts)-1].Start.UTC().Format(time.RFC3339Nano)
}
