package detect

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
)

func TestFormsThatAreNoPhones(t *testing.T) {
	for _, c := range []struct {
		is   func(*phoneNumber) bool
		yes  []string
		no   []string
		name string
	}{
		{(*phoneNumber).isRange, []string{"1808-1812", "10 11 17 23", "120-184"}, []string{"1812-1808", "555-1234", "1808 1812", "(32) 484-557", "75 196 772"}, "range"},
		{(*phoneNumber).isDate, []string{"2026-11-21", "21.11.2026", "11/21/2026"}, []string{"212-736-4512", "99-11-2126"}, "date"},
		{(*phoneNumber).isYears, []string{"2024-2025"}, []string{"9361-2025"}, "years"},
		{(*phoneNumber).isVersion, []string{"12.3.4567"}, []string{"12.34.567"}, "version"},
		{(*phoneNumber).isRoundAmount, []string{"12 000 000"}, []string{"12 000 100", "12000000"}, "round amount"},
		{(*phoneNumber).isFraction, []string{"4.500000", "0001 234 567"}, []string{"555.1234", "030 901820"}, "fraction"},
		{(*phoneNumber).isZIP, []string{"02110-1301"}, []string{"02110 1301", "2110-1301"}, "postal code"},
		{(*phoneNumber).hasEqualGroups, []string{"12 34 56", "1234 5678"}, []string{"12 345", "123 456", "1234"}, "equal groups"},
		{(*phoneNumber).hasMixedSeparators, []string{"252.227-7013", "1/2/3456789"}, []string{"252.227.7013", "0171/234 567"}, "mixed separators"},
		{(*phoneNumber).isDialled, []string{"2127364512", "0612345678"}, []string{"1747731000", "0012345678", "12345678"}, "dialled"},
	} {
		for _, in := range c.yes {
			p := numberIn(in)
			require.True(t, c.is(&p), "%s: %s", c.name, in)
		}
		for _, in := range c.no {
			p := numberIn(in)
			require.False(t, c.is(&p), "%s: %s", c.name, in)
		}
	}
}

func TestNorthAmericanRank(t *testing.T) {
	for in, want := range map[string]span.Rank{
		"(212) 736-4512": span.Structural, "212-736-4512": span.Structural, "212.736.4512": span.Structural, "1-212-736-4512": span.Structural,
		"212 736 4512": span.Generic, "123-456-7890": span.Harmless, "212-7364-512": span.Harmless, "252.227-7013": span.Harmless,
	} {
		p := numberIn(in)
		require.Equal(t, want, p.northAmericanRank(), in)
	}
}
