package secret

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// TestSessionUUID checks that a UUID that Keyed does not judge would be refused.
func TestSessionUUID(t *testing.T) {
	require.False(t, isSessionUUID, "the weights make some UUIDs secrets: Keyed judges each")
	group := func(n int) *rapid.Generator[string] {
		return rapid.StringOfN(rapid.RuneFrom([]rune("0123456789abcdefABCDEF")), n, n, n)
	}
	rapid.Check(t, func(t *rapid.T) {
		var groups []string
		for _, n := range []int{8, 4, 4, 4, 12} {
			groups = append(groups, group(n).Draw(t, "group"))
		}
		uuid := strings.Join(groups, "-")
		f := featuresOf(Session, LinkKey, Quoted, uuid)
		require.True(t, !text.IsUUID(uuid) || f.score() < 0, uuid)
	})
}
