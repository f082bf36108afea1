package literal

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestOf(t *testing.T) {
	for _, c := range []struct {
		expr, literals string
		maxMatch       int
	}{
		{`\bMRN-\d{8}\b`, "mrn-#", 12},
		{`(?i)code \w+`, "code ", 0},
		{`ACME-(?P<id>[0-9]{4})`, "acme-#", 9},
		{`(EMP|CTR)-?\d{5}`, "ctr|emp", 9},
		{`(?:order|invoice) no\. \d+`, "invoice no. |order no. ", 0},
		{`(ab|cd)(ef|gh)`, "abef|abgh|cdef|cdgh", 4},
		{`x{3,5}y?`, "xxx", 6},
		{`(?i)kiss`, "kiss|kis\u017f|ki\u017fs|ki\u017f\u017f|\u212aiss|\u212ais\u017f|\u212ai\u017fs|\u212ai\u017f\u017f", 8},
		{`^secret$`, "secret", 6},
		{`\d{3}-\d{4}`, "#-", 8},
		{`[a-z]+@corp\.example`, "@corp.example", 0},
		{`(foo.*)+bar`, "foo", 0},
		{`(foo)+`, "foo", 0},
		{`straße`, "straße", 7},
		{`ÄRZTE`, "Ärzte", 6},
		{`a.b.c`, "", 11},
		{`foo|\b`, "", 3},
		{`(foo)?bar?`, "ba", 6},
		{`[A-Z]{2}\d{6}`, "", 8},
		{`\w+`, "", 0},
		{`(foo)*`, "", 0},
		{`\x{FFFD}\x{FFFD}\x{FFFD}`, "", 9},
		{`[^\n]{1000}ab`, "ab", 0},
		{strings.Repeat("abcdefgh", 20), "abcdefghabcdefgh", 160},
	} {
		got, err := Of(c.expr)
		require.NoError(t, err)
		require.ElementsMatch(t, expand(c.literals), splitEmpty(got.Literals), c.expr)
		require.Equal(t, c.maxMatch, got.MaxMatch, c.expr)
	}
	_, err := Of(`(`)
	require.Error(t, err)
}

// expand returns the literals between bars, with each digit in the place of a #.
func expand(literals string) (all []string) {
	for lit := range strings.SplitSeq(literals, "|") {
		if !strings.Contains(lit, "#") {
			all = append(all, lit)
			continue
		}
		for digit := range strings.SplitSeq("0123456789", "") {
			all = append(all, strings.ReplaceAll(lit, "#", digit))
		}
	}
	return all
}

// splitEmpty returns the literals as expand does.
func splitEmpty(literals []string) []string {
	if len(literals) == 0 {
		return []string{""}
	}
	return literals
}
