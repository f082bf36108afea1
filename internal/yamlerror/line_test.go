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

// TestMistake checks that the line is that of the mistake, where the parser names that of
// the section, and that another error has no words.
func TestMistake(t *testing.T) {
	check := func(text string, line int, words string) {
		t.Helper()
		var v any
		n, got := Mistake([]byte(text), yaml.Unmarshal([]byte(text), &v))
		require.Equal(t, line, n)
		require.Equal(t, words, got)
	}
	check("a:\n  b:\n    c: 1\n   d: 2\n", 4, "the indentation is not that of the keys above")
	check("a: 1\nb: 2\na: 3\n", 3, "a key is there twice")
	check("a: *b\n", 1, "")
}
