package otlp

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
)

// The protocols of OTLP, as Cowork's settings name them.
const (
	HTTPJSON     = "http/json"
	HTTPProtobuf = "http/protobuf"
	GRPC         = "grpc"
)

// Protocols are all of them, the usual one first.
var Protocols = []string{HTTPJSON, HTTPProtobuf, GRPC}

// DefaultTimeout is how long one request may take where the settings do not say.
const DefaultTimeout = 10 * time.Second

// Settings say where to send to, and how.
type Settings struct {
	// Endpoint is where the collector listens, as people write it.
	Endpoint string
	// Protocol is one of Protocols. Empty is http/json.
	Protocol string
	// Headers are added to every request.
	Headers []Header
	// CAFile holds the certificates to trust in place of the system's, as PEM.
	CAFile string
	// CertFile and KeyFile hold the client's own certificate and key, as PEM.
	CertFile, KeyFile string
	// InsecureSkipVerify accepts whatever certificate the endpoint shows.
	InsecureSkipVerify bool
	// Gzip compresses the requests.
	Gzip bool
	// Timeout is how long one request may take. Zero is DefaultTimeout.
	Timeout time.Duration
}

// A Header is one header of a request. Its value is a secret: printing a Header
// does not show it.
type Header struct{ Name, Value string }

// String returns the header without its value.
func (h Header) String() string { return h.Name + "=[withheld]" }

// GoString returns the header without its value.
func (h Header) GoString() string { return h.String() }

// ParseHeader reads a header written as name=value. Its errors never contain
// what it was given, since that may be a value without a name.
func ParseHeader(s string) (Header, error) {
	name, value, ok := strings.Cut(s, "=")
	name, value = strings.TrimSpace(name), strings.TrimSpace(value)
	switch {
	case !ok:
		return Header{}, errors.New("header: has no = (would be name=value)")
	case name == "" || strings.ContainsFunc(name, notToken):
		return Header{}, errors.New("header: the name before the = is no header name (would be name=value)")
	case strings.ContainsFunc(value, unicode.IsControl):
		return Header{}, errors.New("header: the value has a control character in it, perhaps a line end")
	}
	return Header{name, value}, nil
}

// notToken reports whether a character may not stand in the name of a header.
func notToken(r rune) bool {
	return r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("!#$%&'*+-.^_`|~", r)
}

func (s Settings) validate() error {
	var errs []error
	if !slices.Contains(Protocols, s.Protocol) {
		errs = append(errs, fmt.Errorf("protocol: unknown %q (have %s)", s.Protocol, strings.Join(Protocols, ", ")))
	}
	if s.Timeout < 0 {
		errs = append(errs, fmt.Errorf("timeout: must not be negative, is %v", s.Timeout))
	}
	if (s.CertFile == "") != (s.KeyFile == "") {
		errs = append(errs, errors.New("client certificate: needs both the certificate file and the key file"))
	}
	return errors.Join(errs...)
}
