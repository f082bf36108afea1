package pii

// ssn takes a US social security number: three, two and four digits with dashes
// or spaces between them; with dots, or with nothing, only where one is spoken of.
func (w *walk) ssn(start, end int) int {
	t := w.text
	switch {
	case end-start == 9:
		if w.continues(end, '.', '-') || w.next(end) == '-' && is(w.next(end+1), letter) || w.joined(start) ||
			!isSSN(t[start:start+3], t[start+3:start+5], t[start+5:end]) || !w.speaksOf(ssnTopic, start, end) {
			return 0
		}
		return w.add(socialSecurity, rankGeneric, start, end)
	case end-start != 3 || len(t)-start < len("000-00-0000") || w.joined(start):
		return 0
	}
	sep := t[end]
	stop := start + len("000-00-0000")
	if sep != '-' && sep != ' ' && sep != '.' || t[end+3] != sep ||
		runEnd(t, end+1, end+3, digit) != end+3 || runEnd(t, end+4, stop, digit) != stop ||
		is(w.next(stop), alnum) || w.continues(stop, '-', '.') && w.next(stop) != '_' || !isSSN(t[start:end], t[end+1:end+3], t[end+4:stop]) {
		return 0
	}
	if sep == '.' && !w.speaksOf(ssnTopic, start, stop) {
		return 0
	}
	return w.add(socialSecurity, rankValidated, start, stop)
}

// isSSN reports whether the parts of a number are ones that were given out.
func isSSN(area, group, serial string) bool {
	return area != "000" && area != "666" && area[0] != '9' && group != "00" && serial != "0000"
}
