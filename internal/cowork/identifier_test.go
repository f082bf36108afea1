package cowork

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// behind puts text where identifiers have their random part: alone, behind each
// prefix, and behind a prefix with something before it.
func behind(text string) []string {
	list := []string{text}
	for _, prefix := range idPrefixes {
		list = append(list, prefix+text, prefix+"a_"+text, prefix+text+"-b")
	}
	return list
}

// TestNoPersonalValueIsAnIdentifier checks values that must never pass unscanned.
func TestNoPersonalValueIsAnIdentifier(t *testing.T) {
	for _, value := range []string{
		"jane.doe@example.com", "jane+crm@mail.example.co.uk", "j@b.io",
		"4111111111111111", "4111 1111 1111 1111", "4111-1111-1111-1111", "4111_1111_1111_1111", "378282246310005", "3782-822463-10005",
		"536-22-8726", "536 22 8726", "536_22_8726", "536228726",
		"+14155550132", "+1 415 555 0132", "(415) 555-0132", "415-555-0132", "415.555.0132", "4155550132", "+49-30-901820", "00493090182000",
		"DE89370400440532013000", "DE89 3704 0044 0532 0130 00", "192.168.17.4", "2001:db8::8a2e:370:7334",
	} {
		for _, text := range behind(value) {
			require.False(t, IsIdentifier(text), text)
		}
	}
}

// TestGeneratedNumbersAreNoIdentifiers tries cards, SSNs and phone numbers of all
// sorts, written in all ways, inside hashes too.
func TestGeneratedNumbersAreNoIdentifiers(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		separator := rapid.SampledFrom([]string{"", "-", "_", " ", "."}).Draw(rt, "separator")
		card := withCheckDigit(rapid.StringMatching(`[3-6][0-9]{12,17}`).Draw(rt, "card"))
		ssn := rapid.StringMatching(`[0-8][0-9]{2} [0-9]{2} [0-9]{4}`).Draw(rt, "ssn")
		phone := rapid.StringMatching(`\+?[0-9]{1,3} [0-9]{3} [0-9]{3} [0-9]{4}`).Draw(rt, "phone")
		for _, number := range []string{card, grouped(card, separator), respaced(ssn, separator), respaced(phone, separator)} {
			for _, text := range behind(number) {
				if IsIdentifier(text) {
					rt.Fatalf("%q passes", text)
				}
			}
		}
		size := rapid.SampledFrom([]int{32, 40, 64}).Draw(rt, "size")
		before := rapid.IntRange(0, size-len(card)).Draw(rt, "before")
		hash := strings.Repeat("a", before) + card + strings.Repeat("f", size-len(card)-before)
		if IsIdentifier(hash) {
			rt.Fatalf("%q passes", hash)
		}
	})
}

// TestGeneratedIdentifiers checks identifiers as clients and the API generate them.
func TestGeneratedIdentifiers(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		uuid := rapid.StringMatching(`[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}`).Draw(rt, "uuid")
		prefix := rapid.SampledFrom(idPrefixes[:]).Draw(rt, "prefix")
		key := rapid.StringMatching(`01([0-9]{2}[A-Za-z]{2}){5}`).Draw(rt, "key")
		for _, id := range []string{uuid, strings.ToUpper(uuid), prefix + uuid, prefix + key} {
			if !IsIdentifier(id) {
				rt.Fatalf("%q is turned down", id)
			}
		}
	})
}

func TestLuhn(t *testing.T) {
	for _, card := range []string{"4111111111111111", "378282246310005", "5555555555554444", "6011111111111117", "4222222222222"} {
		require.True(t, luhn(card), card)
		require.False(t, luhn(card[:len(card)-1]+string('0'+(card[len(card)-1]-'0'+1)%10)), card)
	}
}

// withCheckDigit appends the check digit to the other digits of a card.
func withCheckDigit(digits string) string {
	for d := range 10 {
		if card := digits + strconv.Itoa(d); luhn(card) {
			return card
		}
	}
	panic("one of ten digits is the check digit")
}

func grouped(digits, separator string) string {
	var groups []string
	for len(digits) > 4 {
		groups, digits = append(groups, digits[:4]), digits[4:]
	}
	return strings.Join(append(groups, digits), separator)
}

func respaced(text, separator string) string { return strings.ReplaceAll(text, " ", separator) }
