package otlp

import (
	"bytes"
	"context"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// An Error is the failure of a request and a hint for the administrator.
type Error struct {
	// Answer is the status of the response, or why there was none.
	Answer string
	// Hint is what to check.
	Hint string
}

// Error returns both parts.
func (e *Error) Error() string { return e.Answer + ": " + e.Hint }

// httpHints has the hint by status. %s is replaced by the signal.
var httpHints = []struct {
	from, to int
	hint     string
}{
	{300, 399, "the endpoint redirects, which is not followed: use the address that it redirects to"},
	{400, 400, "the endpoint could not parse the request: check the collector's log"},
	{401, 401, "the endpoint requires authentication: set its header (--header name=value)"},
	{403, 403, "the header's value has no permission to send: check that it is correct and not expired"},
	{404, 404, "the endpoint has no /v1/%s: use its base URL"},
	{405, 405, "the server does not accept telemetry: check the port, for OTLP usually 4318"},
	{407, 407, "a proxy requires authentication: check HTTPS_PROXY and NO_PROXY"},
	{411, 411, "a Content-Length is required: check the proxy in front of the collector"},
	{413, 413, "the request is too large: raise max_request_body_size of the receiver"},
	{415, 415, "the endpoint does not accept this protocol: try another (--protocol)"},
	{429, 429, "the endpoint limits the rate: lower it (--rate)"},
	{500, 500, "the collector failed: check its log"},
	{502, 502, "a proxy cannot reach the collector: check that the collector is running"},
	{503, 503, "the collector accepts nothing at the moment, for example because its queue or memory is full: check its log"},
	{504, 504, "a proxy got no response from the collector: check that the collector is running"},
	{0, 599, "check the log of the collector, or of the proxy in front of it"},
}

// refused returns the error for a status. It never contains the text of the
// response.
func refused(code int, signal string, answer []byte) *Error {
	e := &Error{Answer: statusText(code), Hint: "check the collector's log"}
	if code == http.StatusBadRequest && bytes.Contains(answer, []byte("HTTP request to an HTTPS server")) {
		e.Hint = "the endpoint requires TLS: use https://"
		return e
	}
	for _, h := range httpHints {
		if h.from <= code && code <= h.to {
			e.Hint = strings.ReplaceAll(h.hint, "%s", signal)
			return e
		}
	}
	return e
}

// statusText returns a status with its name, like "404 Not Found".
func statusText(code int) string {
	if text := http.StatusText(code); text != "" {
		return strconv.Itoa(code) + " " + text
	}
	return "status " + strconv.Itoa(code)
}

// Hints of several causes. A server that requires a client certificate can close the
// connection before its reason arrives.
const (
	notHTTP = "the server does not use HTTP: check the port, for HTTP usually 4318, for gRPC 4317"
	notGRPC = "the server does not use gRPC, or requires TLS: check the port, for gRPC usually 4317, and use https:// for TLS"
	hungUp  = "the connection was closed: check the port, and whether https:// or a client certificate is required"
)

// causes has the reason for a missing response by a fragment of the network error.
// The first match decides.
var causes = []struct{ fragment, answer, hint string }{
	{"connection refused", "connection refused", "nothing listens there: check that the collector is running, and its port"},
	{"actively refused", "connection refused", "nothing listens there: check that the collector is running, and its port"},
	{"no such host", "no such host", "the name does not exist in this network: check the spelling"},
	{"unknown authority", "certificate not trusted", "set the CA that signed the endpoint's certificate (--ca-file)"},
	{"certificate is not trusted", "certificate not trusted", "set the CA that signed the endpoint's certificate (--ca-file)"},
	{"certificate is valid for", "certificate of another name", "use the name in the endpoint's certificate"},
	{"any IP SANs", "certificate of another name", "use the name in the endpoint's certificate, not its IP address"},
	{"not valid for any names", "certificate of another name", "use the name in the endpoint's certificate"},
	{"has expired or is not yet valid", "certificate out of date", "renew the endpoint's certificate, or correct the clock of this machine"},
	{"certificate required", "client certificate required", "set a client certificate and its key (--cert-file, --key-file)"},
	{"tls: bad certificate", "client certificate refused", "set a client certificate that the endpoint trusts (--cert-file, --key-file)"},
	{"HTTP response to HTTPS client", "no TLS there", "the endpoint uses plain HTTP: use http://"},
	{"does not look like a TLS handshake", "no TLS there", "the endpoint uses plain text: use http://"},
	{"malformed HTTP response", "no HTTP there", notHTTP},
	{"readLoopPeekFailLocked", "no HTTP there", notHTTP}, // the server sends before the request
	{"server preface", "no gRPC there", notGRPC},
	{"frame too large", "no gRPC there", notGRPC},
	{"network is unreachable", "network unreachable", "the address cannot be reached from this machine"},
	{"no route to host", "no route", "the address cannot be reached from this machine"},
	{"proxyconnect", "proxy not reached", "check HTTPS_PROXY and NO_PROXY"},
	{"connection reset", "connection closed", hungUp},
	{"broken pipe", "connection closed", hungUp},
	{"EOF", "connection closed", hungUp},
}

// unreached returns the error for a request without a response.
func unreached(err error) error {
	var timeout net.Error
	switch {
	case errors.Is(err, context.Canceled):
		return context.Canceled
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return noAnswer
	}
	// The URL in the error could contain a fragment of another cause.
	if around, ok := errors.AsType[*url.Error](err); ok {
		err = around.Err
	}
	if e, ok := caused(err.Error()); ok {
		return e
	}
	return &Error{Answer: "not reached", Hint: "check the endpoint, and firewalls or proxies in between"}
}

// noAnswer is the error for a request that timed out.
var noAnswer = &Error{Answer: "no answer in time", Hint: "check the host, and firewalls in between"}

// caused returns the error for a network error's text.
func caused(text string) (*Error, bool) {
	for _, c := range causes {
		if strings.Contains(text, c.fragment) {
			return &Error{Answer: c.answer, Hint: c.hint}, true
		}
	}
	return nil, false
}

// grpcHints has the hint by gRPC status.
var grpcHints = []struct {
	code codes.Code
	hint string
}{
	{codes.Unauthenticated, "the endpoint requires authentication: set its header (--header name=value)"},
	{codes.PermissionDenied, "the header's value has no permission to send: check that it is correct and not expired"},
	{codes.Unimplemented, "the endpoint does not accept this signal: check that its receiver has gRPC enabled and a pipeline for the signal"},
	{codes.ResourceExhausted, "the endpoint limits the rate or the size of requests: lower the rate (--rate), or raise max_recv_msg_size_mib of its receiver"},
	{codes.Unavailable, "the collector is not reached, or accepts nothing at the moment, for example because its queue or memory is full: check its log"},
	{codes.InvalidArgument, "the endpoint could not parse the request: check the collector's log"},
}

// failedCall returns the error for a failed call. It never contains the text of the
// server.
func failedCall(err error) error {
	s := status.Convert(err)
	switch s.Code() {
	case codes.Canceled:
		return context.Canceled
	case codes.DeadlineExceeded:
		return noAnswer
	case codes.Unavailable:
		if e, ok := caused(s.Message()); ok {
			return e
		}
	}
	for _, h := range grpcHints {
		if h.code == s.Code() {
			return &Error{Answer: s.Code().String(), Hint: h.hint}
		}
	}
	return &Error{Answer: s.Code().String(), Hint: "check the collector's log"}
}
