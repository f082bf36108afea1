package alert

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestBuiltinKeys checks that the files of the built-in rules have no unknown keys, and that
// a change of a returned rule does not change the next.
func TestBuiltinKeys(t *testing.T) {
	var want []Spec
	for _, family := range Families {
		text, err := builtin.ReadFile("builtin/" + family + ".yaml")
		require.NoError(t, err)
		specs, err := Parse(text)
		require.NoError(t, err, family)
		for _, s := range specs {
			s.Family = family
			want = append(want, s)
		}
	}
	changed, err := Builtin()
	require.NoError(t, err)
	for _, s := range changed {
		if s.Count != nil {
			s.Count.Above++
		}
	}
	got, err := Builtin()
	require.NoError(t, err)
	require.Equal(t, want, got)
}
