package otlp

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
)

// The protocols of OTLP, by their names in Cowork's settings.
const (
	HTTPJSON     = "http/json"
	HTTPProtobuf = "http/protobuf"
	GRPC         = "grpc"
)

// Protocols has all protocols, the default first.
var Protocols = []string{HTTPJSON, HTTPProtobuf, GRPC}

// DefaultTimeout is the default of Settings.Timeout.
const DefaultTimeout = 10 * time.Second

// Settings define the endpoint and how requests are sent to it.
type Settings struct {
	// Endpoint is the address of the collector, see the package documentation.
	Endpoint string
	// Protocol is one of Protocols. Empty is http/json.
	Protocol string
	// Headers are added to every request.
	Headers []Header
	// CAFile is a PEM file of the CAs to trust instead of the system's.
	CAFile string
	// CertFile and KeyFile are PEM files of the client's certificate and key.
	CertFile, KeyFile string
	// InsecureSkipVerify accepts every certificate of the endpoint.
	InsecureSkipVerify bool
	// Gzip compresses the requests.
	Gzip bool
	// Timeout is the maximum duration of a request. Zero is DefaultTimeout.
	Timeout time.Duration
}

// A Header is a header of a request. Its value is secret and omitted when a Header
// is printed.
type Header struct{ Name, Value string }

// String returns the header without its value.
func (h Header) String() string { return h.Name + "=[withheld]" }

// GoString returns the header without its value.
func (h Header) GoString() string { return h.String() }

// ParseHeader parses a header of the form name=value. Its errors never contain the
// input, which may be a value without a name.
func ParseHeader(s string) (Header, error) {
	name, value, ok := strings.Cut(s, "=")
	name, value = strings.TrimSpace(name), strings.TrimSpace(value)
	switch {
	case !ok:
		return Header{}, errors.New("header: has no = (would be name=value)")
	case name == "" || strings.ContainsFunc(name, notToken):
		return Header{}, errors.New("header: the name before the = is invalid (would be name=value)")
	case strings.ContainsFunc(value, unicode.IsControl):
		return Header{}, errors.New("header: the value contains a control character, such as a line end")
	}
	return Header{name, value}, nil
}

// notToken reports whether a character is not allowed in the name of a header.
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
