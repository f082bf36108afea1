package coworkalertexporter

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/textproto"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	texttemplate "text/template"

	"github.com/prometheus/alertmanager/notify"
)

// A failureReason is a cause of a failed notification. The text of the error itself can
// contain a URL with a secret, or a response that repeats the alert.
type failureReason struct {
	match func(error) (detail string, ok bool)
	text  string
	// kind is the reason in the counter of failed notifications.
	kind string
}

// failureReasons are checked in order. A cause comes before the timeout that it leads to.
var failureReasons = []failureReason{
	{missingFile, "cannot read the file ", "file"},
	{isType[*net.DNSError], "host unknown", "dns"}, // its name can be of a template with labels
	{isType[x509.UnknownAuthorityError], "TLS: the certificate is signed by an unknown authority", "tls"},
	{isType[x509.HostnameError], "TLS: the certificate is for another host", "tls"},
	{isType[x509.CertificateInvalidError], "TLS: the certificate is not valid, such as expired", "tls"},
	{isType[*tls.CertificateVerificationError], "TLS: the certificate cannot be verified", "tls"},
	{isType[tls.RecordHeaderError], "TLS: the receiver does not answer with TLS", "tls"},
	{contains("server gave HTTP response to HTTPS client"), "TLS: the receiver does not answer with TLS", "tls"},
	{isType[tls.AlertError], "TLS: the receiver refuses the handshake", "tls"},
	{is(syscall.ECONNREFUSED), "connection refused", "refused"},
	{is(syscall.ECONNRESET), "connection reset", "reset"},
	{is(syscall.EHOSTUNREACH), "no route to the host", "unreachable"},
	{is(syscall.ENETUNREACH), "no route to the network", "unreachable"},
	{is(io.EOF), "connection closed", "reset"},
	{is(io.ErrUnexpectedEOF), "connection closed", "reset"},
	{httpStatus, "status ", "status"},
	{smtpStatus, "SMTP code ", "status"},
	{isType[texttemplate.ExecError], "a template of the receiver cannot be executed", "template"},
	{isTimeout, "timeout", "timeout"},
	{is(context.Canceled), "canceled", "canceled"},
	{notifierReason, "", "other"},
}

// reasonOf returns the reason of a failed notification in words, and its kind.
func reasonOf(err error) (text, kind string) {
	for _, r := range failureReasons {
		if detail, ok := r.match(err); ok {
			return r.text + detail, r.kind
		}
	}
	return "other error", "other"
}

func is(target error) func(error) (string, bool) {
	return func(err error) (string, bool) { return "", errors.Is(err, target) }
}

func isType[E error](err error) (string, bool) {
	_, ok := errors.AsType[E](err)
	return "", ok
}

func contains(text string) func(error) (string, bool) {
	return func(err error) (string, bool) { return "", strings.Contains(err.Error(), text) }
}

func missingFile(err error) (string, bool) {
	e, ok := errors.AsType[*fs.PathError](err)
	if !ok {
		return "", false
	}
	return e.Path, true
}

// statusText matches the status in errors of notifiers, which have no type.
var statusText = regexp.MustCompile(`(?:unexpected status code|status code|status) ([1-5][0-9]{2})\b`)

func httpStatus(err error) (string, bool) {
	m := statusText.FindStringSubmatch(err.Error())
	if m == nil {
		return "", false
	}
	code, _ := strconv.Atoi(m[1])
	return strings.TrimSpace(m[1] + " " + http.StatusText(code)), true
}

func smtpStatus(err error) (string, bool) {
	e, ok := errors.AsType[*textproto.Error](err)
	if !ok {
		return "", false
	}
	return strconv.Itoa(e.Code), true
}

func isTimeout(err error) (string, bool) {
	e, ok := errors.AsType[net.Error](err)
	return "", errors.Is(err, context.DeadlineExceeded) || ok && e.Timeout()
}

// notifierReason returns the class that a notifier has given an error.
func notifierReason(err error) (string, bool) {
	e, ok := errors.AsType[*notify.ErrorWithReason](err)
	if !ok {
		return "", false
	}
	return e.Reason.String(), true
}
