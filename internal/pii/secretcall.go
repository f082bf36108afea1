package pii

// This file holds the secrets that are handed to a function.

// callWords are the functions, in small letters, whose last argument is a password
// or a token. They start with letters that other words that announce something start with too.
var callWords = []starter{
	{"setpassword", (*walk).handed},
	{"setpasswd", (*walk).handed},
	{"withpassword", (*walk).handed},
	{"setsecret", (*walk).handed},
	{"setsecretkey", (*walk).handed},
	{"setclientsecret", (*walk).handed},
	{"settoken", (*walk).handed},
	{"withtoken", (*walk).handed},
	{"setaccesstoken", (*walk).handed},
	{"setauthtoken", (*walk).handed},
	{"setapikey", (*walk).handed},
	{"withapikey", (*walk).handed},
	{"credentials", (*walk).handed},
	{"withcredentials", (*walk).handed},
	{"networkcredential", (*walk).handed},
	{"basicawscredentials", (*walk).handed},
	{"basicauth", (*walk).handed},
	{"setbasicauth", (*walk).handed},
	{"mysqli", (*walk).handed},
}

// handed takes the last of a call's arguments, where all are in quotes; a word only if others stand before it.
func (w *walk) handed(start int) int {
	const arguments, longest = 4, 128
	t := w.text
	comma := runEnd(t, start, start+nameMax, alnum)
	if w.next(comma) != '(' {
		return 0
	}
	from, end, n := 0, 0, 0
	for ; n < arguments && (n == 0 || w.next(comma) == ','); n++ {
		a, b, style := w.valueBounds(runEnd(t, comma+1, comma+1+maxSpaces, space), bare)
		if style != quoted || b-a > longest {
			break
		}
		from, end = a, b
		for comma = b; comma < min(len(t), b+maxBackslashes) && t[comma] == '\\'; comma++ {
		}
		comma++ // the quote
	}
	value := t[from:end]
	if n == 0 || !isSecret(passwordName, value, quoted) || n == 1 && !isPassword(value, bare) {
		return 0
	}
	return w.addSecret(from, end)
}

// comma looks at two arguments of a call, a name in quotes and its value: setProperty("API_KEY", "…").
func (w *walk) comma(i int) int {
	end := i
	for end > max(0, i-4) && w.text[end-1] == ' ' {
		end--
	}
	if end == 0 || !isQuote(w.text[end-1]) {
		return i + 1
	}
	name, start := w.nameBefore(end)
	promise := secretStrength(name)
	next := runEnd(w.text, i+1, i+4, space)
	if promise == noSecret || !isQuote(w.next(next)) && w.next(next) != '\\' {
		return i + 1
	}
	isField := w.previous(start) == '#' // of a page: fill('#password', '…')
	for start > 0 && (isQuote(w.text[start-1]) || w.text[start-1] == '\\' || isField && w.text[start-1] == '#') {
		start--
	}
	isWord := !isField && runEnd(name, 0, len(name), lower) == len(name) // "pass" is an argument rather than a name
	if isWord {
		promise = min(promise, tokenName)
	}
	if w.previous(start) != '(' { // a list of words, more likely
		if from, end, _ := w.valueBounds(next, bare); promise == passwordName && !isPassword(w.text[from:end], bare) {
			return i + 1
		}
	}
	return max(i+1, w.value(i+1, promise, bare))
}
