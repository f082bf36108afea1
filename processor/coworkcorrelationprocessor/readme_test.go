package coworkcorrelationprocessor

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/cowork"
)

var update = flag.Bool("update", false, "write the README's table instead of comparing with it")

// TestReadme checks the README's table of the summary's attributes against the schema.
func TestReadme(t *testing.T) {
	data, err := os.ReadFile("README.md")
	require.NoError(t, err)
	place := regexp.MustCompile(`(?s)(<!-- summary -->\n).*?(<!-- end -->)`)
	require.Regexp(t, place, string(data))
	want := place.ReplaceAllString(string(data), "${1}"+summaryTable()+"${2}")
	if *update {
		require.NoError(t, os.WriteFile("README.md", []byte(want), 0o600))
		return
	}
	require.Equal(t, want, string(data), "go test ./processor/coworkcorrelationprocessor -run TestReadme -update writes it")
}

func summaryTable() string {
	var out strings.Builder
	out.WriteString("| attribute | type | |\n|---|---|---|\n")
	for _, key := range cowork.KindOf(summaryKind).Attributes {
		a := cowork.AttributeOf(key)
		unit := ""
		if a.Unit != "" {
			unit = ", " + a.Unit
		}
		fmt.Fprintf(&out, "| `%s` | %s%s | %s |\n", a.Name, a.Type, unit, a.Doc)
	}
	return out.String()
}

// TestSummaryIsOfTheSchema checks that a summary has exactly the attributes of the schema,
// which the README lists.
func TestSummaryIsOfTheSchema(t *testing.T) {
	run(t, defaults, func(r *rig) {
		r.send(event("user_prompt", 1, attributes{"prompt.id": "before"}), event("user_prompt", 2, attributes{"cowork.prompt.origin": "user"}))
		summaries := r.pass(time.Hour)
		var keys []string
		for key := range summaries[1].Record().Attributes().All() {
			if strings.HasPrefix(key, "cowork.") {
				keys = append(keys, key)
			}
		}
		want := slices.Clone(cowork.KindOf(summaryKind).Attributes)
		require.ElementsMatch(t, want, keys)
	})
}
