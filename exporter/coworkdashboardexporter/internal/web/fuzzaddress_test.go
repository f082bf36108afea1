package web_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web"
)

// TestAnyAddress requests random addresses: each response is a page or a client error,
// never a server error.
func TestAnyAddress(t *testing.T) {
	h := web.New(pagesOf(panels[:3]), newFakeSource(), settings(t))
	paths := []string{"/", "/user", "/tool", "/prompts", "/prompts/", "/setup", "/events", "/api/events.json", "/api/panels/", "/api/panels/cost.json", "/api/prompts.json", "/static/", "/../"}
	names := []string{"range", "from", "to", "user", "model", "organization", "team", "tool", "section", "limit", "before", "kind", "attribute", "until", "other"}
	values := []string{"", "24h", "2026-11-01", "2026-11-21T09:00", "9999-12-31", "1", "500", "-1", "2026-13-45"}
	rapid.Check(t, func(rt *rapid.T) {
		query := url.Values{}
		for range rapid.IntRange(0, 5).Draw(rt, "parts") {
			value := rapid.OneOf(rapid.String(), rapid.SampledFrom(values)).Draw(rt, "value")
			query.Add(rapid.SampledFrom(names).Draw(rt, "name"), value)
		}
		address := url.URL{
			Path:     rapid.SampledFrom(paths).Draw(rt, "path") + rapid.StringN(0, 20, -1).Draw(rt, "rest"),
			RawQuery: query.Encode(),
		}
		w := get(t, h, address.String())
		require.Contains(t, []int{http.StatusOK, http.StatusMovedPermanently, http.StatusBadRequest, http.StatusNotFound}, w.Code, address.String())
	})
}
