package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/snappy"
	"github.com/prometheus/prometheus/prompb"
	"github.com/stretchr/testify/require"
)

// A prometheus is a running Prometheus server.
type prometheus struct {
	url    string
	folder string
	log    *buffer
}

// startPrometheus runs the server until the test ends, with remote write enabled.
func startPrometheus(t *testing.T) *prometheus {
	t.Helper()
	binary, err := exec.LookPath("prometheus")
	if err != nil {
		t.Skip("no prometheus command: install the Debian package prometheus")
	}
	address := freePorts(t, 1)[0]
	p := &prometheus{url: "http://" + address, folder: t.TempDir(), log: &buffer{}}
	p.configure(t, "global: {evaluation_interval: 1s}")
	cmd := exec.Command(binary, "--config.file="+filepath.Join(p.folder, configFile), "--storage.tsdb.path="+filepath.Join(p.folder, "data"),
		"--web.listen-address="+address, "--web.enable-remote-write-receiver", "--web.enable-lifecycle")
	cmd.Stdout, cmd.Stderr = p.log, p.log
	require.NoError(t, cmd.Start())
	t.Cleanup(func() {
		require.NoError(t, cmd.Process.Kill())
		_ = cmd.Wait() // it was killed; its data is not needed
	})
	require.Eventually(t, func() bool {
		resp, err := http.Get(p.url + "/-/ready")
		if err != nil {
			return false
		}
		defer resp.Body.Close()
		return resp.StatusCode == http.StatusOK
	}, waitLimit, 50*time.Millisecond, "Prometheus did not start:\n%s", p.log)
	return p
}

const configFile = "prometheus.yml"

func (p *prometheus) configure(t *testing.T, lines string) {
	t.Helper()
	require.NoError(t, os.WriteFile(filepath.Join(p.folder, configFile), []byte(lines+"\n"), 0o600))
}

var ruleInterval = regexp.MustCompile(`(?m)^    interval: .*$`)

// follow makes the server evaluate the rules of distro/prometheus every second. It is
// called after the past is written: rules write samples of the present, and Prometheus
// would then reject earlier ones.
func (p *prometheus) follow(t *testing.T) {
	t.Helper()
	for _, name := range ruleFiles {
		rules, err := os.ReadFile(filepath.Join(root, "distro/prometheus", name))
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join(p.folder, name), ruleInterval.ReplaceAll(rules, nil), 0o600))
	}
	p.configure(t, "global: {evaluation_interval: 1s}\nrule_files: ["+strings.Join(ruleFiles, ", ")+"]")
	resp, err := http.Post(p.url+"/-/reload", "", nil)
	require.NoError(t, err)
	defer resp.Body.Close()
	require.Equal(t, http.StatusOK, resp.StatusCode, "%s", p.log)
}

var ruleFiles = []string{"recording.yaml", "alerts.yaml"}

// write sends samples by remote write, in order for each series.
func (p *prometheus) write(t *testing.T, series []prompb.TimeSeries) {
	t.Helper()
	body, err := (&prompb.WriteRequest{Timeseries: series}).Marshal()
	require.NoError(t, err)
	resp, err := http.Post(p.url+"/api/v1/write", "application/x-protobuf", bytes.NewReader(snappy.Encode(nil, body)))
	require.NoError(t, err)
	defer resp.Body.Close()
	require.Equal(t, http.StatusNoContent, resp.StatusCode, "%s", p.log)
}

// A result is a series of an answer, with its values in order of time.
type result struct {
	labels map[string]string
	values []float64
}

// instant queries the values at a time.
func (p *prometheus) instant(t *testing.T, expr string, at time.Time) []result {
	t.Helper()
	return p.query(t, "query", url.Values{"query": {expr}, "time": {stamp(at)}})
}

// span queries the values of a time range, every quarter of an hour.
func (p *prometheus) span(t *testing.T, expr string, from, to time.Time) []result {
	t.Helper()
	return p.query(t, "query_range", url.Values{"query": {expr}, "start": {stamp(from)}, "end": {stamp(to)}, "step": {"900"}})
}

func stamp(at time.Time) string { return strconv.FormatInt(at.Unix(), 10) }

func (p *prometheus) query(t *testing.T, path string, params url.Values) (results []result) {
	t.Helper()
	var answer struct {
		Error string
		Data  struct {
			Result []struct {
				Metric map[string]string
				Value  [2]any
				Values [][2]any
			}
		}
	}
	p.get(t, "/api/v1/"+path+"?"+params.Encode(), &answer)
	require.Empty(t, answer.Error, params.Get("query"))
	for _, r := range answer.Data.Result {
		if r.Values == nil {
			r.Values = [][2]any{r.Value}
		}
		one := result{labels: r.Metric}
		for _, v := range r.Values {
			n, err := strconv.ParseFloat(fmt.Sprint(v[1]), 64)
			require.NoError(t, err)
			one.values = append(one.values, n)
		}
		results = append(results, one)
	}
	return results
}

func (p *prometheus) get(t *testing.T, path string, answer any) {
	t.Helper()
	resp, err := http.Get(p.url + path)
	require.NoError(t, err)
	defer resp.Body.Close()
	require.NoError(t, json.NewDecoder(resp.Body).Decode(answer))
}

// requireAnswer checks that there is an answer, and that all of it is finite.
func requireAnswer(t *testing.T, results []result, expr string) {
	t.Helper()
	require.NotEmpty(t, results, "no answer to %s", expr)
	for _, r := range results {
		require.NotEmpty(t, r.values, "no answer to %s", expr)
		for _, v := range r.values {
			require.False(t, math.IsNaN(v) || math.IsInf(v, 0), "%v is an answer to %s", v, expr)
		}
	}
}
