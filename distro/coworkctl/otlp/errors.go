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

// An Error is a request that did not arrive, in two parts: what happened, and
// what to do about it.
type Error struct {
	// Answer is what the endpoint answered, or what came in place of an answer.
	Answer string
	// Hint is what to look at next.
	Hint string
}

// Error returns both parts.
func (e *Error) Error() string { return e.Answer + ": " + e.Hint }

// httpHints say what to do about a status. Where one says %s, the signal's name
// is filled in.
var httpHints = []struct {
	from, to int
	hint     string
}{
	{300, 399, "the endpoint redirects, and telemetry does not follow: give the address that it redirects to"},
	{400, 400, "the endpoint could not read the request: look into the collector's log"},
	{401, 401, "the endpoint wants to know who sends: give the header that it expects (--header name=value)"},
	{403, 403, "the header's value is not allowed to send: is it the right one, and still valid?"},
	{404, 404, "the endpoint has no /v1/%s: give the base URL"},
	{405, 405, "something answers there that takes no telemetry: is it the OTLP port, usually 4318?"},
	{407, 407, "a proxy on the way wants to know who sends: look at HTTPS_PROXY and NO_PROXY"},
	{411, 411, "something on the way wants to know the length first: look at the proxy in front of the collector"},
	{413, 413, "the request is bigger than the endpoint takes: raise max_request_body_size of its receiver"},
	{415, 415, "the endpoint does not take this protocol: try another (--protocol)"},
	{429, 429, "the endpoint asks for less at a time: lower the rate (--rate)"},
	{500, 500, "the collector failed: look into its log"},
	{502, 502, "a proxy in front of the collector does not reach it: is the collector running?"},
	{503, 503, "the collector is there and takes nothing for now, as with a full queue or memory: look into its log"},
	{504, 504, "a proxy in front of the collector waits for it in vain: is the collector running?"},
	{0, 599, "look into the log of the collector, or of what stands in front of it"},
}

// refused returns the error for a status. The answer's text is looked at, never
// quoted.
func refused(code int, signal string, answer []byte) *Error {
	e := &Error{Answer: statusText(code), Hint: "look into the collector's log"}
	if code == http.StatusBadRequest && bytes.Contains(answer, []byte("HTTP request to an HTTPS server")) {
		e.Hint = "the endpoint speaks TLS: write https:// in front"
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

// statusText returns a status as people know it, like "404 Not Found".
func statusText(code int) string {
	if text := http.StatusText(code); text != "" {
		return strconv.Itoa(code) + " " + text
	}
	return "status " + strconv.Itoa(code)
}

// Hints that more than one cause has. A server that misses a client certificate
// may hang up before its reason arrives.
const (
	notHTTP = "something answers that does not speak HTTP: is it the gRPC port? HTTP's is usually 4318"
	notGRPC = "something answers that does not speak gRPC: is it the HTTP port, or does it want https://? gRPC's port is usually 4317"
	hungUp  = "something on the way hung up: is it the right port, and does it want https://, or a client certificate?"
)

// causes say why no answer came, by what the network's own error says. The
// first that is found counts.
var causes = []struct{ fragment, answer, hint string }{
	{"connection refused", "connection refused", "nothing listens there: is the collector running, and is that its port?"},
	{"actively refused", "connection refused", "nothing listens there: is the collector running, and is that its port?"},
	{"no such host", "no such host", "the name does not exist, or not on this network: check the spelling"},
	{"unknown authority", "certificate not trusted", "give the CA that signed the endpoint's certificate (--ca-file)"},
	{"certificate is not trusted", "certificate not trusted", "give the CA that signed the endpoint's certificate (--ca-file)"},
	{"certificate is valid for", "certificate of another name", "use the name that is in the endpoint's certificate"},
	{"any IP SANs", "certificate of another name", "use the name that is in the endpoint's certificate, not its IP address"},
	{"not valid for any names", "certificate of another name", "use the name that is in the endpoint's certificate"},
	{"has expired or is not yet valid", "certificate out of date", "renew the endpoint's certificate, or set this machine's clock"},
	{"certificate required", "client certificate required", "give a client certificate and its key (--cert-file, --key-file)"},
	{"tls: bad certificate", "client certificate refused", "give a client certificate that the endpoint trusts (--cert-file, --key-file)"},
	{"HTTP response to HTTPS client", "no TLS there", "the endpoint speaks plain HTTP: write http:// in front"},
	{"does not look like a TLS handshake", "no TLS there", "the endpoint speaks plain text: write http:// in front"},
	{"malformed HTTP response", "no HTTP there", notHTTP},
	{"readLoopPeekFailLocked", "no HTTP there", notHTTP}, // it spoke before it was asked
	{"server preface", "no gRPC there", notGRPC},
	{"frame too large", "no gRPC there", notGRPC},
	{"network is unreachable", "network unreachable", "there is no way to that address from here"},
	{"no route to host", "no route", "there is no way to that address from here"},
	{"proxyconnect", "proxy not reached", "look at HTTPS_PROXY and NO_PROXY"},
	{"connection reset", "connection closed", hungUp},
	{"broken pipe", "connection closed", hungUp},
	{"EOF", "connection closed", hungUp},
}

// unreached returns the error for a request that got no answer.
func unreached(err error) error {
	var timeout net.Error
	switch {
	case errors.Is(err, context.Canceled):
		return context.Canceled
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return noAnswer
	}
	// The URL around the cause is the administrator's own text, not a cause.
	if around, ok := errors.AsType[*url.Error](err); ok {
		err = around.Err
	}
	if e, ok := caused(err.Error()); ok {
		return e
	}
	return &Error{Answer: "not reached", Hint: "check the endpoint, and whether anything stands between"}
}

// noAnswer is the error for a request that took too long.
var noAnswer = &Error{Answer: "no answer in time", Hint: "does a firewall stand between, and is that the right host?"}

// caused finds what a text of the network's says.
func caused(text string) (*Error, bool) {
	for _, c := range causes {
		if strings.Contains(text, c.fragment) {
			return &Error{Answer: c.answer, Hint: c.hint}, true
		}
	}
	return nil, false
}

// grpcHints say what to do about a gRPC status.
var grpcHints = []struct {
	code codes.Code
	hint string
}{
	{codes.Unauthenticated, "the endpoint wants to know who sends: give the header that it expects (--header name=value)"},
	{codes.PermissionDenied, "the header's value is not allowed to send: is it the right one, and still valid?"},
	{codes.Unimplemented, "the endpoint takes no such telemetry: does its receiver have gRPC switched on, and a pipeline for this signal?"},
	{codes.ResourceExhausted, "the endpoint asks for less, or for smaller requests: lower the rate, or raise max_recv_msg_size_mib of its receiver"},
	{codes.Unavailable, "the collector is not reached, or is there and takes nothing for now, as with a full queue or memory: look into its log"},
	{codes.InvalidArgument, "the endpoint could not read the request: look into the collector's log"},
}

// failedCall returns the error for a call that failed. What the server wrote
// about it is looked at, never quoted.
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
	return &Error{Answer: s.Code().String(), Hint: "look into the collector's log"}
}
