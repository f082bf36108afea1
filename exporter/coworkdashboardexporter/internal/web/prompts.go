package web

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// A promptsView is the list of prompts.
type promptsView struct {
	frame
	Rows    []promptRow
	Trouble string
	Older   string
	Newest  string
}

// A promptRow is one prompt of the list.
type promptRow struct {
	Href     string
	Short    string // the start of its id, enough to tell it apart
	Start    cell
	User     cell
	Models   []cell
	Cost     cell
	Tokens   cell
	Tools    cell
	Errors   cell
	Duration cell
	Open     bool
}

func (s *server) prompts(w http.ResponseWriter, r *http.Request) error {
	p, err := s.painter(r)
	if err != nil {
		return err
	}
	list, more, err := s.promptPage(r.Context(), p)
	view := promptsView{frame: s.frame(p, "Prompts", "/prompts")}
	view.Filter = s.filter(r.Context(), p)
	if err != nil {
		view.Trouble = troubleOf(err)
	}
	for _, one := range list {
		view.Rows = append(view.Rows, p.promptRow(one))
	}
	if more {
		view.Older = p.query.link("/prompts", "before", list[len(list)-1].Start.UTC().Format(time.RFC3339Nano))
	}
	if !p.query.Before.IsZero() {
		view.Newest = p.query.link("/prompts")
	}
	s.pages.write(w, http.StatusOK, "prompts", view)
	return nil
}

// promptPage asks for one page of prompts and whether there are older ones.
func (s *server) promptPage(ctx context.Context, p *painter) (list []report.Prompt, more bool, err error) {
	err = s.gate.through(ctx, func(ctx context.Context) (err error) {
		list, err = s.src.Prompts(ctx, p.query.Filter, p.query.Before, p.query.Limit+1)
		return s.failed(ctx, "prompts", err)
	})
	if err != nil || len(list) <= p.query.Limit {
		return list, false, err
	}
	// The next page begins before the last of this one. Prompts of one moment must not
	// be parted by that, or some would be on neither page.
	n := p.query.Limit
	for n > 1 && list[n].Start.Equal(list[n-1].Start) {
		n--
	}
	return list[:n], true, nil
}

func (p *painter) promptRow(one report.Prompt) promptRow {
	short, _ := shown(cut(one.ID, 9))
	row := promptRow{
		Href: p.query.link("/prompts/" + url.PathEscape(one.ID)), Short: short, Open: p.going(one),
		Start: p.timeCell(one.Start), User: p.textCell(one.User, report.Column{Name: "user"}),
		Cost:     numberCell(one.CostUSD, strconv.FormatFloat(one.CostUSD, 'f', -1, 64), "USD"),
		Tokens:   wholeCell(one.InputTokens+one.OutputTokens, "{token}"),
		Tools:    wholeCell(one.Tools, "{call}"),
		Errors:   wholeCell(one.Errors+one.ToolFailures, "{error}"),
		Duration: durationCell(one.Duration),
	}
	for _, m := range one.Models {
		row.Models = append(row.Models, p.textCell(m, report.Column{Name: "model"}))
	}
	return row
}

// silence is how long a prompt without a summary may be silent and still be in progress.
// After that its summary was lost, or history came late.
const silence = 15 * time.Minute

func (p *painter) going(one report.Prompt) bool {
	return !one.Closed && p.now.Sub(one.Start.Add(one.Duration)) < silence
}

func wholeCell(n int64, unit string) cell {
	return numberCell(float64(n), strconv.FormatInt(n, 10), unit)
}

func durationCell(d time.Duration) cell {
	return numberCell(d.Seconds(), strconv.FormatFloat(d.Seconds(), 'f', -1, 64), "s")
}

// A promptEntry is a prompt as a program sees it.
type promptEntry struct {
	ID           string    `json:"id"`
	Session      string    `json:"session"`
	User         string    `json:"user"`
	Organization string    `json:"organization"`
	Start        time.Time `json:"start"`
	Seconds      float64   `json:"duration_s"`
	CostUSD      float64   `json:"cost_usd"`
	InputTokens  int64     `json:"input_tokens"`
	OutputTokens int64     `json:"output_tokens"`
	Requests     int64     `json:"requests"`
	Errors       int64     `json:"errors"`
	Tools        int64     `json:"tools"`
	ToolFailures int64     `json:"tool_failures"`
	ToolRejects  int64     `json:"tool_rejects"`
	Models       []string  `json:"models"`
	Closed       bool      `json:"closed"`
	Cut          int64     `json:"steps_not_kept"`
}

func (s *server) promptsJSON(w http.ResponseWriter, r *http.Request) error {
	p, err := s.painter(r)
	if err != nil {
		return err
	}
	list, more, err := s.promptPage(r.Context(), p)
	if err != nil {
		return err
	}
	answer := struct {
		Filter  filterEntry   `json:"filter"`
		Prompts []promptEntry `json:"prompts"`
		Before  string        `json:"before,omitempty"`
	}{Filter: filterOf(p.query.Filter), Prompts: make([]promptEntry, len(list))}
	for i, one := range list {
		answer.Prompts[i] = promptEntry{
			one.ID, one.Session, one.User, one.Organization, one.Start.UTC(), one.Duration.Seconds(), one.CostUSD,
			one.InputTokens, one.OutputTokens, one.Requests, one.Errors, one.Tools, one.ToolFailures, one.ToolRejects,
			append([]string{}, one.Models...), one.Closed, one.Cut,
		}
	}
	if more {
		answer.Before = list[len(list)-1].Start.UTC().Format(time.RFC3339Nano)
	}
	return sendJSON(w, answer)
}
