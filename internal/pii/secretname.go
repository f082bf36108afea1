package pii

// This file holds the names that stand before an operator.

import "strings"

// nameBefore returns the name that ends before i, quotes and what parts them left out, and where it starts.
func (w *walk) nameBefore(i int) (string, int) {
	t := w.text
	limit := i - maxSpaces
	for i > max(0, limit) && (t[i-1] == ' ' || t[i-1] == '?' || t[i-1] == '.' || t[i-1] == '|' || t[i-1] == ':' || t[i-1] == ']') {
		i--
	}
	if i > 0 && isQuote(t[i-1]) && t[i-1] != '`' {
		i--
		for i > max(0, limit-maxBackslashes) && t[i-1] == '\\' {
			i--
		}
	}
	if i < 2 || !is(t[i-1], alnum) {
		return "", i
	}
	end := i
	for digits := 0; digits < 4 && i > 0 && is(t[i-1], digit|joiner); digits++ {
		i--
	}
	if i < 2 || !endsLikeName(t, i) {
		return "", i
	}
	start := end
	for start > max(0, end-nameMax) && (is(t[start-1], alnum|joiner|dot|foreign) || t[start-1] == ' ' && start > 1 && is(t[start-2], alnum)) {
		start--
	}
	if start > 0 && t[start-1] == '\\' && start < end && isEscape[t[start]] {
		start++
	}
	return t[start:end], start
}

// maxSpaces bounds the space between a name, an operator and a value.
const maxSpaces = 16

// isTypeName reports whether a name is rather the type between it and the value: var token string = "…".
func isTypeName(name string) bool {
	return strings.HasSuffix(name, "string") || strings.HasSuffix(name, "String") || strings.HasSuffix(name, "str")
}

// isValueName reports whether a name only says that a value follows, of what was
// named before: <add key="ClientSecret" value="…"/>.
func isValueName(name string) bool { return hasFold(name, len(name)-len("value"), "value") }

// isScreaming reports whether a name has no small letter, as in the environment of a process.
func isScreaming(name string) bool {
	for i := range len(name) {
		if is(name[i], lower) {
			return false
		}
	}
	return name != ""
}

func isQuote(c byte) bool { return c == '"' || c == '\'' || c == '`' }

// namedBefore returns the name of what another name, which starts at start, speaks
// of: before a type, var token string = "…", and before a word such as value.
func (w *walk) namedBefore(name string, start int) string {
	switch {
	case isTypeName(name):
		named, _ := w.nameBefore(start)
		return named
	case isValueName(name):
		if named, _ := w.nameBefore(start); named != "" {
			return named
		}
		return w.nameOnLineBefore(start)
	case equalFold(name, "default"):
		return w.variable(start)
	}
	return ""
}

// nameOnLineBefore returns the name that the line before tells: name: DB_PASSWORD, then value: ….
func (w *walk) nameOnLineBefore(start int) string {
	const indent = 40
	t := w.text
	i := start
	for limit := i - indent; i > 0 && i > limit; i-- {
		escaped := i > 1 && t[i-2] == '\\' && isEscape[t[i-1]]
		if escaped {
			i--
		} else if !is(t[i-1], space) && !isQuote(t[i-1]) && t[i-1] != ',' && t[i-1] != '\\' {
			break
		}
	}
	name, _ := w.nameBefore(i)
	return name
}

// variable returns the name of the variable of Terraform whose block start stands in.
func (w *walk) variable(start int) string {
	const block = 160
	from := max(0, start-block)
	n := strings.LastIndex(w.text[from:start], "variable ")
	if n < 0 {
		return ""
	}
	i := from + n + len("variable ")
	for i < start && !is(w.text[i], letter) {
		i++
	}
	end := runEnd(w.text, i, i+nameMax, keyChars)
	return w.text[i:min(end, start)]
}
