package main

import (
	"flag"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/distro/coworkctl/synthetic"
	"github.com/cowork-otel/collector/internal/cowork"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestVerify compares the output for working and broken setups with golden files.
func TestVerify(t *testing.T) {
	check := func(name string, status int, answer func(int) (int, string)) {
		t.Helper()
		c := newCollector(t, answer)
		r := command(t, "verify", "--endpoint", c.URL, "--header", "authorization=Bearer hunter2")
		require.Equal(t, status, r.status, name)
		require.Equal(t, 5, c.requests, "each kind in a request of its own")
		require.Empty(t, r.err)
		require.NotContains(t, r.out, "hunter2")
		golden(t, name, strings.ReplaceAll(r.out, c.URL, "http://collector.example.com:4318"))
	}
	check("verify-ok", 0, nil)
	check("verify-unauthorized", 1, func(int) (int, string) { return http.StatusUnauthorized, "hunter2" })
	check("verify-not-found", 1, func(int) (int, string) { return http.StatusNotFound, "hunter2" })
	check("verify-partly", 1, func(n int) (int, string) {
		return http.StatusOK, map[bool]string{true: `{"partialSuccess":{"rejectedLogRecords":"1","errorMessage":"hunter2"}}`, false: "{}"}[n == 3]
	})
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name+".txt")
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(got), 0o600))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, string(want), got, "run go test ./distro/coworkctl -update and review the difference")
}

// TestVerifyEvents checks the events that verify sends: the five core kinds in one
// session and prompt, with random ids unless a seed is given.
func TestVerifyEvents(t *testing.T) {
	c := newCollector(t, nil)
	succeeds(t, "verify", "--endpoint", c.URL)
	require.Equal(t, map[string]int{"user_prompt": 1, "tool_decision": 1, "tool_result": 1, "api_request": 1, "api_error": 1}, c.got.Kinds)
	require.Len(t, c.got.Sessions, 1)
	require.Len(t, c.got.Prompts, 1)
	require.Zero(t, c.got.Micros)
	succeeds(t, "verify", "--endpoint", c.URL, "--seed", "1")
	require.Len(t, c.got.Sessions, 2)
	succeeds(t, "verify", "--endpoint", c.URL, "--seed", "1")
	require.Len(t, c.got.Sessions, 2)
}

// TestVerifyOrganization checks that all events name the organization of a token.
func TestVerifyOrganization(t *testing.T) {
	probes := synthetic.Probes(1, time.Now())
	setOrganization(probes, "acme")
	for _, p := range probes {
		for e := range cowork.Events(p.Logs) {
			require.Equal(t, "acme", e.Dimension("organization"), p.Kind)
		}
	}
}
