package web_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web"
)

// fakeSilences are the silences of a fake Alertmanager.
type fakeSilences struct {
	created []report.Silence
	expired []string
	err     error
}

func (s *fakeSilences) State(context.Context) (report.SilenceState, error) {
	return report.SilenceState{
		By: map[string][]string{"f2": {"s1"}}, Cut: 3,
		Silences: []report.Silence{{ID: "s1", Who: "grace <b>", Why: "known", Matchers: []report.Matcher{{Name: "alertname", Value: "new_connector", Operator: "="}}, Start: now, End: now.Add(time.Hour)}},
	}, s.err
}

func (s *fakeSilences) Create(_ context.Context, one report.Silence) (string, error) {
	s.created = append(s.created, one)
	return "s2", s.err
}

func (s *fakeSilences) Expire(_ context.Context, id string) error {
	s.expired = append(s.expired, id)
	return s.err
}

// newAlerts returns the page with an Alertmanager.
func newAlerts(t *testing.T, change func(*web.Settings)) (http.Handler, *fakeSilences) {
	t.Helper()
	fake, set := &fakeSilences{}, settings(t)
	set.Silences = fake
	if change != nil {
		change(&set)
	}
	return web.New([]report.Page{{Path: "/", Title: "Overview"}, {Path: "/alerts", Title: "Alerts"}, {Path: "/user", Title: "User", Subject: "user"}}, newFakeSource(), set), fake
}

// TestAlertsPage checks that an alert has its message, reason, advice, and links to what is
// behind it.
func TestAlertsPage(t *testing.T) {
	h, _ := newAlerts(t, nil)
	doc := parse(t, get(t, h, "/alerts"))
	firing := textOf(byID(doc, "p-alerts_firing"))
	require.Contains(t, firing, "1 critical")
	require.Contains(t, firing, "User ada works without permission prompts")
	require.Contains(t, firing, "Commands run without a check.")
	require.Contains(t, firing, "Talk to the user.")
	require.Contains(t, firing, "ATT&CK T1059.004, T1548 · OWASP LLM06-2026 · own.tag")
	require.Less(t, strings.Index(firing, "works without"), strings.Index(firing, "crm is new"))
	require.NotContains(t, firing, "API error")
	require.Contains(t, textOf(byID(doc, "p-alerts_recent")), "API error")
	require.Contains(t, textOf(byID(doc, "p-alerts_recent")), "and 2 alerts more, not shown")
	require.Contains(t, textOf(byID(doc, "a-f2")), "silenced")
	require.NotContains(t, textOf(byID(doc, "a-f1")), "silenced")
	links := hrefs(t, get(t, h, "/alerts").Body.String())
	for _, want := range []string{"/prompts/p1", "/prompts/p2?event=e2#alert-step", "/user?user=ada", "/alerts/silence?alert=f1"} {
		require.Contains(t, links, want)
	}
	require.Contains(t, textOf(byID(doc, "silence-list")), "grace <b> known alertname=new_connector")
}

// TestAlertsWithoutAlertmanager shows no silences, and has no form.
func TestAlertsWithoutAlertmanager(t *testing.T) {
	h, fake := newAlerts(t, func(set *web.Settings) { set.Silences = nil })
	require.Nil(t, byID(parse(t, get(t, h, "/alerts")), "silences"))
	require.Equal(t, http.StatusNotFound, get(t, h, "/alerts/silence?alert=f1").Code)
	require.Equal(t, http.StatusMethodNotAllowed, post(h, "/alerts/silence", url.Values{}, nil).Code)
	require.Empty(t, fake.created)
}

// TestAlertmanagerThatFails shows why, and all alerts.
func TestAlertmanagerThatFails(t *testing.T) {
	h, fake := newAlerts(t, nil)
	fake.err = report.SilenceError("Alertmanager does not respond.")
	doc := parse(t, get(t, h, "/alerts"))
	require.Contains(t, textOf(byID(doc, "silence-list")), "Alertmanager does not respond.")
	require.Contains(t, textOf(byID(doc, "p-alerts_firing")), "crm is new")
	fake.err = context.DeadlineExceeded
	require.Contains(t, textOf(byID(parse(t, get(t, h, "/alerts")), "silence-list")), "See the collector’s log.")
}

// post sends a form. The headers are those of a form of the page unless they are given.
func post(h http.Handler, address string, form url.Values, headers map[string]string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, address, strings.NewReader(form.Encode()))
	r.Host = "localhost:4320"
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.Header.Set("Sec-Fetch-Mode", "navigate")
	for name, value := range headers {
		if r.Header.Set(name, value); value == "" {
			r.Header.Del(name)
		}
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// tokenOf returns the token of a form of a page.
func tokenOf(t *testing.T, h http.Handler, address string) string {
	t.Helper()
	for n := range parse(t, get(t, h, address)).Descendants() {
		if attr(n, "name") == "token" {
			return attr(n, "value")
		}
	}
	t.Fatal("no token")
	return ""
}

func silenceForm(token string) url.Values {
	return url.Values{"token": {token}, "alert": {"f1"}, "who": {"grace"}, "why": {"known"}, "for": {"4h"}, "scope": {"alert"}}
}

// TestSilence creates and expires silences. The matchers are made of the stored alert.
func TestSilence(t *testing.T) {
	h, fake := newAlerts(t, nil)
	form := silenceForm(tokenOf(t, h, "/alerts/silence?alert=f1"))
	form.Set("matchers", "severity=critical")
	w := post(h, "/alerts/silence", form, nil)
	require.Equal(t, http.StatusSeeOther, w.Code)
	require.Equal(t, "/alerts#silences", w.Header().Get("Location"))
	form.Set("back", "/alerts?theme=dark&tz=UTC&user=ada%0a")
	w = post(h, "/alerts/silence", form, nil)
	require.Equal(t, "/alerts?theme=dark&tz=UTC&user=ada%0A#silences", w.Header().Get("Location"), "the page stays as it was")
	for _, elsewhere := range []string{"https://evil.example/", "//evil.example/alerts", "/setup", "%"} {
		form.Set("back", elsewhere)
		require.NotContains(t, post(h, "/alerts/silence", form, nil).Header().Get("Location"), "evil")
	}
	fake.created = fake.created[:1]
	form.Set("scope", "rule")
	require.Equal(t, http.StatusSeeOther, post(h, "/alerts/silence", form, map[string]string{"Sec-Fetch-Site": "", "Origin": "http://localhost:4320"}).Code)
	rule := report.Matcher{Name: "alertname", Value: "bypass_permissions", Operator: "="}
	require.Equal(t, []report.Silence{
		{Who: "grace", Why: "known", Start: now, End: now.Add(4 * time.Hour), Matchers: []report.Matcher{rule, {Name: "fingerprint", Value: "f1", Operator: "="}}},
		{Who: "grace", Why: "known", Start: now, End: now.Add(4 * time.Hour), Matchers: []report.Matcher{rule}},
	}, fake.created)

	expire := url.Values{"token": {tokenOf(t, h, "/alerts")}, "id": {"s1"}}
	require.Equal(t, http.StatusSeeOther, post(h, "/alerts/expire", expire, nil).Code)
	require.Equal(t, []string{"s1"}, fake.expired)

	fake.err = report.SilenceError("Alertmanager rejects the silence.")
	w = post(h, "/alerts/silence", form, nil)
	require.Equal(t, http.StatusBadGateway, w.Code)
	require.Contains(t, w.Body.String(), "Alertmanager rejects the silence.")
}

// TestForgedSilence refuses requests that another website makes, or that have no token of
// this page and this form.
func TestForgedSilence(t *testing.T) {
	h, fake := newAlerts(t, nil)
	form := silenceForm(tokenOf(t, h, "/alerts/silence?alert=f1"))
	for what, headers := range map[string]map[string]string{
		"another site":      {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
		"the same site":     {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost:1"},
		"an old browser":    {"Sec-Fetch-Site": "", "Origin": "https://evil.example"},
		"a sandboxed frame": {"Sec-Fetch-Site": "", "Origin": "null"},
	} {
		require.Equal(t, http.StatusForbidden, post(h, "/alerts/silence", form, headers).Code, what)
	}
	other, _ := newAlerts(t, nil)
	for what, token := range map[string]string{
		"none": "", "any": strings.Repeat("0", 64), "of another form": tokenOf(t, h, "/alerts"),
		"of another process": tokenOf(t, other, "/alerts/silence?alert=f1"),
	} {
		require.Equal(t, http.StatusForbidden, post(h, "/alerts/silence", silenceForm(token), nil).Code, what)
	}
	require.Equal(t, http.StatusForbidden, post(h, "/alerts/silence", silenceForm(""), map[string]string{"Sec-Fetch-Site": ""}).Code, "no browser")
	require.Empty(t, fake.created)
}

// TestTokensExpire accepts the token of a page for half a day.
func TestTokensExpire(t *testing.T) {
	at := now
	h, fake := newAlerts(t, func(set *web.Settings) { set.Now = func() time.Time { return at } })
	form := silenceForm(tokenOf(t, h, "/alerts/silence?alert=f1"))
	at = now.Add(11 * time.Hour)
	require.Equal(t, http.StatusSeeOther, post(h, "/alerts/silence", form, nil).Code)
	at = now.Add(12 * time.Hour)
	require.Equal(t, http.StatusForbidden, post(h, "/alerts/silence", form, nil).Code)
	require.Len(t, fake.created, 1)
}

// TestInvalidForms refuses forms with missing, long or other values.
func TestInvalidForms(t *testing.T) {
	h, fake := newAlerts(t, nil)
	token := tokenOf(t, h, "/alerts/silence?alert=f1")
	check := func(name, value string, want int) {
		t.Helper()
		form := silenceForm(token)
		form.Set(name, value)
		require.Equal(t, want, post(h, "/alerts/silence", form, nil).Code, "%s=%.20s", name, value)
	}
	check("who", " ", http.StatusBadRequest)
	check("who", strings.Repeat("é", 101), http.StatusBadRequest)
	check("why", "a\nb", http.StatusBadRequest)
	check("why", strings.Repeat("x", 501), http.StatusBadRequest)
	check("for", "99d", http.StatusBadRequest)
	check("scope", "all", http.StatusBadRequest)
	check("alert", "none", http.StatusNotFound)
	check("why", strings.Repeat("x", 9<<10), http.StatusBadRequest)
	form := silenceForm(token)
	require.Equal(t, http.StatusBadRequest, post(h, "/alerts/silence?range=7d", form, nil).Code)
	require.Equal(t, http.StatusBadRequest, post(h, "/alerts/silence", form, map[string]string{"Content-Type": "text/plain"}).Code)
	require.Equal(t, http.StatusBadRequest, post(h, "/alerts/expire", url.Values{"token": {tokenOf(t, h, "/alerts")}, "id": {"../x"}}, nil).Code)
	require.Equal(t, http.StatusMethodNotAllowed, post(h, "/alerts", form, nil).Code)
	require.Empty(t, fake.created)
	require.Empty(t, fake.expired)
}

// TestReadOnlySilences shows silences, and neither forms nor changes.
func TestReadOnlySilences(t *testing.T) {
	h, fake := newAlerts(t, func(set *web.Settings) { set.SilencesReadOnly = true })
	body := get(t, h, "/alerts").Body.String()
	require.Contains(t, body, "grace")
	require.NotContains(t, body, `method="post"`)
	require.Equal(t, http.StatusNotFound, get(t, h, "/alerts/silence?alert=f1").Code)
	require.Equal(t, http.StatusMethodNotAllowed, post(h, "/alerts/silence", silenceForm(""), nil).Code)
	require.Empty(t, fake.created)
}
