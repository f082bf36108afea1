package detect

// This file holds the checksums and the parts of personal numbers.

import (
	"slices"
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// weighted returns the sum of digits, each times its weight.
func weighted(id []byte, weights ...int) (sum int) {
	for i, w := range weights {
		sum += int(id[i]-'0') * w
	}
	return sum
}

// decimal returns the number that digits are.
func decimal(id []byte) (n int) {
	for _, c := range id {
		n = n*10 + int(c-'0')
	}
	return n
}

// isOneDigit reports whether all bytes are the same.
func isOneDigit(id []byte) bool { return strings.Count(string(id), string(id[:1])) == len(id) }

// isDayMonth reports whether two numbers are a day and a month.
func isDayMonth(day, month int) bool { return day >= 1 && day <= 31 && month >= 1 && month <= 12 }

func isLuhn(id []byte) bool { return text.Luhn(id) }

// isDateFirst reports whether the first six digits are a date: ddmmyy or yymmdd.
func isDateFirst(id []byte) bool {
	return isDayMonth(decimal(id[:2]), decimal(id[2:4])) || isDayMonth(decimal(id[4:6]), decimal(id[2:4]))
}

// isNINumber reports whether a number of National Insurance has a prefix and a suffix that are given out.
func isNINumber(id []byte) bool {
	prefix := string(id[:2])
	if strings.IndexByte("DFIQUV", id[0]) >= 0 || strings.IndexByte("DFIQUVO", id[1]) >= 0 || len(id) > 8 && (id[8] < 'A' || id[8] > 'D') {
		return false
	}
	return !slices.Contains([]string{"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"}, prefix)
}

func isNHSNumber(id []byte) bool {
	sum := 11 - weighted(id, 10, 9, 8, 7, 6, 5, 4, 3, 2)%11
	return sum%11 == int(id[9]-'0') && sum != 10
}

func isCPF(id []byte) bool {
	first := weighted(id, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10
	second := weighted(id, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10
	return first == int(id[9]-'0') && second == int(id[10]-'0')
}

func isCNPJ(id []byte) bool {
	first := weighted(id, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10
	second := weighted(id, 6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10
	return first == int(id[12]-'0') && second == int(id[13]-'0')
}

// The tables of the dihedral group of the algorithm of Verhoeff.
var (
	verhoeffProduct = [10]string{"0123456789", "1234067895", "2340178956", "3401289567", "4012395678", "5987604321", "6598710432", "7659821043", "8765932104", "9876543210"}
	verhoeffPlace   = [8]string{"0123456789", "1576283094", "5803796142", "8916043527", "9453126870", "4286573901", "2793806415", "7046913258"}
)

func isVerhoeff(id []byte) bool {
	c := byte('0')
	for i := range id {
		c = verhoeffProduct[c-'0'][verhoeffPlace[i%8][id[len(id)-1-i]-'0']-'0']
	}
	return c == '0'
}

// isPAN reports whether the fourth letter of an account number of India is a kind of holder.
func isPAN(id []byte) bool { return strings.IndexByte("ABCFGHLJPT", id[3]) >= 0 }

func isEAN13(id []byte) bool {
	return weighted(id, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1)%10 == 0
}

func isBSN(id []byte) bool {
	if len(id) == 8 {
		return weighted(id, 8, 7, 6, 5, 4, 3, 2, -1)%11 == 0
	}
	return weighted(id, 9, 8, 7, 6, 5, 4, 3, 2, -1)%11 == 0
}

// isNIRForm reports whether a French number starts with a sex and a month.
func isNIRForm(id []byte) bool {
	month := decimal(id[3:5])
	return id[0] >= '1' && id[0] <= '8' && (month >= 1 && month <= 12 || month >= 20) && (text.Is(id[6], text.Digit) || id[6] == 'A' || id[6] == 'B')
}

func isNIR(id []byte) bool {
	if len(id) < 15 || !isNIRForm(id) {
		return false
	}
	number := [13]byte(id)
	shift := 0
	switch number[6] { // Corsica
	case 'A':
		number[6], shift = '0', 1000000
	case 'B':
		number[6], shift = '0', 2000000
	}
	return 97-(decimal(number[:])-shift)%97 == decimal(id[13:15])
}

// dniLetters are the check letters of Spain by the remainder.
const dniLetters = "TRWAGMYFPDXBNJZSQVHLCKE"

func isDNI(id []byte) bool {
	last := len(id) - 1
	return text.Is(id[last], text.Letter) && id[last] == dniLetters[decimal(id[:last])%len(dniLetters)]
}

func isNIF(id []byte) bool {
	if text.Is(id[len(id)-1], text.Letter) {
		return isDNI(id)
	}
	sum := (11 - weighted(id, 9, 8, 7, 6, 5, 4, 3, 2)%11) % 11 % 10
	return sum == int(id[8]-'0')
}

// isNIEForm reports whether the number of a foreigner in Spain starts with X, Y or Z.
func isNIEForm(id []byte) bool { return id[0] >= 'X' && id[0] <= 'Z' }

func isNIE(id []byte) bool {
	number := [9]byte(id)
	number[0] = id[0] - 'X' + '0'
	return isDNI(number[:])
}

// oddValues are the values of the digits and letters at odd places of an Italian number.
var oddValues = [26]int{1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23}

func isCodiceFiscale(id []byte) bool {
	sum := 0
	for i, c := range id[:15] {
		value := int(c - 'A')
		if text.Is(c, text.Digit) {
			value = int(c - '0')
		}
		if i%2 == 0 {
			value = oddValues[value]
		}
		sum += value
	}
	return id[15] == 'A'+byte(sum%26)
}

// isSteuerID reports whether the check digit of a German tax number is right, by ISO 7064.
func isSteuerID(id []byte) bool {
	product := 10
	for _, c := range id[:10] {
		sum := (int(c-'0') + product) % 10
		if sum == 0 {
			sum = 10
		}
		product = sum * 2 % 11
	}
	return (11-product)%10 == int(id[10]-'0') && id[0] != '0'
}

func isPESEL(id []byte) bool {
	return weighted(id, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)%10 == 0
}

// isPersonnummer reports whether a Swedish number has the right check digit and a date.
func isPersonnummer(id []byte) bool {
	if len(id) == 11 { // of Norway
		return weighted(id, 3, 7, 6, 1, 8, 9, 4, 5, 2, 1)%11 == 0 && weighted(id, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)%11 == 0
	}
	number := id[len(id)-10:]
	return text.Luhn(number) && isDayMonth(decimal(number[4:6])%60, decimal(number[2:4]))
}

// isHETU reports whether a Finnish number has the right check character and a date.
func isHETU(id []byte) bool {
	const letters = "0123456789ABCDEFHJKLMNPRSTUVWXY"
	last := len(id) - 1 // a letter of the century can be before the last four
	return isDayMonth(decimal(id[:2]), decimal(id[2:4])) && id[last] == letters[(decimal(id[:6])*1000+decimal(id[last-3:last]))%31]
}

func isTFN(id []byte) bool {
	if len(id) == 8 {
		return weighted(id, 10, 7, 8, 4, 6, 3, 5, 1)%11 == 0
	}
	return weighted(id, 1, 4, 3, 7, 5, 8, 6, 9, 10)%11 == 0
}

// isBelgian reports whether a number of the register of Belgium has a month and the right check digits.
func isBelgian(id []byte) bool {
	number, check := decimal(id[:9]), decimal(id[9:])
	return decimal(id[2:4]) <= 12 && (97-number%97 == check || 97-(number+2000000000)%97 == check)
}

func isPPSN(id []byte) bool {
	sum := weighted(id, 8, 7, 6, 5, 4, 3, 2)
	if len(id) > 8 && id[8] != 'W' {
		sum += int(id[8]-'A'+1) * 9
	}
	return id[7] == "WABCDEFGHIJKLMNOPQRSTUV"[sum%23]
}

func isCNP(id []byte) bool {
	return weighted(id, 2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9)%11%10 == int(id[12]-'0') && isDayMonth(decimal(id[5:7]), decimal(id[3:5]))
}

func isRUT(id []byte) bool {
	last := len(id) - 1
	sum := 0
	for i := range last {
		sum += int(id[last-1-i]-'0') * (i%6 + 2)
	}
	return id[last] == "0K987654321"[sum%11]
}

func isNRIC(id []byte) bool {
	sum := weighted(id[1:], 2, 7, 6, 5, 4, 3, 2)
	switch id[0] {
	case 'S':
		return id[8] == "JZIHGFEDCBA"[sum%11]
	case 'T':
		return id[8] == "JZIHGFEDCBA"[(sum+4)%11]
	case 'F':
		return id[8] == "XWUTRQPNMLK"[sum%11]
	case 'G':
		return id[8] == "XWUTRQPNMLK"[(sum+4)%11]
	}
	return id[0] == 'M'
}

// isResidentID reports whether a number of China has a province, a date and the right check digit.
func isResidentID(id []byte) bool {
	century := decimal(id[6:8])
	return id[0] >= '1' && id[0] <= '6' && (century == 19 || century == 20) && isDayMonth(decimal(id[12:14]), decimal(id[10:12])) &&
		id[17] == "10X98765432"[weighted(id, 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)%11]
}

// isPassport reports whether letters and digits can be the number of a passport or of a card: digits for the
// most part, or the letters of Germany among digits.
func isPassport(id []byte) bool {
	digits := 0
	for _, c := range id {
		switch {
		case text.Is(c, text.Digit):
			digits++
		case strings.IndexByte("AEIOU", c) >= 0 && len(id) != 9 && len(id) != 8:
			return false
		}
	}
	return digits >= 6 || digits >= 3 && (len(id) == 9 || len(id) == 10) && text.Is(id[len(id)-1], text.Digit) ||
		len(id) == 9 && digits >= 5
}

// isLicence reports whether a driving licence can have a number: most of it digits, or digits and capitals.
func isLicence(id []byte) bool {
	digits := 0
	for _, c := range id {
		if text.Is(c, text.Digit) {
			digits++
		}
	}
	return digits >= 5
}

// isEIN reports whether an employer can have the number: prefixes begin at 01.
func isEIN(id []byte) bool { return id[0] != '0' || id[1] != '0' }
