package e2e

import (
	"encoding/json"
	"html/template"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// TestPageSilence silences an alert on the page in Debian's Chromium, with Debian's
// Alertmanager and the embedded one, and expires the silence. Alertmanager has the alert
// silenced. A form of another website changes nothing, even with a token of the page.
func TestPageSilence(t *testing.T) {
	for name, target := range map[string]func(*testing.T, *alerting, string) string{
		"real":     realAlertmanager,
		"embedded": embeddedAlertmanager,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := &alerting{collector: newCollector(t), address: freePorts(t, 1)[0]}
			startSilencing(t, a, target)
			sendAlert(t, a.collector, "noisy", "firing")
			b := openBrowser(t, "http://"+a.collector.page)
			b.silence(t, a)
			forge(t, a)
			b.expire(t, a)
			b.requireQuiet(t)
			require.NotContains(t, a.collector.log.String(), alertCanary)
		})
	}
}

// startSilencing starts a collector that sends alerts to an Alertmanager, and has a page
// with its silences.
func startSilencing(t *testing.T, a *alerting, target func(*testing.T, *alerting, string) string) {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, "alertmanager.yml")
	require.NoError(t, os.WriteFile(file, []byte("route: {receiver: none}\nreceivers: [{name: none}]\n"), 0o600))
	a.config = filepath.Join(dir, "collector.yaml")
	require.NoError(t, os.WriteFile(a.config, []byte(`
receivers:
  otlp: {protocols: {http: {endpoint: "${env:COWORK_OTLP_HTTP}"}}}
exporters:
  cowork_alert:
    `+target(t, a, file)+`
    resend_interval: 1s
  cowork_dashboard:
    endpoint: "${env:COWORK_PAGE}"
    database: ""
    flush_interval: 50ms
    alertmanager: {endpoint: "http://`+a.address+`"}
extensions:
  health_check: {endpoint: "${env:COWORK_HEALTH}"}
service:
  extensions: [health_check]
  telemetry: {metrics: {level: none}}
  pipelines:
    logs: {receivers: [otlp], exporters: [cowork_alert, cowork_dashboard]}
`), 0o600))
	a.collector.run(t, nil, a.config)
}

// silencedBy returns the ids of the silences that suppress an alert in Alertmanager.
func (a *alerting) silencedBy(t *testing.T, rule string) []string {
	t.Helper()
	resp, err := http.Get("http://" + a.address + "/api/v2/alerts")
	require.NoError(t, err)
	defer resp.Body.Close()
	var alerts []struct {
		Labels map[string]string
		Status struct{ SilencedBy []string }
	}
	require.NoError(t, json.NewDecoder(resp.Body).Decode(&alerts))
	for _, one := range alerts {
		if one.Labels["alertname"] == rule {
			return one.Status.SilencedBy
		}
	}
	return nil
}

// silence silences the alert with the form of the page, by the keyboard.
func (b *browser) silence(t *testing.T, a *alerting) {
	t.Helper()
	require.Eventually(t, func() bool {
		resp, err := http.Get(b.page + "/alerts")
		if err != nil {
			return false
		}
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		return err == nil && strings.Contains(string(body), "overloaded, status 529")
	}, waitLimit, 100*time.Millisecond, "%s", a.collector.log)
	b.visit(t, "/alerts")
	b.checkAccessible(t, "/alerts")
	b.do(t, chromedp.Click(chromedp.CSS(`a[href^="/alerts/silence"]`)))
	b.await(t, `document.querySelector("#s-who") !== null`)
	b.checkAccessible(t, "/alerts/silence")
	b.do(t, chromedp.Focus(chromedp.CSS("#s-who")), chromedp.KeyEvent("grace\tknown, see ticket 7\r"))
	b.await(t, `location.pathname === "/alerts" && document.querySelector("#silence-list td") !== null`)
	require.Contains(t, evaluate[string](t, b, `document.querySelector("#silence-list").innerText`), "known, see ticket 7")
	require.Eventually(t, func() bool { return len(a.silencedBy(t, "noisy")) == 1 }, waitLimit, 100*time.Millisecond, "%s", a.collector.log)
	b.visit(t, "/alerts")
	b.await(t, `document.querySelector("#p-alerts_firing h3").innerText.includes("silenced")`)
}

// forge sends the form of another website to the page, with a token of the page.
func forge(t *testing.T, a *alerting) {
	t.Helper()
	resp, err := http.Get("http://" + a.collector.page + "/alerts/silence?alert=00f1")
	require.NoError(t, err)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	_, token, found := strings.Cut(string(body), `name="token" value="`)
	require.True(t, found)
	token, _, _ = strings.Cut(token, `"`)
	evil := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_ = template.Must(template.New("").Parse(`<form id="f" method="post" action="http://{{.Page}}/alerts/silence">
			<input name="token" value="{{.Token}}"><input name="alert" value="00f1"><input name="who" value="mallory"><input name="why" value="forged">
			<input name="for" value="7d"><input name="scope" value="rule"></form><script>document.getElementById("f").submit()</script>`)).
			Execute(w, map[string]string{"Page": a.collector.page, "Token": token})
	}))
	defer evil.Close()
	other := openBrowser(t, evil.URL)
	other.visit(t, "/")
	other.await(t, `document.body.innerText.includes("Another website")`)
	silences, err := http.Get("http://" + a.address + "/api/v2/silences")
	require.NoError(t, err)
	defer silences.Body.Close()
	text, err := io.ReadAll(silences.Body)
	require.NoError(t, err)
	require.Contains(t, string(text), "grace")
	require.NotContains(t, string(text), "mallory")
}

// expire expires the silence with the button of the page, without scripts.
func (b *browser) expire(t *testing.T, a *alerting) {
	t.Helper()
	b.withoutScripts(t)
	b.visit(t, "/alerts")
	b.do(t, chromedp.Click(chromedp.CSS(`form[action="/alerts/expire"] button`)))
	require.Eventually(t, func() bool { return len(a.silencedBy(t, "noisy")) == 0 }, waitLimit, 100*time.Millisecond, "%s", a.collector.log)
}
