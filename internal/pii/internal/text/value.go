package text

// IsSequence reports whether a value counts up letters: abcdefghij.
func IsSequence(value string) bool {
	const long = 10
	run := 1
	for i := 1; i < min(len(value), Judged); i++ {
		if run++; value[i] != value[i-1]+1 || !Is(value[i], Letter) {
			run = 1
		}
		if run == long {
			return true
		}
	}
	return false
}

// IsIdentifier reports whether all of a value are letters, digits and underscores, and no digit comes first.
func IsIdentifier(value string) bool {
	for i := range len(value) {
		if !Is(value[i], Alnum) && value[i] != '_' {
			return false
		}
	}
	return value != "" && !Is(value[0], Digit)
}
