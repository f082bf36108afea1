package pii

import (
	"fmt"
	"slices"
	"strings"
)

// A Pattern is what a [Scanner] looks for: its name ("email") and the marker
// that stands in for what it finds ("[REDACTED_EMAIL]").
type Pattern struct {
	Name, Marker string
}

// A patternID is a pattern's place in the order of priority. Those from
// builtinCount on are custom patterns.
type patternID uint16

const (
	privateKey patternID = iota
	jsonWebToken
	urlCredential
	secret
	apiKey
	creditCard
	socialSecurity
	iban
	email
	phone
	ipAddress
	builtinCount
)

var builtin = [builtinCount]Pattern{
	privateKey:     {"private_key", "[REDACTED_API_KEY]"},
	jsonWebToken:   {"jwt", "[REDACTED_API_KEY]"},
	urlCredential:  {"url_credential", "[REDACTED_API_KEY]"},
	secret:         {"secret", "[REDACTED_API_KEY]"},
	apiKey:         {"api_key", "[REDACTED_API_KEY]"},
	creditCard:     {"credit_card", "[REDACTED_CREDIT_CARD]"},
	socialSecurity: {"ssn", "[REDACTED_SSN]"},
	iban:           {"iban", "[REDACTED_IBAN]"},
	email:          {"email", "[REDACTED_EMAIL]"},
	phone:          {"phone", "[REDACTED_PHONE]"},
	ipAddress:      {"ip_address", "[REDACTED_IP_ADDRESS]"},
}

// Patterns returns the built-in patterns in the order of their priority.
func Patterns() []Pattern { return slices.Clone(builtin[:]) }

// CheckName returns an error unless name is that of a built-in pattern.
func CheckName(name string) error {
	if builtinID(name) < builtinCount {
		return nil
	}
	names := make([]string, 0, builtinCount)
	for _, p := range builtin {
		names = append(names, p.Name)
	}
	return fmt.Errorf("unknown pattern %q (have %s)", name, strings.Join(names, ", "))
}

// builtinID returns the place of the pattern of that name, builtinCount if there is none.
func builtinID(name string) patternID {
	for id, p := range builtin {
		if p.Name == name {
			return patternID(id)
		}
	}
	return builtinCount
}

const (
	markerStart = "[REDACTED"
	// markerMax bounds the name within a marker, and so how far one is looked for.
	markerMax = 64
)

// IsMarker reports whether the whole of text is a marker: "[REDACTED]" or
// "[REDACTED_<NAME>]".
func IsMarker(text string) bool {
	return text != "" && markerEnd(text, 0) == len(text)
}

// markerEnd returns where the marker that starts at i ends, 0 if none starts there.
func markerEnd(text string, i int) int {
	if !strings.HasPrefix(text[i:], markerStart) {
		return 0
	}
	i += len(markerStart)
	if i < len(text) && text[i] == ']' {
		return i + 1
	}
	if i >= len(text) || text[i] != '_' {
		return 0
	}
	name := i + 1
	for i = name; i < len(text) && i-name <= markerMax && isMarkerByte(text[i]); i++ {
	}
	if i == name || i-name > markerMax || i >= len(text) || text[i] != ']' {
		return 0
	}
	return i + 1
}

func isMarkerByte(c byte) bool { return is(c, upper|digit) || c == '_' }

// protected returns where the marker that starts at i ends, 0 if what stands
// there is to be scanned like any text. A marker with digits counts only if it
// is one of this scanner, so that nothing hides in the clothes of a marker.
func (s *Scanner) protected(text string, i int) int {
	end := markerEnd(text, i)
	if end == 0 || !strings.ContainsAny(text[i:end], "0123456789") {
		return end
	}
	for c := range s.custom {
		if s.custom[c].Marker == text[i:end] {
			return end
		}
	}
	return 0
}
