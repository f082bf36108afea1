package coworkegressprocessor

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii"
)

// newScanner returns a scanner for the tokens and numbers that the name of a host can have.
// Addresses are not replaced here: lists name them, and cowork_redaction finds them later.
func newScanner() (*pii.Scanner, error) {
	s, err := pii.New(pii.Settings{})
	if err != nil {
		return nil, err
	}
	return s.Except("ip_address", "email", "phone"), nil
}

// redactHost returns the form in which a host is listed: in small letters, with markers in
// place of what is found in the host as a text writes it. Data leaves as the name of a host
// too, and a token in small letters is not found any more.
func redactHost(s *pii.Scanner, written, host string) string {
	found := s.Scan(nil, "", written)
	if len(found) == 0 {
		return host
	}
	var b strings.Builder
	from, domain := 0, domainStart(written)
	for _, f := range found {
		b.WriteString(strings.ToLower(written[from:f.Start]))
		b.WriteString(f.Pattern.Marker)
		if from = f.End; f.Start < domain {
			from = min(from, domain) // the parts of a token have dots between them too
		}
	}
	b.WriteString(strings.ToLower(written[from:]))
	return b.String()
}

// domainStart returns where the last labels of a host start that are small letters and dashes
// only: the domain after a token.
func domainStart(host string) int {
	start := len(host)
	for {
		dot := strings.LastIndexByte(host[:start], '.')
		if dot < 0 || strings.Trim(host[dot+1:start], "abcdefghijklmnopqrstuvwxyz-") != "" {
			return start
		}
		start = dot
	}
}
