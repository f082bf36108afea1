package scoring

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestReplaced(t *testing.T) {
	for _, c := range []struct {
		name, text, redacted string
		want                 []string
	}{
		{"nothing", "plain", "plain", nil},
		{"one", "mail a@b.c now", "mail [REDACTED_EMAIL] now", []string{"email a@b.c"}},
		{"all of it", "a@b.c", "[REDACTED_EMAIL]", []string{"email a@b.c"}},
		{"two", "a@b.c or 555-0100", "[REDACTED_EMAIL] or [REDACTED_PHONE]", []string{"email a@b.c", "phone 555-0100"}},
		{"side by side", "a@b.c555-0100.", "[REDACTED_EMAIL][REDACTED_PHONE].", []string{"email a@b.c555-0100"}},
		{"the text between is in the value too", "x  y z", "x [REDACTED_SSN] z", []string{"ssn  y"}},
		{"a marker was there before", "[REDACTED_SSN], a@b.c", "[REDACTED_SSN], [REDACTED_EMAIL]", []string{"email a@b.c"}},
		{"a complete value", "a\nb", "[REDACTED]", []string{"other a\nb"}},
		{"a custom pattern", "MRN-1 x", "[REDACTED_MRN2] x", []string{"other MRN-1"}},
		{"a number in JSON", `{"a":4111}`, `{"a":"[REDACTED_CREDIT_CARD]"}`, []string{"credit_card 4111"}},
		{"a number in JSON in JSON", `"{\"a\":4111}"`, `"{\"a\":\"[REDACTED_CREDIT_CARD]\"}"`, []string{"credit_card 4111"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			spans, ok := Replaced(c.text, c.redacted)
			require.True(t, ok)
			var got []string
			for _, s := range spans {
				got = append(got, s.Type+" "+c.text[s.Start:s.End])
			}
			require.Equal(t, c.want, got)
		})
	}
}

func TestReplacedUnknown(t *testing.T) {
	for text, redacted := range map[string]string{
		"something":  "something else",
		"mail a@b.c": "Mail [REDACTED_EMAIL]",
		"":           "[REDACTED]",
	} {
		spans, ok := Replaced(text, redacted)
		require.False(t, ok, redacted)
		require.Empty(t, spans)
	}
}
