package text

import "hash/crc32"

// Luhn reports whether the last digit is the check digit of those before.
func Luhn(digits []byte) bool {
	sum := 0
	for i := range digits {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

// Mod97 reports whether an account number, in small letters, leaves the remainder 1.
func Mod97(account []byte) bool {
	rest := 0
	for k := range account {
		c := account[(k+4)%len(account)]
		if Is(c, Digit) {
			rest = (rest*10 + int(c-'0')) % 97
		} else {
			rest = (rest*100 + int(c-'a') + 10) % 97
		}
	}
	return rest == 1
}

const base62Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// CrcBase62 reports whether the last six characters of a token are the CRC-32 of
// the body before them in base 62, as in the tokens of GitHub and npm.
func CrcBase62(body string) bool {
	const tail = 6
	if len(body) <= tail || len(body) > 64 {
		return false
	}
	payload, want := body[:len(body)-tail], body[len(body)-tail:]
	var buf [64]byte
	sum := crc32.ChecksumIEEE(buf[:copy(buf[:], payload)])
	for i := tail - 1; i >= 0; i-- {
		if want[i] != base62Digits[sum%62] {
			return false
		}
		sum /= 62
	}
	return true
}

// CrcHex reports whether a body ends with an underscore and the CRC-32 of the text before
// it in hexadecimal digits, as in the tokens of Grafana.
func CrcHex(body string) bool {
	const tail = 8
	at := len(body) - tail
	if at < 1 || len(body) > 64 || body[at-1] != '_' {
		return false
	}
	var buf [64]byte
	sum := crc32.ChecksumIEEE(append(buf[:0], "glsa_"+body[:at-1]...))
	for i := range tail {
		if ToLower(body[at+i]) != "0123456789abcdef"[sum>>(28-4*i)&15] {
			return false
		}
	}
	return true
}
