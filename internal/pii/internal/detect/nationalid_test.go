package detect

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// labelledID runs NationalID for each label that starts at i.
func labelledID(r *Reader, i int) (found span.Span, ok bool) {
	for _, label := range NationalIDLabels() {
		if end := i + len(label); text.HasFold(r.Text, i, label) && !text.Is(r.Next(end), text.Alnum) {
			if found, ok = NationalID(r, label, i); ok {
				return found, ok
			}
		}
	}
	return found, false
}

func TestNationalID(t *testing.T) {
	checkRows(t, labelledID, isWord, span.SocialSecurity, []row{
		{"", "National Insurance number: JG 12 34 56 C, NINO jg123456c", "JG 12 34 56 C|jg123456c"},
		{"", "national_insurance_no = \"JG123456C\"", "JG123456C"},
		{"", "CPF 618.204.937-50 e CNPJ nº 48.291.370/0001-51", "618.204.937-50|48.291.370/0001-51"},
		{"", "cpf do cliente: 61820493750", "61820493750"},
		{"", "CPF of Kim Doe since May: 618.204.937-50", "618.204.937-50"},
		{"", "CPF of Kim Doe since May: 618.204.937-51", ""},
		{"", "the Aadhaar is 4821 9037 1160; PAN: BKQPD4829J", "4821 9037 1160|BKQPD4829J"},
		{"", "AHV-Nr. 756.4829.1370.62", "756.4829.1370.62"},
		{"", "SIN 482 913 705, sin 482 913 704", "482 913 705|482 913 704"},
		{"", "sin 482 913 705, sin(482913704), SIN is required. 482 913 704", ""},
		{"", "Passport number: L4829137K\nReisepass C01X00T47", "L4829137K|C01X00T47"},
		{"", "passport 0.7.0, passport.js, passport photo 35 mm, passport authentication", ""},
		{"", "BSN 482913706, PESEL: 85070748291", "482913706|85070748291"},
		{"", "DNI 48291370-Q, NIE: Y-4829137-X", "48291370-Q|Y-4829137-X"},
		{"", "30 dni 20261129", ""},
		{"", "codice fiscale: RSSMRA85T10A562S", "RSSMRA85T10A562S"},
		{"", "Steuer-ID 48 291 370 651, fødselsnummer: 070785 48291", "48 291 370 651|070785 48291"},
		{"", "personnummer 850707-4829, CPR 070785-4829, HETU 070785-482N", "850707-4829|070785-4829|070785-482N"},
		{"", "| TFN | 482 913 706 |", "482 913 706"},
		{"", "<td>CPF</td><td>618.204.937-50</td>", "618.204.937-50"},
		{"", `{\"cpf\": \"618.204.937-50\"`, "618.204.937-50"},
		{"", "CPF 000.000.000-00, CPF {cpf}, CPF 618.204.937-50-1, /passport/48291370", ""},
	})
}

func TestBareNationalID(t *testing.T) {
	checkRows(t, BareNationalID, isNumber, span.SocialSecurity, []row{
		{"", "of 618.204.937-50 and 48.291.370/0001-51", "618.204.937-50|48.291.370/0001-51"},
		{"", "756.4829.1370.62, 85.07.07-033.39", "756.4829.1370.62|85.07.07-033.39"},
		{"", "2 85 07 75 116 084 55", "2 85 07 75 116 084 55"},
		{"", "JG 12 34 56 C", "JG 12 34 56 C"},
		{"", "11010519491231002X, 110105194912310021", "11010519491231002X"},
		{"", "618.204.937-51, 000.000.000-00, x-618.204.937-50", ""},
		{"", "jg 12 34 56 C, QQ 12 34 56 C, JG 12 34 56 E, XJG 12 34 56 C, JG 12 34 56 CA", ""},
		{"", "2 85 07 75 116 084 56", ""},
	})
}

func TestNINumber(t *testing.T) {
	checkRows(t, NINumber, isWord, span.SocialSecurity, []row{
		{"", "NI: JG123456C, her ni number is jg123456c", "JG123456C|jg123456c"},
		{"", "part JG123456C, mini JG123456C, NI QQ123456C", ""},
	})
}

func TestKeyedNationalID(t *testing.T) {
	for _, c := range []struct {
		key, in string
		want    bool
	}{
		{"cpf", "61820493750", true},
		{"customer_cpf", "618.204.937-50", true},
		{"nationalInsuranceNumber", "JG123456C", true},
		{"passport_no", "L4829137K", true},
		{"Aadhaar Number", "4821 9037 1160", true},
		{"id", "61820493750", false},
		{"cpf", "61820493750 and more", false},
		{"cpf", "n/a", false},
		{"passport_expires", "2031-05-12", false},
		{"", "61820493750", false},
	} {
		var r Reader
		r.Reset(text.View{Text: c.in, Key: c.key, Link: text.LinkKey})
		_, ok := KeyedNationalID(&r)
		require.Equal(t, c.want, ok, "%s: %s", c.key, c.in)
	}
}

// TestChecksums checks each checksum with a right number, and with each other last character.
func TestChecksums(t *testing.T) {
	for name, c := range map[string]struct {
		check func([]byte) bool
		id    string
	}{
		"NHS": {isNHSNumber, "9434765919"}, "CPF": {isCPF, "61820493750"}, "CNPJ": {isCNPJ, "48291370000151"}, "Verhoeff": {isVerhoeff, "2363"},
		"EAN-13": {isEAN13, "7564829137062"}, "BSN": {isBSN, "111222333"}, "NIR": {isNIR, "285077511608455"}, "NIR of Corsica": {isNIR, "185072A08400141"}, "DNI": {isDNI, "12345678Z"},
		"NIF": {isNIF, "123456789"}, "NIE": {isNIE, "X1234567L"}, "codice fiscale": {isCodiceFiscale, "RSSMRA85T10A562S"}, "Steuer-ID": {isSteuerID, "86095742719"},
		"PESEL": {isPESEL, "44051401359"}, "personnummer": {isPersonnummer, "8112189876"}, "HETU": {isHETU, "131052308T"}, "TFN": {isTFN, "123456782"},
		"Belgium": {isBelgian, "85073003328"}, "PPSN": {isPPSN, "1234567T"}, "CNP": {isCNP, "1800101221144"}, "RUT": {isRUT, "123456785"}, "NRIC": {isNRIC, "S1234567D"},
		"China": {isResidentID, "11010519491231002X"},
	} {
		id := []byte(c.id)
		require.True(t, c.check(id), name)
		last := len(id) - 1
		right := id[last]
		wrong := 0
		others := "0123456789"
		if text.Is(right, text.Letter) {
			others = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
		}
		for i := range len(others) {
			if id[last] = others[i]; others[i] != right && c.check(id) {
				wrong++
			}
		}
		require.Zero(t, wrong, name)
	}
}

// TestNationalIDTable checks that each form fits the scratch space, and that each row has a label.
func TestNationalIDTable(t *testing.T) {
	for i := range nationalIDs {
		for label := range strings.SplitSeq(nationalIDs[i].labels, "|") {
			require.NotNil(t, idsByLabel[asciiTail(label)], label)
		}
		for form := range strings.SplitSeq(nationalIDs[i].forms, "|") {
			require.LessOrEqual(t, len(strings.ReplaceAll(form, " ", "")), idMost, form)
		}
	}
}
