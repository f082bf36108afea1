package e2e

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// sensitive is all personal data and every secret in the captures: names at
// hosts, the SSN, cards, telephone numbers, tokens.
var sensitive = regexp.MustCompile(`jane\.doe|bob@|@example\.com|corp\.example|536-22-8726|` +
	`4111[ -]?1111|415-555-0134|7946 ?0958|ghp_|AKIA|` +
	`Invoice |List the files and tell|I will list the files`)

// TestCaptures sends every recorded run through the built collector over each protocol,
// and compares the output of the file exporter and of an OTLP exporter with the golden
// files.
func TestCaptures(t *testing.T) {
	protocols := map[string]func(*testing.T, *collector, request){
		"http": func(t *testing.T, c *collector, r request) {
			t.Helper()
			status, answer := c.post(t, r)
			require.Equal(t, http.StatusOK, status, answer)
		},
		"grpc": func(t *testing.T, c *collector, r request) {
			t.Helper()
			c.call(t, r)
		},
	}
	for protocol, send := range protocols {
		for folder, requests := range captures(t) {
			t.Run(protocol+"/"+folder, func(t *testing.T) {
				t.Parallel()
				end := newBackend(t)
				c := start(t, filepath.Join(root, "distro/config.yaml"), end.config(t))
				count := map[string]int{}
				for _, r := range requests {
					send(t, c, r)
					n := count[r.signal]
					count[r.signal]++
					lines, bodies := c.lines(t, r.signal), end.received(r.signal)
					require.Len(t, lines, n+1, "the file has a line a batch")
					require.Len(t, bodies, n+1)
					golden(t, filepath.Join("testdata", folder, r.name), withoutArrival(lines[n]))
					assert.JSONEq(t, string(lines[n]), string(bodies[n]), "file and receiver got the same")
					assert.Empty(t, sensitive.FindAll(lines[n], -1), "%s", r.name)
				}
				c.stop()
				assert.NotRegexp(t, sensitive, c.log.String(), "the collector's own log")
			})
		}
	}
}

// arrival matches the attributes that depend on when a record arrives.
var arrival = regexp.MustCompile(`,\{"key":"cowork\.(?:delivery_delay_ms|clock_skew_ms)","value":\{"intValue":"-?\d+"\}\}`)

// withoutArrival returns a batch without them.
func withoutArrival(batch []byte) []byte { return arrival.ReplaceAll(batch, nil) }

// golden compares JSON with a file, or writes the file.
func golden(t *testing.T, file string, got []byte) {
	t.Helper()
	file = file[:len(file)-len(filepath.Ext(file))] + ".json"
	var pretty bytes.Buffer
	require.NoError(t, json.Indent(&pretty, got, "", " "))
	pretty.WriteByte('\n')
	if *update {
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
		require.NoError(t, os.WriteFile(file, pretty.Bytes(), 0o600))
		return
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err, "go test ./distro/e2e -update writes it")
	require.Equal(t, string(want), pretty.String())
}
