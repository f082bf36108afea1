package early

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestRuns(t *testing.T) {
	check := func(line string, want bool) {
		t.Helper()
		require.Equal(t, want, runs(strings.Fields(line)), line)
	}
	check("otelcol-cowork", true)
	check("otelcol-cowork --config x.yaml", true)
	check("otelcol-cowork -config=x.yaml", true)
	check("otelcol-cowork validate --config x.yaml", false)
	check("otelcol-cowork components", false)
	check("otelcol-cowork --config x.yaml validate", false)
	check("early.test -test.run=Runs", false)
	check("", false)
}
