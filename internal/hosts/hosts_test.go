package hosts

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// TestAnyText checks that no text makes Of panic, and that a URL in it is found.
func TestAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		for range Of(text, true) {
		}
		found := slices.Collect(Of(`{"a":"`+text+` "} https://evil.com/`, false))
		require.Contains(t, found, "evil.com")
	})
}
