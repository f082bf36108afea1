package shell

import (
	"strconv"
	"strings"
)

// A word is a word of a command.
type word struct {
	text  string // the normal form
	plain string // the value, without any quotes
}

// A wordReader reads one word.
type wordReader struct {
	*normalizer
	text, plain strings.Builder
	blank       bool // the text ends with a blank of $IFS
}

// readWord reads the word that starts at the current byte.
func (n *normalizer) readWord() word {
	start := n.at
	for n.at < len(n.in) && isPlainByte(n.in[n.at]) {
		n.at++
	}
	if n.at == len(n.in) || strings.IndexByte(operators+" \t\r", n.in[n.at]) >= 0 {
		return word{n.in[start:n.at], n.in[start:n.at]}
	}
	n.at = start
	r := wordReader{normalizer: n}
	for n.at < len(n.in) && strings.IndexByte(operators+" \t\r", n.in[n.at]) < 0 {
		r.readPart()
	}
	w := word{r.text.String(), r.plain.String()}
	if w.text == "" || w.text == " " {
		w.text = n.in[start:n.at] // only quotes
	}
	if list, ok := braceList(w.text); ok && n.phase != afterProgram {
		w.text = list
	}
	return w
}

// appendText writes text in its normal form and its value.
func (r *wordReader) appendText(text, plain string) {
	if r.text.Len() > maxCommand { // variables would make it longer and longer
		return
	}
	r.text.WriteString(text)
	r.plain.WriteString(plain)
	r.blank = false
}

// appendQuoted writes a text that was in quotes, without them if all of it is plain.
func (r *wordReader) appendQuoted(mark, text, value, also string) {
	if isPlain(text, also) {
		r.appendText(text, text)
		return
	}
	r.appendText(mark+text+mark, value)
}

// unescape removes the backslashes of a text in double quotes.
var unescape = strings.NewReplacer(`\"`, `"`, `\\`, `\`, `\$`, `$`, "\\`", "`")

// readPart reads a part of a word: a quoted text, a substitution, or a character.
func (r *wordReader) readPart() {
	rest := r.in[r.at:]
	switch c := rest[0]; c {
	case '\'':
		end := strings.IndexByte(rest[1:], '\'')
		if end < 0 {
			r.appendRaw(len(rest))
			return
		}
		r.at += end + 2
		r.appendQuoted("'", rest[1:1+end], rest[1:1+end], "")
	case '"':
		end := endOfDouble(rest, 1)
		if end < 0 {
			r.appendRaw(len(rest))
			return
		}
		r.at += end + 1
		text := r.expand(rest[1:end])
		r.appendQuoted(`"`, text, unescape.Replace(text), "${}")
	case '\\':
		r.readEscape(rest)
	case '$':
		r.readDollar(rest)
	case '`':
		r.readBacktick(rest)
	case '^':
		if r.betweenLetters(1) { // an escape of Windows
			r.at++
			return
		}
		r.appendRaw(1)
	default:
		r.appendRaw(1)
	}
}

// appendRaw writes the next bytes as they are.
func (r *wordReader) appendRaw(length int) {
	text := r.in[r.at : r.at+length]
	r.at += length
	r.appendText(text, text)
}

// readEscape reads a backslash: a continued line, a plain character, or one that needs it.
func (r *wordReader) readEscape(rest string) {
	switch {
	case len(rest) == 1:
		r.appendRaw(1)
	case rest[1] == '\n':
		r.at += 2
	case isPlainByte(rest[1]):
		r.at += 2
		r.appendText(rest[1:2], rest[1:2])
	default:
		r.at += 2
		r.appendText(rest[:2], rest[1:2])
	}
}

// readDollar reads what follows a dollar sign.
func (r *wordReader) readDollar(rest string) {
	switch {
	case strings.HasPrefix(rest, "$'"):
		r.readCodes(rest)
	case strings.HasPrefix(rest, "$("):
		r.readSubstitution(rest)
	case strings.HasPrefix(rest, `$"`):
		r.at++
	default:
		name, length := variable(rest)
		value, known := r.values[name]
		switch {
		case name == "IFS":
			r.at += length
			r.appendText(" ", " ")
			r.blank = true
		case isPositional(name) && (r.blank || r.betweenLetters(length)):
			r.at += length
		case known:
			r.at += length
			r.appendText(value, value)
		default:
			r.appendRaw(max(1, length))
		}
	}
}

// betweenLetters reports whether there is a letter before the next bytes, and one after.
func (r *wordReader) betweenLetters(length int) bool {
	before, after := r.at-1, r.at+length
	return before >= 0 && after < len(r.in) && isLetter(r.in[before]) && isLetter(r.in[after])
}

// readCodes reads a text with codes of characters: $'\x63url'.
func (r *wordReader) readCodes(rest string) {
	end := 2
	for end < len(rest) && rest[end] != '\'' {
		if rest[end] == '\\' {
			end++
		}
		end++
	}
	if end >= len(rest) {
		r.appendRaw(len(rest))
		return
	}
	text := decodeCodes(rest[2:end])
	r.at += end + 1
	if isPlain(text, " ") {
		r.appendText(text, text)
		return
	}
	r.appendText(rest[:end+1], text)
}

// decodeCodes returns a text with the characters of its codes.
func decodeCodes(text string) string {
	var out strings.Builder
	for text != "" {
		value, _, tail, err := strconv.UnquoteChar(text, '\'')
		if err != nil || value == 0 {
			out.WriteString(text[:1])
			text = text[1:]
			continue
		}
		out.WriteRune(value)
		text = tail
	}
	return out.String()
}

// readSubstitution reads $(command) or $((sum)).
func (r *wordReader) readSubstitution(rest string) {
	end := -1
	if !r.open {
		end = endOfParenthesis(rest, 2)
		r.open = end < 0
	}
	if end < 0 || strings.HasPrefix(rest, "$((") {
		r.appendRaw(max(2, end+1))
		return
	}
	r.at += end + 1
	r.appendOutput(rest[2:end])
}

// readBacktick reads `command`.
func (r *wordReader) readBacktick(rest string) {
	end := strings.IndexByte(rest[1:], '`')
	if end < 0 {
		r.appendRaw(1)
		return
	}
	r.at += end + 2
	r.appendOutput(rest[1 : 1+end])
}

// appendOutput writes the output of a command, or the command if the output is not plain.
func (r *wordReader) appendOutput(command string) {
	normal := r.normalWithin(command)
	for _, program := range []string{"echo ", "printf ", "echo -n "} {
		if text, ok := strings.CutPrefix(normal, program); ok && text != "" && text[0] != '-' && isPlain(text, "") {
			r.appendText(text, text)
			return
		}
	}
	r.appendText("$("+normal+")", "$("+normal+")")
}

// expand returns a text in double quotes with the values of variables and the normal form
// of commands.
func (r *wordReader) expand(text string) string {
	if !strings.ContainsAny(text, "$`\\") {
		return text
	}
	inner := wordReader{normalizer: &normalizer{in: text, values: r.values, depth: r.depth, limit: r.limit - len(r.out), open: r.open}}
	for inner.at < len(text) {
		rest := text[inner.at:]
		switch {
		case rest[0] == '\\' && len(rest) > 1 && rest[1] != '\n':
			inner.appendRaw(2)
		case rest[0] == '\\':
			inner.readEscape(rest)
		case strings.HasPrefix(rest, "$(") || strings.HasPrefix(rest, "${") || len(rest) > 1 && rest[0] == '$' && isNameByte(rest[1]):
			inner.readDollar(rest)
		case rest[0] == '`':
			inner.readBacktick(rest)
		default:
			inner.appendRaw(1)
		}
	}
	return inner.text.String()
}
