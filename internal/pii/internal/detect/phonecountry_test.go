package detect

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/pii/internal/text"

	"github.com/cowork-otel/collector/internal/pii/internal/dialplan"
)

// numberIn reads the number at the start of a text.
func numberIn(in string) phoneNumber {
	var r Reader
	r.Reset(text.View{Text: in})
	return readPhoneNumber(&r, 0)
}

func TestIsNational(t *testing.T) {
	for _, in := range []string{
		"07700 900123", "020 7946 0958", "(02) 9374 4000", "0171/2345678", "030 / 901820", "0151 23456789", "06 12 34 56 78",
		"(11) 98765-4321", "(11) 3456-7890", "010-1234-5678", "090-1234-5678", "0412 345 678", "031-123 45 67", "0470 12 34 56",
		"079 123 45 67", "8 (495) 123-45-67", "06 12345678",
	} {
		p := numberIn(in)
		require.True(t, p.isNational(), in)
	}
	for _, in := range []string{
		"02110-1301", "00 30 82 01 62", "0151 234 567 890", "1808-1812", "11 98765-4321", "612 345 678", "03 04 14 00 00 00", "0123.456 789",
	} {
		p := numberIn(in)
		require.False(t, p.isNational(), in)
	}
}

// TestFormsHavePlans checks that each form and each country of a key has a plan, and that
// each layout reads back as its sizes.
func TestFormsHavePlans(t *testing.T) {
	for _, form := range nationalForms {
		require.NotNil(t, dialplan.Of(form.code), form.code)
		require.NotEmpty(t, form.layouts, form.code)
	}
	for country, code := range callingCodes {
		require.NotNil(t, dialplan.Of(code), country)
	}
	require.Nil(t, dialplan.Of(-1))
	require.Nil(t, dialplan.Of(1000))
}

func TestIsOfCountryInKey(t *testing.T) {
	for _, c := range []struct {
		key, in string
		want    bool
	}{
		{"DE", "0151 23456789", true},
		{"de", "0151 23456789", true},
		{"FR", "0612345678", true},
		{"ES", "612 345 678", true},
		{"US", "(212) 736-4512", true},
		{"FR", "0012345678", false},
		{"DE", "1808", false},
		{"XX", "0151 23456789", false},
		{"DEU", "0151 23456789", false},
	} {
		var r Reader
		r.Reset(text.View{Text: c.in, Key: c.key, Link: text.LinkKey})
		p := readPhoneNumber(&r, 0)
		require.Equal(t, c.want, isOfCountryInKey(&r, &p), "%s: %s", c.key, c.in)
	}
}
