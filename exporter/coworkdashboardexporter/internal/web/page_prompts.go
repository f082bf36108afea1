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
	search, err := prompts.ParseSearch(q, report.PromptSorts)
	if err != nil {
		return badRequest{err}
	}
	head := s.newLayout(q, "Prompts", "/prompts")
	found, err := s.findPrompts(r.Context(), q, search)
	head.Filter = s.newFilterForm(r.Context(), q, "")
	s.assets.render(w, http.StatusOK, "prompts", struct {
		layout
		prompts.List
	}{head, prompts.NewList(q, search, found, err)})
	return nil
}

// findPrompts reads a page of the list of prompts.
func (s *server) findPrompts(ctx context.Context, q *urlquery.Query, search report.Search) (report.Found[report.Prompt], error) {
	return query(ctx, s, "prompts", func(ctx context.Context) (report.Found[report.Prompt], error) {
		return s.src.Prompts(ctx, q.Filter, search)
	})
}
