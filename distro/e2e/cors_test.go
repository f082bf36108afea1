package e2e

import (
	"crypto/tls"
	"crypto/x509"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestCORS removes the comment marks of the lines cors in the gateway's example, and
// sends the preflight requests of a browser, which have no token.
func TestCORS(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../examples/secure-gateway.yaml")
	require.NoError(t, err)
	config := string(text)
	for _, line := range []string{"cors:", "  allowed_origins: ", "  allowed_headers: ", "  max_age: "} {
		require.Equal(t, 1, strings.Count(config, "        # "+line), line)
		config = strings.Replace(config, "        # "+line, "        "+line, 1)
	}
	file := filepath.Join(t.TempDir(), "cors.yaml")
	require.NoError(t, os.WriteFile(file, []byte(config), 0o600))
	s := newSecurity(t)
	c := startWith(t, append(s.env, "OTLP_ENDPOINT="+newBackend(t).URL), file, "../examples/otlp-backend.yaml")

	pem, err := os.ReadFile(s.ca)
	require.NoError(t, err)
	pool := x509.NewCertPool()
	require.True(t, pool.AppendCertsFromPEM(pem))
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}}}
	t.Cleanup(client.CloseIdleConnections)
	preflight := func(origin string) http.Header {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodOptions, "https://"+c.http+"/v1/logs", http.NoBody)
		require.NoError(t, err)
		req.Header.Set("Origin", origin)
		req.Header.Set("Access-Control-Request-Method", http.MethodPost)
		req.Header.Set("Access-Control-Request-Headers", "authorization,content-type")
		resp, err := client.Do(req)
		require.NoError(t, err)
		require.NoError(t, resp.Body.Close())
		require.Less(t, resp.StatusCode, 300)
		return resp.Header
	}
	allowed := preflight("https://cowork.example.com")
	require.Equal(t, "https://cowork.example.com", allowed.Get("Access-Control-Allow-Origin"))
	require.Contains(t, strings.ToLower(allowed.Get("Access-Control-Allow-Headers")), "authorization")
	require.Empty(t, preflight("https://other.example.com").Get("Access-Control-Allow-Origin"))
}
