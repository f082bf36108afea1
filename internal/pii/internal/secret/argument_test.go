package secret

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestLineOf checks that a line ends at its newline, unless a backslash continues it.
func TestLineOf(t *testing.T) {
	for in, want := range map[string]string{
		"a b":           "a b",
		"a b\nc":        "a b\n",
		"a \\\n b\nc":   "a \\\n b\n",
		"\na":           "\n",
		"a \\\n b \\\n": "a \\\n b \\\n",
	} {
		require.Equal(t, want, lineOf(in, 0), "%q", in)
	}
}

// TestMayHoldSecret checks that a line has the words of a command in the usual cases, or an input.
func TestMayHoldSecret(t *testing.T) {
	for _, line := range []string{" auth X", " AUTH X", " Auth X", " -a X", " <<< X"} {
		require.True(t, mayHoldSecret(new(Reader), commandTable["redis-cli"], line), line)
	}
	require.False(t, mayHoldSecret(new(Reader), commandTable["docker"], " ps --all"))
	require.True(t, mayHoldSecret(new(Reader), commandTable["schtasks"], " /RP X"))
}
