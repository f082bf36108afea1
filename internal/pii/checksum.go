package pii

import "hash/crc32"

const base62Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// crcBase62 reports whether the last six characters of a token are the CRC-32 of
// those before in base 62, as with the tokens of GitHub and npm.
func crcBase62(body string) bool {
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

// crcHex reports whether a body ends with an underscore and the CRC-32 of what
// stands before in hexadecimal digits, as with the tokens of Grafana.
func crcHex(body string) bool {
	const tail = 8
	at := len(body) - tail
	if at < 1 || len(body) > 64 || body[at-1] != '_' {
		return false
	}
	var buf [64]byte
	sum := crc32.ChecksumIEEE(append(buf[:0], "glsa_"+body[:at-1]...))
	for i := range tail {
		if lowered(body[at+i]) != "0123456789abcdef"[sum>>(28-4*i)&15] {
			return false
		}
	}
	return true
}

// luhn reports whether the last digit is the check digit of those before.
func luhn(digits []byte) bool {
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
