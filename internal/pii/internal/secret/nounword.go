package secret

import "github.com/cowork-otel/collector/internal/pii/internal/text"

// nounSuffixes are a bit each, by its hash, for the ends of the nouns in the lexicon: what the last word of
// a noun of several words can be.
var nounSuffixes = func() (set [1 << 10]uint64) {
	for _, w := range lexicon.words {
		for i := range len(w.word) {
			if w.kind != None {
				hash := hashOfWord([]byte(w.word[i:])) >> 16
				set[hash>>6] |= 1 << (hash & 63)
			}
		}
	}
	return set
}()

// mayNameSecret reports whether the last words of an identifier can name something, apart from words that
// qualify it. Of the names before an operator, most end with the letters of a noun and not with the
// word, as threshold and database do: splitting all words of these takes longer.
func mayNameSecret(ident string) bool {
	const longest = 24
	i := len(ident)
	for ; i > 0 && !text.Is(ident[i-1], text.Letter); i-- {
		if text.Is(ident[i-1], text.Foreign) {
			return true
		}
	}
	for {
		for i > 0 && !text.Is(ident[i-1], text.Alnum|text.Foreign) {
			i--
		}
		var word [longest]byte
		at := longest
		for ; i > 0 && text.Is(ident[i-1], text.Alnum|text.Foreign); i-- {
			if at == 0 || text.Is(ident[i-1], text.Foreign) {
				return true
			}
			at--
			word[at] = text.ToLower(ident[i-1])
			if i > 1 && startsNameWord(ident, i-1) {
				i--
				break
			}
		}
		if len(ident)-i > nameMax/2 { // what is before may be out of reach
			return true
		}
		meaning := lexicon.find(word[at:])
		isFirst := !hasWord(ident[:i])
		switch {
		case at == longest:
			return true
		case meaning.qualifies && !isFirst:
			continue
		case isFirst:
			return meaning.kind != None || kindOfEnding(word[at:]) != None
		}
		hash := hashOfWord(word[at:]) >> 16
		return nounSuffixes[hash>>6]>>(hash&63)&1 == 1 || kindOfEnding(word[at:]) != None
	}
}

// hasWord reports whether the end of an identifier, as far as its words are read, has a letter or a digit.
func hasWord(ident string) bool {
	for i := len(ident); i > 0 && i > len(ident)-nameMax; i-- {
		if text.Is(ident[i-1], text.Alnum|text.Foreign) {
			return true
		}
	}
	return false
}
