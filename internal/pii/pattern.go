package pii

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
)

// A Pattern is a kind of sensitive value: its name ("email") and the marker that
// replaces its findings ("[REDACTED_EMAIL]").
type Pattern struct {
	Name, Marker string
}

var builtin = [span.BuiltinCount]Pattern{
	span.PrivateKey:     {"private_key", "[REDACTED_API_KEY]"},
	span.JWT:            {"jwt", "[REDACTED_API_KEY]"},
	span.URLCredential:  {"url_credential", "[REDACTED_API_KEY]"},
	span.Secret:         {"secret", "[REDACTED_API_KEY]"},
	span.APIKey:         {"api_key", "[REDACTED_API_KEY]"},
	span.CreditCard:     {"credit_card", "[REDACTED_CREDIT_CARD]"},
	span.SocialSecurity: {"ssn", "[REDACTED_SSN]"},
	span.IBAN:           {"iban", "[REDACTED_IBAN]"},
	span.Email:          {"email", "[REDACTED_EMAIL]"},
	span.Phone:          {"phone", "[REDACTED_PHONE]"},
	span.IPAddress:      {"ip_address", "[REDACTED_IP_ADDRESS]"},
}

// Patterns returns the built-in patterns in the order of their priority.
func Patterns() []Pattern { return slices.Clone(builtin[:]) }

// CheckName returns an error unless name is that of a built-in pattern.
func CheckName(name string) error {
	if builtinID(name) < span.BuiltinCount {
		return nil
	}
	names := make([]string, 0, span.BuiltinCount)
	for _, p := range builtin {
		names = append(names, p.Name)
	}
	return fmt.Errorf("unknown pattern %q (have %s)", name, strings.Join(names, ", "))
}

// builtinID returns the place of the pattern of that name, builtinCount if there is none.
func builtinID(name string) span.ID {
	for id, p := range builtin {
		if p.Name == name {
			return span.ID(id)
		}
	}
	return span.BuiltinCount
}
