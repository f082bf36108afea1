package secret

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// connectors are words and signs between a noun and its value.
var connectors = wordSet(`is was are = : -> => – — - := be now ist lautet lauten lautete war est es era son sono são é è és er är var vara on jest
	je brzmi bylo to: is: adalah цe це це: это это: — είναι 是 为 為 は 는 은 ： － היא הוא هي هو है คือ 은 는 입니다 nama ialah la là bu olarak equals equal of set reads would named being become
	becomes changed it's its: ist: est: este sunt van wordt luidt zijn blir heter lyder blev nimelt este: esta: seria`)

// betweenWords bounds the words between a noun and its value.
const (
	betweenWords = 9
	betweenBytes = 120
)

// A sentenceState reads the words after a noun.
type sentenceState struct {
	reader *Reader
	kind   Kind
	link   Link
	words  int
	colon  bool // the last word was a connector
	found  int
	isHash bool // a word announced a checksum
	below  bool // a line ended after the noun
	done   bool
}

// step reads the word, the sign or the quotes at i, and returns where the next is.
func (s *sentenceState) step(i int) int {
	r := s.reader
	t := r.Text
	c := t[i]
	switch {
	case c == '\n' || c == '\r':
		s.done, s.below = !s.colon || s.words > 4, true
		return i + 1
	case text.Is(c, text.Space) || c == '*' || c == '(' || c == ',' || (c == '_' || c == '>') && s.colon: // -> is two signs
		return i + 1
	case c == '<' && inlineTag(t[i:]) > 0:
		return s.taggedWord(i + inlineTag(t[i:]))
	case c < ' ' || c == '<' || c == '{' || c == '}' || c == '[' || c == ']' || c == ')' || c == ';' || c == '|' || c == '\\':
		s.done = true
		return i + 1
	case text.Is(c, text.Quote) || isTypographic(t, i):
		return s.quotedWord(i)
	}
	var end int
	if t[i] >= 0xE2 {
		end = wordEnd(t, i)
	} else {
		end = r.word.end(t, i, min(len(t), i+valueMost), &endsSentenceWord)
	}
	if end == i {
		s.done = true
		return i + 1
	}
	return s.bareWord(i, end)
}

// wordEnd returns where the word of a sentence that starts at i ends. Letters of scripts
// without spaces are words of their own.
func wordEnd(in string, i int) int {
	if in[i] >= 0xE2 {
		limit := min(len(in), i+betweenBytes)
		for end := i; ; {
			if end >= limit || in[end] < 0x80 || end > i && isTypographic(in, end) {
				return end
			}
			end++
		}
	}
	limit := min(len(in), i+valueMost)
	end := i
	for end < limit && !endsSentenceWord[in[end]] {
		end++
	}
	return end
}

// endsSentenceWord has the bytes that end a word of ASCII and of the letters next to it.
var endsSentenceWord = func() (set [256]bool) {
	for c := range set {
		set[c] = c >= 0xE2 || strings.IndexByte(" \t\n\r\"`\\<>|", byte(c)) >= 0
	}
	return set
}()

// inlineTag returns the length of the tag of an emphasis that a text starts with, 0 if there is none.
func inlineTag(in string) int {
	for _, tag := range [...]string{"<b>", "<i>", "<em>", "<code>", "<strong>", "<kbd>", "<tt>", "<samp>"} {
		if strings.HasPrefix(in, tag) {
			return len(tag)
		}
	}
	return 0
}

// taggedWord judges the value at i, up to the next tag.
func (s *sentenceState) taggedWord(i int) int {
	n := strings.IndexByte(s.reader.Text[i:min(len(s.reader.Text), i+betweenBytes)], '<')
	if n < 0 {
		s.done = true
		return i
	}
	s.judged(bounds{i, i + n, Quoted})
	return i + n + 1
}

// isTypographic reports whether a quotation mark beyond ASCII opens at i.
func isTypographic(in string, i int) bool {
	if c := in[i]; c != 0xC2 && (c != 0xE2 && c != 0xE3 || i+1 >= len(in) || in[i+1] != 0x80) { // the first bytes of the marks
		return false
	}
	for _, marks := range typographic {
		if strings.HasPrefix(in[i:], marks[0]) {
			return true
		}
	}
	return false
}

// quotedWord judges the value in quotes at i.
func (s *sentenceState) quotedWord(i int) int {
	r := s.reader
	b := valueAt(r, i, Bare)
	if b.style != Quoted || b.end-b.start > betweenBytes || isBetweenQuotes(r.Text[b.start:b.end]) {
		if r.Text[i] == '"' || s.words > 0 {
			s.done = true // the end of the string around the sentence
		}
		return i + 1
	}
	s.judged(b)
	next := b.end + 1
	if text.Is(r.Next(b.end), text.Foreign) {
		next = b.end + 3
	}
	return next
}

// isBetweenQuotes reports whether a text is the text between two quoted texts: " value: ".
func isBetweenQuotes(in string) bool {
	return in != "" && (in[0] == ' ' || in[0] == ',' || strings.IndexByte(in, '\n') >= 0 || strings.IndexByte(":=,", in[len(in)-1]) >= 0)
}

// judged judges a value, and ends the sentence after it unless another can follow: from X to Y.
func (s *sentenceState) judged(b bounds) {
	if s.reader.judge(s.kind, s.link, b) {
		s.found++
		s.words, s.link, s.colon = 0, LinkAdjacent, false
		s.done = s.found > 2
		return
	}
	s.countWord()
}

func (s *sentenceState) countWord() {
	s.colon = false
	if s.link == LinkAdjacent {
		s.link = LinkNear
	}
	if s.words++; s.words > betweenWords || s.found > 0 && s.words > 4 {
		s.done = true
	}
}

// bareWord judges the word [i, end) without quotes, or takes it as a connector.
func (s *sentenceState) bareWord(i, end int) int {
	t := s.reader.Text
	next := end
	stopped := false
	for end > i+1 && strings.IndexByte(",;)]}.*'", t[end-1]) >= 0 {
		stopped = stopped || t[end-1] == '.' || t[end-1] == ';' || t[end-1] == ')'
		end--
	}
	if s.kind == Code { // a code that is entered with a sign: 4093#
		if n := text.RunEnd(t, i, end, text.Digit); n-i > 3 && n < end && t[n] == ',' {
			end = n
		}
		for ; end > i+1 && (t[end-1] == '#' || t[end-1] == '*'); end-- {
		}
	}
	word := t[i:end]
	if word[0] == '-' && len(word) > 1 && word[1] != '>' {
		s.done = true // a flag: this is a command
		return next
	}
	if n := strings.IndexByte(word, '='); n > 0 && isNameOf(word[:n], text.KeyChars) {
		s.countWord()
		return next
	}
	if end > i+1 && (word[len(word)-1] == ':' || word[len(word)-1] == '?') {
		end--
		word = t[i:end]
		if s.below { // the next key of YAML
			s.done = true
			return next
		}
		if !isPlainText(word) { // X:
			s.judged(bounds{i, end, Bare})
			return next
		}
		s.link, s.colon = LinkSentence, t[end] == ':'
		s.words++
		return next
	}
	known := wordAt(s.reader, i, end)
	switch {
	case known.isConnector:
		s.link, s.colon = LinkSentence, true
		return next
	case known.isMover:
		s.link = LinkSentence
		return next
	}
	plain := known.isPlain
	switch {
	case !plain && s.isHash && text.RunEnd(word, 0, len(word), text.Hexa) == len(word): // checksum md5 …
		s.countWord()
	case !plain && !isAddress(word) && (s.found == 0 || s.words == 0 || s.link == LinkSentence):
		s.judged(bounds{i, end, Bare})
	case plain && s.colon && s.kind == Password && s.found == 0 && (isNameOf(word, text.Letter) || strings.Count(word, "-") > 2):
		s.judged(bounds{i, end, Bare})
	default:
		s.countWord()
	}
	s.isHash = s.isHash || plain && (text.EqualFold(word, "md5") || text.EqualFold(word, "checksum") || text.EqualFold(word, "hash") || text.EqualFold(word, "digest") || text.EqualFold(word, "commit"))
	if known.isNoun || stopped {
		s.done = true // another noun, another sentence
	}
	return next
}

// isConnector reports whether a word ties a noun to the value after it.
func isConnector(word string) bool { return inSet(connectors, word) }

// isPlainText reports whether a word has only letters, of any script, and joints of words.
func isPlainText(word string) bool {
	return text.RunEnd(word, 0, len(word), text.Letter|text.Foreign|text.Joiner) == len(word) || strings.HasSuffix(word, "'") ||
		strings.Contains(word, "'s") && isWords(strings.ReplaceAll(word, "'", ""))
}

// isAddress reports whether a word is an e-mail address, a URL or a host.
func isAddress(word string) bool {
	n := strings.LastIndexByte(word, '@')
	return n > 0 && strings.Contains(word[n:], ".") || strings.Contains(word, "://") || isPath(word) ||
		strings.IndexByte(word, '/') >= 0 && strings.IndexByte(word, '.') >= 0 ||
		strings.Count(word, ".") > 1 && isWords(withoutPort(word))
}

// withoutPort returns a host without the port after it.
func withoutPort(host string) string {
	n := strings.LastIndexByte(host, ':')
	if n < 0 || !isNameOf(host[n+1:], text.Digit) {
		return host
	}
	return host[:n]
}

// movers are words between two values of a noun: from X to Y.
var movers = wordSet("from to von auf zu de a à da di do od na fra til från till van naar из с на в den e ila and und et y och og en oder or или и")
