package secret

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// nearMost bounds the text around a noun in which a strong value belongs to it, in bytes.
const nearMost = 64

// isStrong reports whether a value has the form of a password that is hard to guess or of a token:
// letters, digits and a sign, or letters of both cases and digits that are no word.
func isStrong(value string) bool {
	const least, most = 7, 80
	if len(value) < least || len(value) > most || !text.HasAnyDigit(value) {
		return false
	}
	s := text.ShapeOf(value)
	switch {
	case s.Lower+s.Upper < 2, !s.NotHex, isAddress(value), isVersion(value), isIdentifierNumber(value), text.IsUUID(value),
		strings.ContainsAny(value, "/\\(){}[]<>;:,%=$&|\"'`"), notSecret(value) != "":
		return false
	}
	if strings.ContainsAny(value, "!#^@?+") || s.Upper > 0 && s.Lower > 0 && strings.IndexByte(value, '-') >= 0 && strings.IndexByte(value, '_') >= 0 {
		return true
	}
	return !isMember(value) && s.Upper > 0 && s.Lower > 0 && (s.Digit*4 >= len(value) || text.IsGibberish(value, text.OneInThree) || strings.ContainsAny(value, "-_.") && hasInnerDigit(value))
}

// hasInnerDigit reports whether a digit is between two letters: Fr33-W1lly.
func hasInnerDigit(value string) bool {
	for i := 1; i+1 < len(value); i++ {
		if end := text.RunEnd(value, i, i+2, text.Digit); end > i && end < len(value) && text.Is(value[i-1], text.Letter) && text.Is(value[end], text.Lower) {
			return true
		}
	}
	return false
}

// nearBefore detects a strong value shortly before a noun on its line: type X into the password box.
func nearBefore(r *Reader, kind Kind, start int) {
	if kind < Token {
		return
	}
	t := r.Text
	limit := max(0, start-nearMost)
	for end := start; end > limit; {
		c := t[end-1]
		if c == '.' && end < start && t[end] == ' ' || strings.IndexByte("\n;|&<>", c) >= 0 {
			return // another sentence or command
		}
		if strings.IndexByte(" \t,*", c) >= 0 || text.Is(c, text.Quote) {
			end--
			continue
		}
		first := end
		for first > limit && strings.IndexByte(" \t\n,*", t[first-1]) < 0 && !text.Is(t[first-1], text.Quote) {
			first--
		}
		if word := strings.TrimRight(t[first:end], ".?"); (first > limit || first == 0) && isStrong(word) && (kind == Password || text.ShapeOf(word).Random()) {
			r.judge(kind, LinkNear, bounds{first, first + len(word), Bare})
			return
		}
		end = first
	}
}

// labelled detects the value after the label in quotes that ends before i, in the next quotes: fill_in 'Password', with: 'X'.
func labelled(r *Reader, kind Kind, i int) bool {
	const most = 48
	t := r.Text
	if kind < Code {
		return false
	}
	limit := min(len(t), i+most)
	at := i
	for at < limit && (text.Is(t[at], text.KeyChars|text.Space) || strings.IndexByte(",:=>)-", t[at]) >= 0) {
		at++
	}
	between := strings.TrimSpace(t[i:at])
	if at >= limit || !text.Is(t[at], text.Quote) || len(between) < 3 || strings.IndexByte("=:", between[len(between)-1]) < 0 || strings.IndexByte(",\n)", t[i]) < 0 {
		return false
	}
	b := valueAt(r, at, Bare)
	value := t[b.start:b.end]
	return b.style == Quoted && isValueName(between) && (text.HasAnyDigit(value) || hasSigns(value)) && strings.IndexByte(value, ' ') < 0 && r.judge(kind, LinkSibling, b)
}

// isValueName reports whether the text before a value names it as what is entered: ", with:", "- inputText:".
func isValueName(between string) bool {
	name := strings.TrimRight(between, ":= >")
	name = name[text.RunStart(name, len(name), 0, text.KeyChars):]
	return text.ContainsFold(valueNames, name)
}

// valueNames are the names of what is entered into a field.
var valueNames = []string{"with", "value", "text", "inputtext", "input", "input_text", "content", "fill", "type", "typetext", "keys", "to", "answer", "val", "set", "enter"}

// isSetting reports whether a line of a configuration has a name and a value only: password X.
func isSetting(line string) bool {
	line = strings.TrimSpace(line)
	name, value, found := strings.Cut(line, " ")
	value = strings.TrimSpace(value)
	return found && value != "" && strings.IndexByte(value, ' ') < 0 && isNameOf(name, text.KeyChars|text.Dot) && strings.IndexByte(".:!?", value[len(value)-1]) < 0
}

// isAmongSettings reports whether the line before or after the line that contains i is a setting too.
func isAmongSettings(r *Reader, i int) bool {
	from := lineStart(r, i)
	end := i + lineRest(r, i)
	if end+1 < len(r.Text) {
		after := r.Text[end+1 : min(len(r.Text), end+1+nameMax)]
		if isSetting(after[:lineLength(after)]) {
			return true
		}
	}
	if from < 2 {
		return false
	}
	before := r.Text[max(0, from-1-nameMax) : from-1]
	return isSetting(before[strings.LastIndexByte(before, '\n')+1:])
}
