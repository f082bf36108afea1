package web

import (
	"context"
	"net/http"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/prompts"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

// promptListPage serves the list of prompts.
func (s *server) promptListPage(w http.ResponseWriter, r *http.Request, q *urlquery.Query) error {
	head := s.newLayout(q, "Prompts", "/prompts")
	page, err := s.readPrompts(r.Context(), q)
	head.Filter = s.newFilterForm(r.Context(), q, "")
	s.assets.render(w, http.StatusOK, "prompts", struct {
		layout
		prompts.List
	}{head, prompts.NewList(q, page, err)})
	return nil
}

// readPrompts reads a page of the list of prompts.
func (s *server) readPrompts(ctx context.Context, q *urlquery.Query) (prompts.Page, error) {
	list, err := query(ctx, s, "prompts", func(ctx context.Context) ([]report.Prompt, error) {
		return s.src.Prompts(ctx, q.Filter, q.Before, q.Limit+1)
	})
	return prompts.NewPage(q, list), err
}
