package pii

import (
	"fmt"
	"slices"
	"strings"
)

// A Pattern is a kind of sensitive value: its name ("email") and the marker that
// replaces its findings ("[REDACTED_EMAIL]").
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
