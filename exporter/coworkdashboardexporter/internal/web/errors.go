package web

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/chart"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/encode"
)

// The reasons to reject a request.
var (
	errMethod    = errors.New("only GET and HEAD are allowed")
	errHost      = errors.New("the page is not served under this name")
	errCrossSite = errors.New("the request comes from another website")
	errTooLong   = errors.New("the address is too long")
	errNotFound  = errors.New("no such page")
	errBusy      = errors.New("too many queries at once")
)

// A badRequest lists what is wrong with an address.
type badRequest struct{ error }

// An errorText is the response to an error.
type errorText struct {
	err   error
	code  int
	title string
	text  string
}

// errorTexts are the responses to known errors; the first that matches is used.
var errorTexts = []errorText{
	{errMethod, http.StatusMethodNotAllowed, "Method not allowed", "This address allows GET and HEAD only."},
	{errHost, http.StatusMisdirectedRequest, "Unknown host name", "The page is not served under this host name. Use the name in its configuration."},
	{errCrossSite, http.StatusForbidden, "Another website", "Another website made this request. Open the page itself."},
	{errTooLong, http.StatusBadRequest, "The address is too long", "No address of this page is that long."},
	{errNotFound, http.StatusNotFound, "Not found", "There is no such page."},
	{report.ErrNotFound, http.StatusNotFound, "Prompt not found", "This prompt is not stored. Only the latest prompts are, for a limited time."},
	{errBusy, http.StatusServiceUnavailable, "Busy", "Too many queries at once. Try again in a moment."},
	{context.DeadlineExceeded, http.StatusServiceUnavailable, "Timed out", chart.TimedOut},
}

// unknownError is the response to any other error. It does not contain the error, which
// may quote data.
var unknownError = errorText{nil, http.StatusServiceUnavailable, "Not available", chart.Unanswered}

// An errorWriter responds with errors.
type errorWriter struct {
	templates templates
	set       Settings
}

// writeError responds with an error, as JSON below /api/ and as a page elsewhere.
func (e errorWriter) writeError(w http.ResponseWriter, r *http.Request, err error) {
	response := unknownError
	for _, known := range errorTexts {
		if errors.Is(err, known.err) {
			response = known
			break
		}
	}
	view := errorView{Text: response.text}
	if bad := (badRequest{}); errors.As(err, &bad) {
		response = errorText{nil, http.StatusBadRequest, "Invalid address", ""}
		view = errorView{Faults: strings.Split(bad.Error(), "\n")}
	}
	switch response.code {
	case http.StatusMethodNotAllowed:
		w.Header().Set("Allow", "GET, HEAD")
	case http.StatusServiceUnavailable:
		w.Header().Set("Retry-After", "5")
	}
	if strings.HasPrefix(r.URL.Path, "/api/") {
		encode.JSON(w, response.code, errorJSON{Status: response.code, Title: response.title, Faults: view.Faults})
		return
	}
	view.layout = newErrorLayout(e.set, response.title)
	e.templates.render(w, response.code, "error", view)
}

// An errorView is the page of an error.
type errorView struct {
	layout
	Text   string
	Faults []string
}

// An errorJSON is an error in JSON.
type errorJSON struct {
	Status int      `json:"status"`
	Title  string   `json:"title"`
	Faults []string `json:"faults,omitempty"`
}
