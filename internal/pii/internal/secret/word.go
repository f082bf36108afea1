package secret

import (
	"maps"
	"slices"
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// A Word is a word that may begin a link, and its detector: it takes the place of the
// word, [start, end), and returns where the search continues, 0 if it found nothing.
type Word struct {
	Word string // in small letters
	At   func(r *Reader, start, end int) int
	Open bool // a longer word may start with it
}

// Words returns the words of all links.
func Words() (all []Word) {
	for _, link := range [...]struct {
		words string
		at    func(r *Reader, start, end int) int
	}{
		{sentenceNouns, noun},
		{loginWords, login},
		{strings.Join(callWords, " "), lastArgument},
		{strings.Join(fillWords, " "), typed},
		{"echo printf", echo},
		{"identified", identified},
		{"env arg", dockerfile},
		{"cookie", cookies},
		{"mnemonic phrase", seedPhrase},
		{"data stringdata", secretObject},
		{"bearer basic", scheme},
		{strings.Join(pathWords, " "), pathToken},
		{strings.Join(CommandNames(), " "), program},
	} {
		for word := range strings.FieldsSeq(link.words) {
			if len(word) > 2 || text.Is(word[0], text.Digit) {
				all = append(all, Word{word, link.at, false})
			}
		}
	}
	for word := range strings.FieldsSeq(nounStems) {
		all = append(all, Word{word, nounStem, true})
	}
	for _, word := range slices.Sorted(maps.Keys(shortCommands)) {
		all = append(all, Word{word, shortProgram, false})
	}
	return all
}

// NounTails returns the nouns, and the words that can follow one, so that a prefilter can
// read the letters before an operator.
func NounTails() (all []string) {
	for noun := range nouns {
		all = append(all, strings.TrimRight(noun, "0123456789"))
	}
	for word := range qualifiers {
		if text.Is(word[len(word)-1], text.Letter) {
			all = append(all, word)
		}
	}
	for _, noun := range foreignNouns {
		all = append(all, noun.word)
	}
	all = append(all, nounEndings...)
	return append(all, "text", "content", "session-id", "session")
}

// scheme detects the credentials after "Bearer" or "Basic".
func scheme(r *Reader, start, _ int) int {
	at := schemeEnd(r.Text[start:min(len(r.Text), start+schemeMost)])
	if at == 0 {
		return 0
	}
	at += start
	end := text.RunEnd(r.Text, at, at+valueMost, text.KeyChars|text.Dot|text.Base64x|text.Tilde)
	value := strings.TrimRight(r.Text[at:end], ".")
	if len(value) < 12 || !text.ShapeOf(value).Random() || !r.judge(Token, LinkHeader, bounds{at, at + len(value), Argument}) {
		return 0
	}
	return at
}

// identified detects the password of IDENTIFIED BY '…'.
func identified(r *Reader, start, end int) int {
	if !text.HasFold(r.Text, end, " by ") {
		return 0
	}
	at := end + len(" by ")
	if text.HasFold(r.Text, at, "password ") {
		at += len("password ")
	}
	b := valueAt(r, at, Bare)
	link := LinkSentence
	if r.Text[start+1] == 'D' { // a statement of SQL
		link = LinkCommand
	} else if r.Next(b.start-1) == '`' {
		return 0
	}
	if !r.judge(Password, link, b) {
		return 0
	}
	return b.start
}

// dockerfile detects the secret of ENV NAME value in a Dockerfile.
func dockerfile(r *Reader, start, end int) int {
	t := r.Text
	if t[start] != 'E' || r.Next(end) != ' ' {
		return 0
	}
	stop := text.RunEnd(t, end+1, end+1+nameMax, text.Upper|text.Digit|text.Joiner)
	if r.Next(stop) != ' ' {
		return 0
	}
	kind := KindOf(t[end+1 : stop])
	b := valueAt(r, stop+1, Argument)
	if !r.judge(kind, LinkEnv, b) {
		return 0
	}
	return b.start
}

// pathWords are words of a URL before a token that is a part of its path.
var pathWords = strings.Fields(`reset invite invites invitation invitations join verify verification confirm confirmation activate activation magic
	unsubscribe token tokens onboard onboarding accept share shared recover recovery signup callback hooks webhook webhooks sso login`)

// pathToken detects a token in the path of a URL: /reset-password/X, /join/X.
func pathToken(r *Reader, start, end int) int {
	t := r.Text
	if p := r.Previous(start); p != '/' && p != '-' && p != '_' || p != '/' && strings.IndexByte("/-_", r.Next(end)) < 0 {
		if t[start:end] == "token" || t[start:end] == "tokens" || text.EqualFold(t[start:end], "token") {
			return noun(r, start, end)
		}
		return login(r, start, end)
	}
	slash := text.RunEnd(t, end, end+nameMax/2, text.KeyChars)
	if r.Next(slash) != '/' {
		return 0
	}
	stop := text.RunEnd(t, slash+1, slash+1+valueMost, text.KeyChars|text.Dot|text.Tilde)
	if n := stop - slash - 1; n < 16 || strings.IndexByte(t[slash+1:stop-1], '.') >= 0 { // a file
		return 0
	}
	b := bounds{slash + 1, stop, Argument}
	for b.end > b.start && t[b.end-1] == '.' {
		b.end--
	}
	if !r.judge(Token, LinkPath, b) {
		return 0
	}
	return b.start
}
