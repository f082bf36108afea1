package web

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// Why a request is turned away.
var (
	errMethod  = errors.New("only GET and HEAD are answered")
	errHost    = errors.New("this page is not served under that name")
	errLong    = errors.New("the address is too long")
	errUnknown = errors.New("there is no such page")
	errBusy    = errors.New("too much is being asked at once")
)

// A badRequest says what is wrong with an address.
type badRequest struct{ error }

// A refusal is how an error is told.
type refusal struct {
	when  error
	code  int
	title string
	text  string
}

// refusals are in the order in which they are tried. An error that is none of them is
// not told: it might quote what it stumbled over.
var refusals = []refusal{
	{errMethod, http.StatusMethodNotAllowed, "Only for reading", "This address answers GET and HEAD only."},
	{errHost, http.StatusMisdirectedRequest, "Not served here", "The page is not served under this name. Ask for it by the name that it is configured with."},
	{errLong, http.StatusBadRequest, "The address is too long", "No address of this page is that long."},
	{errUnknown, http.StatusNotFound, "Not found", "There is no such page."},
	{report.ErrNotFound, http.StatusNotFound, "Not kept", "No such prompt is kept. Only the latest are, and only for some time."},
	{errBusy, http.StatusServiceUnavailable, "Busy", "Too much is being asked at once. Try again in a moment."},
	{context.DeadlineExceeded, http.StatusServiceUnavailable, "Took too long", "This took too long to answer. Choose a shorter time, or try again."},
}

var unanswered = refusal{nil, http.StatusServiceUnavailable, "Not answered", "This could not be answered. The collector’s log says why."}

// refuse answers with an error: a page for a reader, a line for a program.
func (s *server) refuse(w http.ResponseWriter, r *http.Request, err error) {
	how := unanswered
	for _, f := range refusals {
		if errors.Is(err, f.when) {
			how = f
			break
		}
	}
	view := errorView{Text: how.text}
	if bad := (badRequest{}); errors.As(err, &bad) {
		how = refusal{nil, http.StatusBadRequest, "This address cannot be read", ""}
		view = errorView{Faults: strings.Split(bad.Error(), "\n")}
	}
	switch how.code {
	case http.StatusMethodNotAllowed:
		w.Header().Set("Allow", "GET, HEAD")
	case http.StatusServiceUnavailable:
		w.Header().Set("Retry-After", "5")
	}
	if strings.HasPrefix(r.URL.Path, "/api/") {
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.WriteHeader(how.code)
		writeJSON(w, problem{Status: how.code, Title: how.title, Faults: view.Faults})
		return
	}
	view.frame = s.frame(nil, how.title, "")
	s.pages.write(w, how.code, "error", view)
}

// An errorView is a page that says what went wrong.
type errorView struct {
	frame
	Text   string
	Faults []string
}

// A problem is the same for a program.
type problem struct {
	Status int      `json:"status"`
	Title  string   `json:"title"`
	Faults []string `json:"faults,omitempty"`
}
