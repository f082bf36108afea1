package deobfuscate

// This file holds base64 of ASCII text in UTF-16, as PowerShell takes it: -EncodedCommand JABwAC…

// likelyWide reports whether what starts at i can be base64 of ASCII text in UTF-16: each second
// byte is zero.
func likelyWide(text string, i int) bool {
	const group = 8 // characters for three characters of UTF-16
	if len(text)-i < minRun {
		return false
	}
	for _, k := range [...]int{i, i + group} {
		if k+group > len(text) {
			break
		}
		if v := alphabet[text[k+2]]; v != 1 && v != 2 || text[k+4] != 'A' || text[k+7] != 'A' {
			return false
		}
	}
	return text[i+12] == 'A'
}

// decodeWide appends the characters that the base64 at i decodes to, as far as they are ASCII text in
// UTF-16, and returns where it ends.
func decodeWide(plain []byte, text string, i int) (end int, _ []byte) {
	isHigher := false
	for end = i; ; {
		word, n := base64Group(text, end)
		for k := range n - 1 {
			b := byte(word >> (16 - 8*k))
			if isHigher && b != 0 || !isHigher && (b >= 0x7f || b < ' ' && b != '\t' && b != '\n' && b != '\r') {
				return end, plain
			}
			if !isHigher {
				plain = append(plain, b)
			}
			isHigher = !isHigher
		}
		if end += n; n < 4 {
			return end, plain
		}
	}
}
