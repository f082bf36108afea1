package text

// ToLower returns the small letter of a capital, and any other byte unchanged.
func ToLower(c byte) byte {
	if c-'A' < 26 {
		return c + 'a' - 'A'
	}
	return c
}

// HasFold reports whether text contains word, which is in small letters, at i, ignoring case.
func HasFold(in string, i int, word string) bool {
	if i < 0 || len(in)-i < len(word) {
		return false
	}
	for k := range len(word) {
		if ToLower(in[i+k]) != word[k] {
			return false
		}
	}
	return true
}

// EqualFold reports whether text equals word, which is in small letters, ignoring case.
func EqualFold(in, word string) bool {
	return len(in) == len(word) && HasFold(in, 0, word)
}

// ContainsFold reports whether text equals one of the words, which are in small letters, ignoring case.
func ContainsFold(words []string, in string) bool {
	for _, word := range words {
		if EqualFold(in, word) {
			return true
		}
	}
	return false
}

// ToUpper returns the capital of a small letter, and any other byte unchanged.
func ToUpper(c byte) byte {
	if c-'a' < 26 {
		return c + 'A' - 'a'
	}
	return c
}
