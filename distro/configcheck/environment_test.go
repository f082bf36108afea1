package configcheck

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestUnset checks which variables a value needs.
func TestUnset(t *testing.T) {
	e := environment{lookup: func(name string) (string, bool) { return "", name == "SET" }}
	for value, want := range map[string][]string{
		"${env:X}":                {"X"},
		"Bearer ${X} ${env:X}":    {"X"},
		"${env:X:-default}":       nil,
		"${env:SET}":              nil,
		"${env:SET:-${env:X}}":    nil,
		"${env:Y:-${env:X}}":      {"X"},
		"$${env:X}":               nil,
		"${file:token.txt}":       nil,
		"${env:X}/${env:Y}":       {"X", "Y"},
		"no reference, {braces}}": nil,
	} {
		missing, placeholders := e.unset(value)
		require.Equal(t, want, missing, value)
		require.Empty(t, placeholders, value)
	}
	for value, want := range map[string][]string{
		"ApiKey ${env:X:-unset} ${env:X:-unset}": {"X"},
		"https://${env:X:-unset.example.com}":    {"X"},
		"${env:SET:-unset}":                      nil,
		"${env:X:-unsettled}":                    nil,
	} {
		missing, placeholders := e.unset(value)
		require.Equal(t, want, placeholders, value)
		require.Empty(t, missing, value)
	}
}
