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
