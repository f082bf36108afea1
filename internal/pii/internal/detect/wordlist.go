package detect

// This file holds lists of words that are looked for in a short text.

import "github.com/cowork-otel/collector/internal/pii/internal/text"

// A wordList has words in small letters by their first letter.
type wordList [26][]string

func newWordList(words ...string) *wordList {
	list := new(wordList)
	for _, word := range words {
		list[word[0]-'a'] = append(list[word[0]-'a'], word)
	}
	return list
}

// lastEnd returns the end of the last word of the list in a text, in any case, 0 if there is none. A word starts after
// another byte than a letter or a digit, and ends before another byte than a letter, apart from one that ends with a dash.
func (list *wordList) lastEnd(in string) (end int) {
	for i := range len(in) {
		letter := text.ToLower(in[i]) - 'a'
		if letter >= 26 || i > 0 && text.Is(in[i-1], text.Alnum) {
			continue
		}
		for _, word := range list[letter] {
			stop := i + len(word)
			if text.HasFold(in, i, word) && (stop == len(in) || !text.Is(in[stop], text.Letter) || text.Is(word[len(word)-1], text.Joiner)) {
				end = stop
			}
		}
	}
	return end
}

// hasWord reports whether a short text has a word, in any case, that starts and ends as one.
func hasWord(in, word string) bool {
	for i := range len(in) - len(word) + 1 {
		if text.HasFold(in, i, word) && (i == 0 || !text.Is(in[i-1], text.Alnum)) && (i+len(word) == len(in) || !text.Is(in[i+len(word)], text.Letter)) {
			return true
		}
	}
	return false
}
