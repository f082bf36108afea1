package detect

import (
	"testing"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
)

func TestIBAN(t *testing.T) {
	checkRows(t, IBAN, isWord, span.IBAN, []row{
		{"", "GB82WEST12345698765432", "GB82WEST12345698765432"},
		{"", "to DE89 3704 0044 0532 0130 00.", "DE89 3704 0044 0532 0130 00"},
		{"iban", "de89370400440532013000", "de89370400440532013000"},
		{"", "de89370400440532013000", ""},
		{"", "DE89370400440532013001", ""},
		{"", "DE8937040044053201300", ""},
		{"", "DE893704004405320130001", ""},
		{"", "De89370400440532013000", ""},
		{"", "XX89370400440532013000", ""},
	})
}
