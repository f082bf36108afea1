package disguise

const (
	// accountGroups are the fewest groups of four that follow the first of an IBAN.
	accountGroups = 3
	// accountMost bounds how many do.
	accountMost = 8
)

// accountEnd returns where the account number ends whose check digits end at i,
// where its groups of four are parted by other than single spaces, else 0.
func accountEnd(text string, i int) int {
	if !isDigit(byteAt(text, i-1)) || !isLetter(byteAt(text, i-2)) || !isLetter(byteAt(text, i-3)) || isAlnum(byteAt(text, i-4)) {
		return 0
	}
	end, usual := i+1, true
	for groups := 0; ; groups++ {
		at := end
		for at < end+3 && separators[byteAt(text, at)] > 0 {
			at++
		}
		stop := at
		for stop < at+5 && isAlnum(byteAt(text, stop)) {
			stop++
		}
		n := stop - at
		if at == end || n == 0 || n > 4 || groups == accountMost {
			return lastGroup(end, groups, usual)
		}
		usual = usual && at == end+1 && text[end] == ' '
		if end = stop; n < 4 {
			return lastGroup(end, groups+1, usual)
		}
	}
}

// lastGroup returns the end of a number of so many groups, 0 if it is none or is found as it is.
func lastGroup(end, groups int, usual bool) int {
	if groups < accountGroups || usual {
		return 0
	}
	return end
}
