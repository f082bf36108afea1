package secret

// A meaning is what a word in the name of a value means.
type meaning struct {
	kind       Kind // of a noun
	qualifies  bool // may follow a noun
	isHarmless bool // before a key, a token or a code that is no secret
}

// A wordIndex has the meanings of words in small letters. Names are split and looked up for
// each noun in a text, so it is faster than maps: most words find an empty slot.
type wordIndex struct {
	slots [1 << 13]uint16 // the index of a word, 0 if there is none
	words []indexedWord
}

type indexedWord struct {
	word string
	meaning
}

// lexicon has the words of names.
var lexicon = func() *wordIndex {
	all := map[string]meaning{}
	for word, kind := range nouns {
		all[word] = meaning{kind: kind}
	}
	for word := range qualifiers {
		m := all[word]
		m.qualifies = true
		all[word] = m
	}
	for word := range harmless {
		m := all[word]
		m.isHarmless = true
		all[word] = m
	}
	x := &wordIndex{words: make([]indexedWord, 1)}
	for word, m := range all {
		at := slotOfWord([]byte(word))
		for ; x.slots[at] != 0; at = (at + 1) % uint32(len(x.slots)) {
		}
		x.slots[at] = uint16(len(x.words))
		x.words = append(x.words, indexedWord{word, m})
	}
	return x
}()

// slotOfWord returns the first slot of a word.
func slotOfWord(word []byte) uint32 { return hashOfWord(word) >> 19 }

// hashOfWord returns the hash of a word, of which the upper bits are the best.
func hashOfWord(word []byte) uint32 {
	hash := uint32(len(word))
	for _, c := range word {
		hash = hash*31 + uint32(c)
	}
	return hash * 0x9e3779b1
}

// find returns the meaning of a word in small letters, the zero value if it has none.
func (x *wordIndex) find(word []byte) *meaning {
	for at := slotOfWord(word); ; at = (at + 1) % uint32(len(x.slots)) {
		k := x.slots[at]
		if w := &x.words[k]; k == 0 || w.word == string(word) {
			return &w.meaning
		}
	}
}
