package yamlerror

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

func TestLine(t *testing.T) {
	var v any
	require.Equal(t, 3, Line(yaml.Unmarshal([]byte("a: 1\nb: 2\n c: [\n"), &v)))
	require.Equal(t, 1, Line(errors.New("no number")))
	require.Equal(t, 1, Line(errors.New("line 99999999999999999999")))
}
