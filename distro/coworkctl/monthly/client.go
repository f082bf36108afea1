package monthly

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// A Client reads the JSON API of a page.
type Client struct {
	// Page is the address of the page, such as http://localhost:4320.
	Page string
	// Headers are sent with each request, such as authorization.
	Headers http.Header
	// Timeout bounds each request.
	Timeout time.Duration
}

// maxAnswer bounds an answer of the page in bytes.
const maxAnswer = 16 << 20

// errMissing reports an address that the page does not have.
var errMissing = errors.New("the page does not have it")

// get reads a JSON document. Errors contain no part of it.
func (c *Client) get(ctx context.Context, path string, into any) error {
	base, err := url.Parse(c.Page)
	if err != nil || base.Host == "" || base.Scheme != "http" && base.Scheme != "https" {
		return errors.New("--endpoint: is not an address (http://localhost:4320 would be)")
	}
	ctx, cancel := context.WithTimeout(ctx, c.Timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimSuffix(c.Page, "/")+path, nil)
	if err != nil {
		return errors.New("--endpoint: is not an address (http://localhost:4320 would be)")
	}
	req.Header = c.Headers.Clone()
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return fmt.Errorf("page: does not answer (start the collector with cowork_dashboard, or set --endpoint): %w", errors.Unwrap(err))
	}
	defer resp.Body.Close()
	switch resp.StatusCode {
	case http.StatusOK:
	case http.StatusNotFound:
		return errMissing
	case http.StatusUnauthorized, http.StatusForbidden:
		return fmt.Errorf("page: status %d: access is denied (set --header \"authorization=…\")", resp.StatusCode)
	default:
		return fmt.Errorf("page: status %d (200 would be right)", resp.StatusCode)
	}
	if err := json.NewDecoder(io.LimitReader(resp.Body, maxAnswer)).Decode(into); err != nil {
		return errors.New("page: its answer is not JSON (set --endpoint to the address of cowork_dashboard)")
	}
	return nil
}

// A table is the answer of a panel.
type table struct {
	Columns []struct{ Name, Unit string }
	Rows    [][]any
	Cut     int
	Filter  struct{ Zone string }
}

// maxRows bounds the rows of a panel.
const maxRows = 1000

// answer returns the answer of a panel for a month, nil if the page lacks the panel.
func (c *Client) answer(ctx context.Context, panel string, m Month) (*table, error) {
	var t table
	err := c.get(ctx, fmt.Sprintf("/api/panels/%s.json?%s&limit=%d", panel, m.query(), maxRows), &t)
	if errors.Is(err, errMissing) {
		return nil, nil //nolint:nilnil // an older page lacks panels
	}
	return &t, err
}

// column returns the index of a column, -1 if there is none.
func (t *table) column(name string) int {
	if t == nil {
		return -1
	}
	for i, c := range t.Columns {
		if c.Name == name {
			return i
		}
	}
	return -1
}

// number returns a number of a row, 0 if it has none.
func number(row []any, column int) float64 {
	if column < 0 || column >= len(row) {
		return 0
	}
	n, _ := row[column].(float64)
	return n
}

// text returns a name of a row.
func text(row []any, column int) string {
	if column < 0 || column >= len(row) {
		return ""
	}
	s, _ := row[column].(string)
	return s
}

// figure returns the number of a figure.
func (t *table) figure() float64 {
	if t == nil || len(t.Rows) == 0 {
		return 0
	}
	return number(t.Rows[0], 0)
}

// budgets are what a month may cost, 0 for no budget.
type budgets struct {
	Monthly float64            `json:"monthly_budget_usd"`
	Teams   map[string]float64 `json:"team_budgets_usd"`
}
