package detect

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

func TestHasContext(t *testing.T) {
	for _, c := range []struct {
		key, in string
		want    Context
	}{
		{"mobileNumber", "#", PhoneContext | NumberContext},
		{"phone_number", "#", PhoneContext | NumberContext},
		{"", "SSN #", SocialSecurityContext},
		{"", "# is my credit card", CardContext},
		{"", "IBAN: #", IBANContext},
		{"", "the driver " + strings.Repeat("x", 40) + " #", 0},
		{"", "telescope # phonetic", 0},
		{"", "[REDACTED_CREDIT_CARD] #", 0},
	} {
		var r Reader
		r.Reset(text.View{Text: c.in, Key: c.key, Link: text.LinkKey})
		i := strings.IndexByte(c.in, '#')
		for context := PhoneContext; context < 1<<contextCount; context <<= 1 {
			require.Equal(t, c.want&context != 0, r.HasContext(context, i, i+1), "%s: %s: %b", c.key, c.in, context)
		}
	}
}

func TestHasForeignContextBefore(t *testing.T) {
	var r Reader
	r.Reset(text.View{Text: "電話 090"})
	require.True(t, r.hasForeignContextBefore(PhoneContext, len("電話 "), contextBefore))
	require.False(t, r.hasForeignContextBefore(CardContext, len("電話 "), contextBefore))
	require.False(t, r.hasForeignContextBefore(PhoneContext, 0, contextBefore))
}
