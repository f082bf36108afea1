package secret

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// joinsNoun reports whether two words are one noun: 2FA code.
func joinsNoun(words string) bool {
	n := nameOf(words)
	return n.words > 1 && nouns[string(n.lastWords(n.words, n.words))] != None
}

// determiners are words between a value and its noun: X as the password.
var determiners = wordSet(`the my your a an its our new default temporary initial das dein mein le la el su tu il o a right admin root user database db api basic http`)

// asWords are words after a value and before its noun.
var asWords = wordSet("as als como comme come som jako ako for is ist est es")

// verbs are words between a value and "as" or "is": X was rejected as a password.
var verbs = wordSet(`be been being was is not rejected accepted refused used set chosen given known works worked which that who definitely
	surely certainly really still only`)

// skipVerbs returns where the verbs before i start.
func skipVerbs(in string, i int) int {
	for words := 0; words < 3 && i > 1 && in[i-1] == ' '; words++ {
		first := text.RunStart(in, i-1, i-1-nameMax/4, text.Letter)
		if !inSet(verbs, in[first:i-1]) {
			break
		}
		i = first
	}
	return i
}

// isOneTimeCode reports whether a value is a number, or one after a letter and a dash: G-123456.
func isOneTimeCode(value string) bool {
	if len(value) > 2 && text.Is(value[0], text.Upper) && value[1] == '-' {
		value = value[2:]
	}
	return value != "" && isNameOf(value, text.Digit)
}

// beforeNoun detects a secret in the text before a noun.
func beforeNoun(r *Reader, kind Kind, start int) {
	found := len(r.Found)
	valueBeforeNoun(r, kind, start)
	if len(r.Found) == found {
		nearBefore(r, kind, start)
	}
}

// valueBeforeNoun detects a secret before its noun: use X as the password.
func valueBeforeNoun(r *Reader, kind Kind, start int) {
	t := r.Text
	i := start
	for before, words := i, 0; words < 3; words++ { // the other words of the noun: 2FA code, mot de passe
		if before < 2 || t[before-1] != ' ' {
			break
		}
		first := text.RunStart(t, before-1, before-1-nameMax/4, text.Alnum|text.Joiner)
		if first == before-1 {
			break
		}
		if before = first; joinsNoun(t[before:wordEnd(t, start)]) {
			i = before
		}
	}
	for words := range 4 {
		if i < 2 || t[i-1] != ' ' {
			return
		}
		first := text.RunStart(t, i-1, i-1-nameMax/4, text.Letter)
		word := t[first : i-1]
		i = first
		if inSet(asWords, word) {
			break
		}
		if !inSet(determiners, word) && (kind != Code || !isTitle(word)) {
			return
		}
		if words == 3 {
			return
		}
	}
	i = skipVerbs(t, i)
	if i < 2 || t[i-1] != ' ' {
		return
	}
	end := i - 1
	first := end
	for first > max(0, end-nameMax) && !text.Is(t[first-1], text.Space) {
		first--
	}
	style := Bare
	if mark := t[end-1]; text.Is(mark, text.Quote) {
		if n := strings.LastIndexByte(t[max(0, end-nameMax):end-1], mark); n >= 0 {
			first = max(0, end-nameMax) + n
		}
	}
	if end-first > 2 && text.Is(t[first], text.Quote) && t[end-1] == t[first] {
		first, end, style = first+1, end-1, Quoted
	}
	if n := strings.LastIndexByte(t[max(0, first):end], '>'); n >= 0 && strings.HasPrefix(t[first+max(0, strings.LastIndexByte(t[first:end], '<')):], "</") { // <kbd>X</kbd> is the password
		last := first + strings.LastIndexByte(t[first:end], '<')
		open := first + strings.IndexByte(t[first:end], '>') + 1
		if open < last {
			r.judge(kind, LinkSentence, bounds{open, last, Quoted})
		}
		return
	}
	if text.HasFold(t, i, "for a ") || text.HasFold(t, i, "for the ") {
		if first < end && !isPlainText(t[first:end]) && !isAddress(t[first:end]) {
			r.judge(kind, LinkAdjacent, bounds{first, end, Bare})
		}
		return
	}
	if text.HasFold(t, i, "for ") || text.HasFold(t, i, "as basic") || text.HasFold(t, i, "as http") {
		if n := strings.IndexByte(t[first:end], ':'); n > 0 {
			first += n + 1
		} else if !text.HasFold(t, i, "as ") {
			return
		}
	}
	if style == Bare && (text.HasFold(t, i, "is") || text.HasFold(t, i, "es")) && (kind != Code || !isOneTimeCode(t[first:end])) {
		return
	}
	if style == Quoted || first < end && !isPlainText(t[first:end]) && !isAddress(t[first:end]) {
		r.judge(kind, LinkSentence, bounds{first, end, style})
	}
}
