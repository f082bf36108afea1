package coworkdeliveryextension

import (
	"bytes"
	"io"
	"net/http"
	"slices"
	"strconv"
)

// A transport sends requests of OTLP/HTTP and inspects their responses.
type transport struct {
	next http.RoundTripper
	m    *middleware
}

// maxAnswer is the part of a response that is parsed.
const maxAnswer = 64 << 10

// RoundTrip sends a request. If the backend refuses a batch for its content, it sends the
// batch again in parts.
func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	signal := signalOf(req.URL.Path)
	if signal == "" || req.Body == nil {
		return t.next.RoundTrip(req)
	}
	body, err := io.ReadAll(req.Body) // the exporter has it in memory
	if err = closing(req.Body, err); err != nil {
		return nil, err
	}
	resp, err := t.send(req, body)
	if err != nil {
		return nil, err
	}
	t.m.reportWaiting(req.URL.Host, signal, resp)
	b := &batch{signal: signal, contentType: req.Header.Get("Content-Type"), encoding: req.Header.Get("Content-Encoding")}
	switch {
	case resp.StatusCode < 300:
		if err := t.countPartial(req, resp, b); err != nil {
			return nil, err
		}
		return resp, nil
	case retryable[resp.StatusCode]:
		return resp, nil
	}
	if b.decode(body) != nil { // another compression: the number of records is unknown
		t.m.count(req.Context(), signal, reasonOf(resp.StatusCode), 1)
		return resp, nil
	}
	if t.m.cfg.Split && splittable[resp.StatusCode] && b.units() > 1 {
		return t.split(req, resp, b)
	}
	t.m.count(req.Context(), signal, reasonOf(resp.StatusCode), b.items(0, b.units()))
	return resp, nil
}

// send sends a copy of a request with a body.
func (t *transport) send(req *http.Request, body []byte) (*http.Response, error) {
	out := req.Clone(req.Context())
	out.Body, out.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	out.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
	resp, err := t.next.RoundTrip(out)
	if err != nil {
		return nil, err
	}
	resp.Header.Del(originalStatus) // a backend's own
	if slices.Contains(t.m.cfg.Retry, resp.StatusCode) {
		resp.Header.Set(originalStatus, strconv.Itoa(resp.StatusCode))
		resp.StatusCode, resp.Status = http.StatusServiceUnavailable, "503 Service Unavailable"
	}
	return resp, nil
}

// originalStatus is the header of a response with the status that retry replaced.
const originalStatus = "X-Cowork-Original-Status"

// countPartial counts the records that a response refuses in a partial success.
func (t *transport) countPartial(req *http.Request, resp *http.Response, b *batch) error {
	answer, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err = closing(resp.Body, err); err != nil {
		return err
	}
	resp.Body = io.NopCloser(bytes.NewReader(answer))
	t.m.count(req.Context(), b.signal, partialSuccess, b.rejected(answer, resp.Header.Get("Content-Type")))
	return nil
}

// closing closes a body and returns the first error.
func closing(body io.Closer, err error) error {
	if closeErr := body.Close(); err == nil {
		err = closeErr
	}
	return err
}

// partialSuccess is the reason of records that a successful response refuses.
const partialSuccess = "partial success"

// retryable are the statuses after which the exporter sends the batch again.
var retryable = map[int]bool{
	http.StatusTooManyRequests: true, http.StatusBadGateway: true, http.StatusServiceUnavailable: true, http.StatusGatewayTimeout: true,
}

// splittable are the statuses of a batch that a part of it may not get.
var splittable = map[int]bool{
	http.StatusBadRequest: true, http.StatusRequestEntityTooLarge: true, http.StatusUnprocessableEntity: true,
}

// reasonOf returns the status as a reason, with one reason for all unusual statuses.
func reasonOf(status int) string {
	if status < 400 || http.StatusText(status) == "" {
		return "other status"
	}
	return strconv.Itoa(status)
}
