package e2e

import (
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestPageAuth checks that a page with a token serves nothing without it.
func TestPageAuth(t *testing.T) {
	t.Parallel()
	const token = "page-of-a-test"
	config := filepath.Join(t.TempDir(), "auth.yaml")
	require.NoError(t, os.WriteFile(config, []byte(`
extensions:
  bearertokenauth/page: {token: "`+token+`"}
exporters:
  cowork_dashboard: {auth: {authenticator: bearertokenauth/page}}
service:
  extensions: [health_check, cowork_path, file_storage, bearertokenauth/page]
`), 0o600))
	p := startPage(t, config)
	paths := []string{"/", "/prompts", "/prompts/0aa84ef6-0c18-4720-8c5d-4ba43985c011", "/setup", "/api/panels", "/api/state", "/static/x/page.css"}
	for _, path := range paths {
		for _, header := range []string{"", "Bearer wrong", "Bearer ", token} {
			status, body := p.fetch(t, path, "Authorization", header)
			require.Equal(t, http.StatusUnauthorized, status, "%s with %q", path, header)
			require.NotContains(t, string(body), token)
		}
	}
	status, _ := p.fetch(t, "/", "Authorization", "Bearer "+token)
	require.Equal(t, http.StatusOK, status)
	require.NotContains(t, p.log.String(), token)

	b := openBrowser(t, p.url())
	b.setHeader(t, "Authorization", "Bearer "+token)
	b.visit(t, "/")
	require.NotEmpty(t, evaluate[string](t, b, `document.querySelector("h1").textContent`))
	b.requireQuiet(t)
}
