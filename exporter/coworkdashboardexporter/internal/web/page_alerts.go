package web

import (
	"context"
	"errors"
	"mime"
	"net/http"
	"net/url"
	"sync"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/alerts"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

// The parameters of the pages of alerts.
var (
	alertNames    = urlquery.Accepts{Times: true, Names: []string{"team", "user", "model", "tool", "connector"}}
	silencedAlert = urlquery.Accepts{Times: true, Names: alertNames.Names, Own: []string{"alert"}}
)

// alertsPage serves the list of alerts.
func alertsPage(s *server, w http.ResponseWriter, r *http.Request, q *urlquery.Query) error {
	head := s.newLayout(q, "Alerts", "/alerts")
	ctx := r.Context()
	in := alerts.Input{Token: s.guard.token("/alerts/expire", s.set.Now())}
	var wg sync.WaitGroup
	wg.Go(func() { head.Filter = s.newFilterForm(ctx, q, "") })
	if s.set.Silences != nil {
		in.Silences = &alerts.SilenceInput{ReadOnly: s.set.SilencesReadOnly}
		wg.Go(func() {
			if in.Silences.State, in.Silences.Err = s.set.Silences.State(ctx); in.Silences.Err != nil {
				s.set.Failed("silences", in.Silences.Err)
			}
		})
	}
	in.Alerts, in.Err = query(ctx, s, "alerts", func(ctx context.Context) (list []report.Alert, err error) {
		list, in.Cut, err = s.src.Alerts(ctx, q.Filter, alerts.Shown)
		return list, err
	})
	wg.Wait()
	sendOrigin(w)
	s.assets.render(w, http.StatusOK, "alerts", struct {
		layout
		alerts.View
	}{head, alerts.NewView(q, &in)})
	return nil
}

// silencePage serves the form that silences an alert.
func silencePage(s *server, w http.ResponseWriter, r *http.Request, q *urlquery.Query) error {
	if !canSilence(s) {
		return errNotFound
	}
	alert, err := readAlert(r.Context(), s, q.Value("alert"))
	if err != nil {
		return err
	}
	head := s.baseLayout(q, "Silence an alert", "/alerts")
	sendOrigin(w)
	s.assets.render(w, http.StatusOK, "silence", struct {
		layout
		alerts.Form
	}{head, alerts.NewForm(q, &alert, s.guard.token("/alerts/silence", s.set.Now()))})
	return nil
}

// sendOrigin lets the browser send its origin with a form of the page: without it, a
// browser that does not send Sec-Fetch-Site cannot prove where the form is from.
func sendOrigin(w http.ResponseWriter) { w.Header().Set("Referrer-Policy", "same-origin") }

// canSilence reports whether the page can change silences.
func canSilence(s *server) bool { return s.set.Silences != nil && !s.set.SilencesReadOnly }

func readAlert(ctx context.Context, s *server, fingerprint string) (report.Alert, error) {
	a, err := query(ctx, s, "alert", func(ctx context.Context) (report.Alert, error) { return s.src.Alert(ctx, fingerprint) })
	if errors.Is(err, report.ErrNotFound) {
		return a, errNoAlert
	}
	return a, err
}

// actions are the addresses that change something, for POST.
var actions = map[string]func(context.Context, *server, url.Values) error{
	"/alerts/silence": createSilence,
	"/alerts/expire":  expireSilence,
}

// maxForm bounds the body of a request, in bytes.
const maxForm = 8 << 10

// act handles a change: a form of this page, with its token.
func act(s *server, w http.ResponseWriter, r *http.Request) error {
	if !canSilence(s) {
		return errMethod
	}
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind != "application/x-www-form-urlencoded" || r.URL.RawQuery != "" {
		return badRequest{errors.New("form: must be sent by the page")}
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		return badRequest{errors.New("form: cannot be read, or is larger than 8 KiB")}
	}
	if err := s.guard.check(r, r.URL.Path, r.PostForm.Get("token"), s.set.Now()); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(r.Context(), s.set.Timeout)
	defer cancel()
	if err := actions[r.URL.Path](ctx, s, r.PostForm); err != nil {
		return err
	}
	http.Redirect(w, r, silencesOf(r.PostForm.Get("back")), http.StatusSeeOther) //nolint:gosec // an address of this page
	return nil
}

// silencesOf returns the address of the silences on the page of alerts, with the parameters
// of the address that a form came from.
func silencesOf(back string) string {
	page := url.URL{Path: "/alerts", Fragment: "silences"}
	if from, err := url.Parse(back); err == nil && from.Path == page.Path {
		page.RawQuery = from.Query().Encode()
	}
	return page.String()
}

// createSilence silences the alert of a form. The matchers are made of the stored alert.
func createSilence(ctx context.Context, s *server, form url.Values) error {
	alert, err := readAlert(ctx, s, form.Get("alert"))
	if err != nil {
		return err
	}
	silence, err := alerts.ParseSilence(form, &alert, s.set.Now())
	if err != nil {
		return badRequest{err}
	}
	_, err = s.set.Silences.Create(ctx, silence)
	return silenceFailure(s, "silence", err)
}

// expireSilence ends the silence of a form.
func expireSilence(ctx context.Context, s *server, form url.Values) error {
	id, err := alerts.ParseID(form)
	if err != nil {
		return badRequest{err}
	}
	return silenceFailure(s, "expire", s.set.Silences.Expire(ctx, id))
}

// silenceFailure reports why an Alertmanager did not change a silence.
func silenceFailure(s *server, what string, err error) error {
	if err == nil {
		return nil
	}
	s.set.Failed(what, err)
	return &failure{Code: http.StatusBadGateway, Title: "Not changed", Text: alerts.SilenceTrouble(err)}
}
