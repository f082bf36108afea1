package nearest

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestDistance(t *testing.T) {
	check := func(a, b string, want int) {
		t.Helper()
		require.Equal(t, want, Distance(a, b), "%s, %s", a, b)
	}
	check("", "", 0)
	check("", "abc", 3)
	check("mode", "mode", 0)
	check("mode", "moode", 1)
	check("mode", "mde", 1)
	check("mode", "made", 1)
	check("mode", "mdoe", 1)
	check("kitten", "sitting", 3)
	check(strings.Repeat("a", maxName+1), "a", maxName)
}

func TestDistanceIsSymmetric(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.StringMatching(`[a-c]{0,8}`).Draw(t, "a"), rapid.StringMatching(`[a-c]{0,8}`).Draw(t, "b")
		d := Distance(a, b)
		if d != Distance(b, a) || (d == 0) != (a == b) || d > max(len(a), len(b)) {
			t.Fatalf("%q, %q: %d", a, b, d)
		}
	})
}

func TestName(t *testing.T) {
	known := []string{"max_value_bytes", "max_unknown_bytes", "enabled", "key"}
	for name, want := range map[string]string{
		"max_value_byte":           "max_value_bytes",
		"MaxValueBytes":            "max_value_bytes",
		"enabeld":                  "enabled",
		"keys":                     "key",
		"on":                       "",
		"endpoint":                 "",
		strings.Repeat("a", 10000): "",
	} {
		require.Equal(t, want, Name(name, known), name)
	}
}
