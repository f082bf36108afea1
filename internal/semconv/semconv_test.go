package semconv

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestEmits(t *testing.T) {
	for _, v := range versions {
		require.NoError(t, v.Validate())
		require.True(t, v.Emits(""), "a name of every version")
	}
	require.True(t, V141.Emits(V141))
	require.True(t, Version("").Emits(V141))
	require.True(t, GenAI0.Emits(GenAI0))
	require.True(t, Both.Emits(V141))
	require.True(t, Both.Emits(GenAI0))
	require.False(t, V141.Emits(GenAI0))
	require.False(t, Version("").Emits(GenAI0))
	require.False(t, GenAI0.Emits(V141))
}

func TestValidate(t *testing.T) {
	require.EqualError(t, Version("v1.42").Validate(), `unknown value "v1.42" (have v1.41, genai-v0.1, both)`)
	require.Error(t, Version("").Validate())
}
