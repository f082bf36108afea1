package web

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/chart"
)

// A failure is an error with its response.
type failure struct {
	Code   int      `json:"status"`
	Title  string   `json:"title"`
	Text   string   `json:"-"`
	Faults []string `json:"faults,omitempty"`
}

func (f *failure) Error() string { return f.Title }

// The reasons to reject a request.
var (
	errMethod    = &failure{Code: http.StatusMethodNotAllowed, Title: "Method not allowed", Text: "This address allows GET and HEAD only."}
	errHost      = &failure{Code: http.StatusMisdirectedRequest, Title: "Unknown host name", Text: "The page is not served under this host name. Use the name in its configuration."}
	errCrossSite = &failure{Code: http.StatusForbidden, Title: "Another website", Text: "Another website made this request. Open the page itself."}
	errTooLong   = &failure{Code: http.StatusBadRequest, Title: "The address is too long", Text: "No address of this page is that long."}
	errNotFound  = &failure{Code: http.StatusNotFound, Title: "Not found", Text: "There is no such page."}
	errToken     = &failure{Code: http.StatusForbidden, Title: "Not sent by this page", Text: "Nothing was changed. The form is older than twelve hours, or is not from this page. Open the page again."}
	errNoAlert   = &failure{Code: http.StatusNotFound, Title: "Alert not found", Text: "This alert is not stored any more."}
	errBusy      = &failure{Code: http.StatusServiceUnavailable, Title: "Busy", Text: "Too many queries at once. Try again in a moment."}
)

// A badRequest lists what is wrong with an address.
type badRequest struct{ error }

// isRefused reports whether an error is what is wrong with an address.
func isRefused(err error) bool {
	var bad badRequest
	return errors.As(err, &bad) || errors.Is(err, report.ErrAfter)
}

// failureOf returns the response to an error. Except for a badRequest it does not contain
// the error, which may quote data.
func failureOf(err error) *failure {
	var known *failure
	var bad badRequest
	switch {
	case errors.As(err, &known):
		return known
	case errors.As(err, &bad):
		return &failure{Code: http.StatusBadRequest, Title: "Invalid address", Faults: strings.Split(bad.Error(), "\n")}
	case errors.Is(err, report.ErrAfter):
		return failureOf(badRequest{report.ErrAfter})
	case errors.Is(err, report.ErrNotFound):
		return &failure{Code: http.StatusNotFound, Title: "Not stored", Text: "This prompt or session is not stored. Only the latest are, for a limited time."}
	case errors.Is(err, context.DeadlineExceeded):
		return &failure{Code: http.StatusServiceUnavailable, Title: "Timed out", Text: chart.TimedOut}
	}
	return &failure{Code: http.StatusServiceUnavailable, Title: "Not available", Text: chart.Unanswered}
}
