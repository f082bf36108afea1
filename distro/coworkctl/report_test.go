package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestReport writes a report on a page without panels, and checks the errors of flags.
func TestReport(t *testing.T) {
	page := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/api/state" {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		_, _ = w.Write([]byte("{}"))
	}))
	t.Cleanup(page.Close)
	require.Contains(t, succeeds(t, "report", "--endpoint", page.URL, "--out", "-", "--month", "2024-02").out, "<h1>Cowork in February 2024</h1>")
	file := filepath.Join(t.TempDir(), "report.html")
	require.Equal(t, "wrote "+file+"\n", succeeds(t, "report", "--endpoint", page.URL, "--out", file, "--month", "2024-02").out)
	info, err := os.Stat(file)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	for want, args := range map[string][]string{
		"report: --format: is unknown (html or pdf)": {"--format", "doc"},
		"report: --month: is not a month":            {"--month", "May"},
		"--header 1: header: has no =":               {"--header", "secret"},
		"report: page: does not answer":              {"--endpoint", "http://127.0.0.1:1"},
	} {
		r := command(t, append([]string{"report", "--endpoint", page.URL}, args...)...)
		require.Equal(t, 1, r.status)
		require.Contains(t, r.err, want)
		require.NotContains(t, r.err, "secret")
	}
}
