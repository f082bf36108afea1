package pii

// This file holds the tokens that are known by their middle or their end.

// tilde looks at the middle of an Azure client secret: three characters, a digit, Q~ and some thirty more.
func (w *walk) tilde(i int) int {
	start := i - 5
	if start < 0 || w.text[i-1] != 'Q' || !is(w.text[i-2], digit) || !is(w.text[start+1], anyKey|tilde) ||
		runEnd(w.text, start, i-2, keyChars|dot|tilde) != i-2 {
		return i + 1
	}
	end := runEnd(w.text, i+1, i+1+34, keyChars|dot|tilde)
	if end-i-1 < 31 || !shapeOf(w.text[i+1:end]).random() {
		return i + 1
	}
	return max(i+1, w.add(apiKey, rankStructural, start, end))
}

// atlas looks at the middle of a Terraform token: fourteen characters, .atlasv1. and some sixty more.
func (w *walk) atlas(start int) int {
	const idLen = 14
	dot := start + len("atlasv1")
	if w.previous(start) != '.' || w.next(dot) != '.' || runStart(w.text, start-1, start-1-idLen, alnum) != start-1-idLen {
		return 0
	}
	end := runEnd(w.text, dot+1, dot+1+80, keyChars|base64x)
	if end-dot-1 < 50 {
		return 0
	}
	return w.add(apiKey, rankStructural, start-1-idLen, end)
}

// pipe looks at a bar between a number and a key: a token of a Facebook app, or of Laravel.
func (w *walk) pipe(i int) int {
	if !is(w.previous(i), digit) {
		return i + 1
	}
	start := runStart(w.text, i, i-17, digit)
	end := runEnd(w.text, i+1, i+1+50, keyChars)
	id, key := i-start, w.text[i+1:end]
	app := id >= 13 && id <= 16 && len(key) >= 24 && len(key) <= 44
	personal := id <= 8 && len(key) >= 40 && len(key) <= 48
	if is(w.previous(start), alnum) || !app && !personal || !isRandomKey(key) {
		return i + 1
	}
	return max(i+1, w.add(apiKey, rankStructural, start, end))
}
