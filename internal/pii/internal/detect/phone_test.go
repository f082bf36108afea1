package detect

import (
	"testing"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

func TestInternationalPhone(t *testing.T) {
	checkRows(t, InternationalPhone, isSign('+'), span.Phone, []row{
		{"", "at +49 30 901820, thanks", "+49 30 901820"},
		{"", "+1 (415) 555-0132 x12", "+1 (415) 555-0132 x12"},
		{"", "+44 (0)20 7946 0958", "+44 (0)20 7946 0958"},
		{"", "+12", ""},
		{"", "sip:+16175550138@pbx1", "+16175550138"},
		{"", "a+14155550132", ""},
		{"", "UTC+02:00", ""},
		{"", "@@ -1,7 +14,9 @@", ""},
	})
}

func TestPhone(t *testing.T) {
	checkRows(t, Phone, func(r *Reader, i int) bool { return r.Text[i] == '(' || isNumber(r, i) }, span.Phone, []row{
		{"", "(212) 736-4512", "(212) 736-4512"},
		{"", "212-736-4512 ext. 7", "212-736-4512 ext. 7"},
		{"", "1-212-736-4512", "1-212-736-4512"},
		{"phone", "123 4567", "123 4567"},
		{"", "0049 30 901820", "0049 30 901820"},
		{"", "call 212 736 4512", "212 736 4512"},
		{"", "212 736 4512", ""},
		{"", "2026-11-21 and 21.11.2026", ""},
		{"", "tel 2024-2025", ""},
		{"", "x_212-736-4512", ""},
		{"", "0.212-736-4512", ""},
		{"", "mobile: 1024-1440 px, mobile 1024-1440px", ""},
		{"", "mobile: 2345-6789", "2345-6789"},
		{"", "part numbers 0403 556 013 and 0403 556 014", ""},
		{"", "part 070-556-0134 replaces 070-556-0128", ""},
		{"", "part no. 212-736-4512", ""},
		{"", "part no. 0403 556 013, mobile 0403 556 014", "0403 556 014"},
		{"", "frames 030/901820 of the film", ""},
		{"phone_verified_at", "1789638151", ""},
		{"", "phone_verified_at: 1789638151", ""},
		{"", "phone at 1789638151", "1789638151"},
		{"phoneCallDuration", "1789638151", ""},
		{"phone_at_work", "1789638151", "1789638151"},
		{"phone", "123-456-7890", ""},
		{"phone", "000-000-0000", ""},
		{"", "twilio messages:create --from 14155550126 --to 447700900123", "14155550126|447700900123"},
		{"", "gammu sendsms TEXT 5125550164 -text hi", "5125550164"},
		{"", "signal-cli -u 14155550126 send", "14155550126"},
		{"", "git log --from 20260901 --to 20260930", ""},
		{"to", "14155550126", "14155550126"},
		{"", "7 --to 14155550126", "14155550126"},
		{"", "To=14155550126&From=447700900123", "14155550126|447700900123"},
		{"", "a_to=14155550126", ""},
		{"", "SIP/6175550138-00000a1f answered", "6175550138"},
		{"to", "1789638151", ""},
		{"", "sip:6175550138@pbx1, SIPS:3125550142@10.0.0.5", "6175550138|3125550142"},
		{"", "sip:1001@pbx1, user:6175550138@pbx1", ""},
		{"", "called 482 913 706 times", ""},
		{"", "call 482 913 706 tonight", "482 913 706"},
		{"", "$phone: 320 480 600 768; fax baud 2400 4800 9600 14400", ""},
		{"", "mobile widths: 320 / 375 / 414 / 768", ""},
		{"", "phone resolutions: 750 1334, 828 1792", ""},
		{"phone", "123-456-7891", "123-456-7891"},
	})
}

func TestGluedPhone(t *testing.T) {
	glued := func(r *Reader, i int) (found span.Span, ok bool) {
		for _, word := range GluedWords() {
			if text.HasFold(r.Text, i, word) {
				if found, ok = GluedPhone(r, word, i); ok {
					return found, ok
				}
			}
		}
		return found, false
	}
	checkRows(t, glued, isWord, span.Phone, []row{
		{"", "at work312-555-0142 please, mob0171 2345678", "312-555-0142|0171 2345678"},
		{"", "mobile5125550164, ph512-555-0164", "5125550164|512-555-0164"},
		{"", "work312 and cell512, office365-2024-1101, framework312-555-0142", ""},
	})
}
