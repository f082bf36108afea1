package shell

import "strings"

// endOfDouble returns the index of the double quote that ends a text, -1 without one.
func endOfDouble(text string, at int) int {
	for at < len(text) {
		switch {
		case text[at] == '"':
			return at
		case text[at] == '\\':
			at++
		case strings.HasPrefix(text[at:], "$("):
			end := endOfParenthesis(text, at+2)
			if end < 0 {
				return -1
			}
			at = end
		}
		at++
	}
	return -1
}

// endOfParenthesis returns the index of the parenthesis that ends a command, -1 without one.
func endOfParenthesis(text string, at int) int {
	for depth := 1; at < len(text); at++ {
		switch text[at] {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return at
			}
		case '\\':
			at++
		case '\'':
			end := strings.IndexByte(text[at+1:], '\'')
			if end < 0 {
				return -1
			}
			at += end + 1
		case '"':
			end := endOfDouble(text, at+1)
			if end < 0 {
				return -1
			}
			at = end
		}
	}
	return -1
}

// variable returns the name of the variable that a text starts with, and the length of its
// reference. The name is "" for forms with an operator, except those of IFS.
func variable(text string) (name string, length int) {
	if strings.HasPrefix(text, "${") {
		end := strings.IndexByte(text, '}')
		if end < 0 {
			return "", 0
		}
		name = text[2:end]
		if strings.HasPrefix(name, "IFS") && !isName(name) {
			name = "IFS" // ${IFS%??}
		}
		if !isName(name) && !isPositional(name) {
			name = ""
		}
		return name, end + 1
	}
	if len(text) > 1 && isPositional(text[1:2]) {
		return text[1:2], 2
	}
	length = 1
	for length < len(text) && isNameByte(text[length]) {
		length++
	}
	return text[1:length], length
}

// isPositional reports whether a name is that of arguments, of which a command line has none.
func isPositional(name string) bool {
	return len(name) == 1 && strings.ContainsAny(name, "@*123456789")
}

// braceList returns the words of a list in braces: {curl,-s,x}.
func braceList(text string) (list string, ok bool) {
	inner, ok := strings.CutPrefix(text, "{")
	inner, closed := strings.CutSuffix(inner, "}")
	if !ok || !closed || !strings.Contains(inner, ",") || strings.ContainsAny(inner, "{} \n") {
		return "", false
	}
	return strings.ReplaceAll(inner, ",", " "), true
}

// isPlain reports whether a text means the same with and without quotes. The characters of
// also are plain too.
func isPlain(text, also string) bool {
	for i := range len(text) {
		if !isPlainByte(text[i]) && strings.IndexByte(also, text[i]) < 0 {
			return false
		}
	}
	return true
}

func isPlainByte(c byte) bool {
	return isNameByte(c) || c >= 0x80 || strings.IndexByte("./-:@%+=,~", c) >= 0
}

func isName(text string) bool {
	for i := range len(text) {
		if !isNameByte(text[i]) {
			return false
		}
	}
	return text != "" && (text[0] < '0' || text[0] > '9')
}

func isNameByte(c byte) bool { return c == '_' || isLetter(c) || c >= '0' && c <= '9' }

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
