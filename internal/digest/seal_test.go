package digest_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/digest"
)

func TestSeal(t *testing.T) {
	for _, text := range []string{"", "a", "some state"} {
		sealed := digest.Seal([]byte(text))
		data, ok := digest.Unseal(sealed)
		require.True(t, ok)
		require.Equal(t, text, string(data))
		for i := range sealed { // each flipped bit and each cut is noticed
			sealed[i] ^= 1
			_, ok := digest.Unseal(sealed)
			require.False(t, ok)
			sealed[i] ^= 1
			_, ok = digest.Unseal(sealed[:i])
			require.False(t, ok, "cut at %d of %q", i, text)
		}
	}
}
