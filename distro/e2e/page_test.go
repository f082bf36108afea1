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

// A dashboard is a collector on the default configuration that shows what it got.
type dashboard struct {
	*collector
	sum truth
}

// startPage starts a collector whose page is up to date soon, and whose days are UTC's.
// More configurations are laid over that.
func startPage(t *testing.T, configs ...string) *dashboard {
	t.Helper()
	p := &dashboard{collector: newCollector(t)}
	p.again(t, configs...)
	return p
}

// quietRules has a page be up to date soon, with days of UTC, and without the alerts of
// the collector's own rules: whether those fire before a test looks is a matter of seconds.
const quietRules = `
exporters: {cowork_dashboard: {flush_interval: 100ms, time_zone: UTC}}
service: {pipelines: {logs/alerts: {exporters: [file/alerts]}}}
`

// again starts a page that was stopped or killed.
func (p *dashboard) again(t *testing.T, configs ...string) {
	t.Helper()
	overlay := filepath.Join(t.TempDir(), "page.yaml")
	require.NoError(t, os.WriteFile(overlay, []byte(quietRules), 0o600))
	p.run(t, nil, append([]string{filepath.Join(root, "distro/config.yaml"), overlay}, configs...)...)
}

// url is where the page is.
func (p *dashboard) url() string { return "http://" + p.page }

// fetch returns what the page answers to a path.
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

// read decodes what the page answers to a path as JSON.
func (p *dashboard) read(t *testing.T, path string, into any) {
	t.Helper()
	status, body := p.fetch(t, path)
	require.Equal(t, http.StatusOK, status, "%s: %s", path, body)
	require.NoError(t, json.Unmarshal(body, into), path)
}

// A panel is one of the page's, with its answer where that was asked for.
type panel struct {
	ID      string
	Title   string
	Shape   string
	Ignores []string
	Columns []struct{ Name, Unit string }
	Rows    [][]any
	Cut     int
}

// panels are all of the page's, as it lists them.
func (p *dashboard) panels(t *testing.T) []panel {
	t.Helper()
	var list struct{ Panels []panel }
	p.read(t, "/api/panels", &list)
	require.NotEmpty(t, list.Panels)
	return list.Panels
}

// answer is what a panel shows.
func (p *dashboard) answer(t *testing.T, id, query string) (answered panel) {
	t.Helper()
	p.read(t, "/api/panels/"+id+".json"+query, &answered)
	return answered
}

// answers are what all panels show.
func (p *dashboard) answers(t *testing.T, query string) map[string]panel {
	t.Helper()
	all := map[string]panel{}
	for _, one := range p.panels(t) {
		all[one.ID] = p.answer(t, one.ID, query)
	}
	return all
}

// settle waits until something of what was sent is in the page's figures, and nothing
// changes any more.
func (p *dashboard) settle(t *testing.T) {
	t.Helper()
	require.Eventually(t, func() bool { return p.version(t) > 0 }, patience, 20*time.Millisecond, "%s", p.log)
	p.rest(t)
}

// rest waits until nothing has changed for five times as long as figures wait.
func (p *dashboard) rest(t *testing.T) {
	t.Helper()
	version, since, began := p.version(t), time.Now(), time.Now()
	for now := range time.Tick(50 * time.Millisecond) {
		if latest := p.version(t); latest != version {
			version, since = latest, now
		}
		if now.Sub(since) > 500*time.Millisecond {
			return
		}
		require.Less(t, now.Sub(began), patience, "%s", p.log)
	}
}

// version grows with what is committed.
func (p *dashboard) version(t *testing.T) int64 {
	t.Helper()
	var state struct{ Version int64 }
	p.read(t, "/api/state", &state)
	return state.Version
}
