package web

import (
	"context"
	"net/http"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/prompts"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

// maxPromptID bounds the length of a prompt's id.
const maxPromptID = 200

// promptPage serves one prompt with its steps.
func promptPage(s *server, w http.ResponseWriter, r *http.Request, q *urlquery.Query) error {
	id := r.PathValue("id")
	if len(id) > maxPromptID || format.Sanitize(id) != id {
		return report.ErrNotFound
	}
	head := s.newLayout(q, "Prompt", "/prompts")
	detail, err := query(r.Context(), s, "prompt", func(ctx context.Context) (prompts.Detail, error) {
		prompt, steps, err := s.src.Prompt(ctx, id)
		return prompts.NewDetail(q, prompt, steps), err
	})
	if err != nil {
		return err
	}
	s.assets.render(w, http.StatusOK, "prompt", struct {
		layout
		prompts.Detail
	}{head, detail})
	return nil
}
