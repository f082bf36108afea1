package synthetic

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestValidate checks the errors for invalid settings.
func TestValidate(t *testing.T) {
	_, err := New(Settings{Every: -1, Prompts: -1})
	require.EqualError(t, err, "seats: must be at least 1, is 0\nstart: must be set\n"+
		"every: must not be negative, is -1ns\nprompts: must not be negative, is -1")
}
