package e2e

import (
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// A dashboard is a collector with the default configuration and its page.
type dashboard struct {
	*collector
	sum truth
}

// startPage starts a collector whose page commits often and uses UTC. Further
// configurations extend it.
func startPage(t *testing.T, configs ...string) *dashboard {
	t.Helper()
	p := &dashboard{collector: newCollector(t)}
	p.restart(t, configs...)
	return p
}

// quietRules makes the page commit often, use UTC, and show no alerts of the default
// rules, whose timing would make tests flaky. The demonstration contains alerts, which only
// a trusted sender writes.
const quietRules = `
processors: {cowork_event: {trust_marks: true}}
exporters: {cowork_dashboard: {flush_interval: 100ms, time_zone: UTC}}
service: {pipelines: {logs/alerts: {exporters: [file/alerts]}}}
`

// restart starts a page that was stopped or killed.
func (p *dashboard) restart(t *testing.T, configs ...string) {
	t.Helper()
	overlay := filepath.Join(t.TempDir(), "page.yaml")
	require.NoError(t, os.WriteFile(overlay, []byte(quietRules), 0o600))
	p.run(t, nil, append([]string{filepath.Join(root, "distro/config.yaml"), overlay}, configs...)...)
}

// url returns the address of the page.
func (p *dashboard) url() string { return "http://" + p.page }

// fetch returns the page's response to a path.
func (p *dashboard) fetch(t *testing.T, path string, headers ...string) (status int, body []byte) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, p.url()+path, nil)
	require.NoError(t, err)
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	resp, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	defer resp.Body.Close()
	body, err = io.ReadAll(resp.Body)
	require.NoError(t, err)
	return resp.StatusCode, body
}

// read decodes the page's JSON response to a path.
func (p *dashboard) read(t *testing.T, path string, into any) {
	t.Helper()
	status, body := p.fetch(t, path)
	require.Equal(t, http.StatusOK, status, "%s: %s", path, body)
	require.NoError(t, json.Unmarshal(body, into), path)
}

// A panel is a panel of the page, with its answer if requested.
type panel struct {
	ID      string
	Section string
	Title   string
	Shape   string
	Filters []string
	Columns []struct{ Name, Unit string }
	Rows    [][]any
	Cut     int
}

// panels returns the list of panels.
func (p *dashboard) panels(t *testing.T) []panel {
	t.Helper()
	var list struct{ Panels []panel }
	p.read(t, "/api/panels", &list)
	require.NotEmpty(t, list.Panels)
	return list.Panels
}

// answer returns the answer of a panel.
func (p *dashboard) answer(t *testing.T, id, query string) (answered panel) {
	t.Helper()
	p.read(t, "/api/panels/"+id+".json"+query, &answered)
	return answered
}

// answers returns the answers of all panels.
func (p *dashboard) answers(t *testing.T, query string) map[string]panel {
	t.Helper()
	all := map[string]panel{}
	for _, one := range p.panels(t) {
		all[one.ID] = p.answer(t, one.ID, query)
	}
	return all
}

// awaitFigures waits until the figures contain sent events and no longer change.
func (p *dashboard) awaitFigures(t *testing.T) {
	t.Helper()
	require.Eventually(t, func() bool { return p.version(t) > 0 }, waitLimit, 20*time.Millisecond, "%s", p.log)
	p.awaitIdle(t)
}

// awaitIdle waits until nothing has changed for five commit intervals.
func (p *dashboard) awaitIdle(t *testing.T) {
	t.Helper()
	version, since, began := p.version(t), time.Now(), time.Now()
	for now := range time.Tick(50 * time.Millisecond) {
		if latest := p.version(t); latest != version {
			version, since = latest, now
		}
		if now.Sub(since) > 500*time.Millisecond {
			return
		}
		require.Less(t, now.Sub(began), waitLimit, "%s", p.log)
	}
}

// version returns a number that grows with every commit.
func (p *dashboard) version(t *testing.T) int64 {
	t.Helper()
	var state struct{ Version int64 }
	p.read(t, "/api/state", &state)
	return state.Version
}
