package coworkalertexporter

import (
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"go.uber.org/zap"
)

// TestParallelInstances is for a data race of two exporters that started at once, or one
// that was reloaded: all APIs of a process share one description, which is expanded while
// an API is built.
func TestParallelInstances(t *testing.T) {
	var group sync.WaitGroup
	for range 4 {
		dir, report := t.TempDir(), testReport(t)
		group.Go(func() {
			cfg := createDefaultConfig().(*Config)
			withEmbedded(dir, "http://127.0.0.1:1", "")(cfg)
			em, err := openEmbedded(t.Context(), cfg.Embedded.Get(), zap.NewNop(), 9, report)
			if err != nil {
				t.Error(err)
				return
			}
			defer func() {
				if err := em.close(t.Context()); err != nil {
					t.Error(err)
				}
			}()
			for _, path := range []string{"/api/v2/alerts", "/api/v2/alerts/groups", "/api/v2/silences", "/api/v2/status", "/api/v2/receivers"} {
				w := httptest.NewRecorder()
				em.serveAPI(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, http.NoBody))
				if w.Code != http.StatusOK {
					t.Error(path, w.Code)
				}
			}
		})
	}
	group.Wait()
}
