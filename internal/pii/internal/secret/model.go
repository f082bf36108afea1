package secret

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// A Decision is how a value was judged.
type Decision struct {
	Start, End int
	Noun, Link string
	Refused    string // why the value can be no secret under any noun, "" if it can be one
	Score      float32
	Weights    []Weight // the features of the value; empty if it was refused
	Accepted   bool
}

// A Weight is a feature and what it adds to the score.
type Weight struct {
	Name  string
	Value float32
}

// judge decides whether a value is a secret and, if it is, adds it to the findings.
func (r *Reader) judge(kind Kind, link Link, b bounds) bool {
	if b.start >= b.end || b.end > len(r.Text) || kind == None {
		return false
	}
	r.isUsed = true
	last := r.refusals.of(b.start)
	if now := (refusal{uint32(b.start), uint32(b.end), b.style, kind, link}); *last != now {
		*last = now
	} else if r.Explain == nil {
		return false
	}
	value := r.Text[b.start:b.end]
	r.Meter.spend(workOfRefusal + len(value)/2)
	if r.isJudgedOften(b) {
		*last = refusal{}
		r.addFound(b)
		return true
	}
	refused := "short"
	if len(value) >= leastOf(kind, link) || kind == Code && len(value) == 3 && isNameOf(value, text.Digit) {
		refused = notSecret(value)
	}
	if refused == "" {
		refused = notBare(kind, link, b.style, value)
	}
	if refused == "" && b.style != Quoted && strings.HasPrefix(r.Text[b.end:], "**") && r.Next(b.start-1) != '*' {
		refused = "masked"
	}
	if refused == "" && b.style != Quoted && (text.HasFold(r.Text, b.end, "<snip") || text.HasFold(r.Text, b.end, "<cut") || text.HasFold(r.Text, b.end, "<trunc")) {
		refused = "masked"
	}
	if c := r.Next(b.end); refused == "" && b.style <= Line && (c == '[' || c == '(') && isNameOf(strings.TrimRight(value, "?!"), text.KeyChars|text.Dot) {
		refused = "call"
	}
	if refused == "" && b.style != Quoted {
		refused = notAlone(r, link, b)
	}
	if refused != "" {
		if r.Explain != nil {
			r.Explain(Decision{Start: b.start, End: b.end, Noun: kindNames[kind], Link: linkNames[link], Refused: refused})
		}
		return false
	}
	r.Meter.spend(workOfFeatures + len(value)/2)
	f := featuresOf(kind, link, b.style, value)
	score := f.score()
	if r.Explain != nil {
		r.Explain(Decision{b.start, b.end, kindNames[kind], linkNames[link], "", score, f.list(), score >= 0})
	}
	if score < 0 {
		return false
	}
	*last = refusal{}
	r.addFound(b)
	return true
}

// A refusal is a value that was judged and is no secret.
type refusal struct {
	start, end uint32
	style      Style
	kind       Kind
	link       Link
}

// refusals are some of the last refusals, so that a value after several nouns is judged once.
type refusals [recentBytes]refusal

// recentBytes is half the bytes of a sentence: most words of sentences that overlap
// have places of their own, and clearing them takes little time.
const recentBytes = 64

// of returns the place of the value that starts at i.
func (l *refusals) of(i int) *refusal { return &l[i%recentBytes] }

const (
	// longValue is the length of a value whose features take long to read.
	longValue = 128
	// judgedMost bounds the bytes of long values that overlap.
	judgedMost = 4096
)

// isJudgedOften reports whether long values that overlap were judged so often before that
// the next of them, b, counts as a secret without being read, as in key=key=key=….
func (r *Reader) isJudgedOften(b bounds) bool {
	if b.start >= r.judgedEnd {
		r.judgedTwice = 0
	} else if size := b.end - b.start; size >= longValue {
		r.judgedTwice += size
	}
	r.judgedEnd = max(r.judgedEnd, b.end)
	return r.judgedTwice > judgedMost
}

// hasASCIIWord reports whether a value has a letter or a digit of ASCII.
func hasASCIIWord(value string) bool {
	for i := range len(value) {
		if text.Is(value[i], text.Alnum) {
			return true
		}
	}
	return false
}

// leastOf returns the length of the shortest value under a noun. The key of anything is random, apart
// from one in an environment or a command: most text has such nouns, and most values are short.
func leastOf(kind Kind, link Link) int {
	if kind == PlainKey && link != LinkEnv && link != LinkCommand {
		return plainKeyLeast
	}
	return valueLeast
}

// notBare returns why a value can be no secret after such a link, "" if it can be one.
func notBare(kind Kind, link Link, style Style, value string) string {
	n := strings.IndexByte(value, '(')
	switch {
	case kind == Token && strings.IndexByte(value, ' ') >= 0:
		return "words"
	case style != Quoted && (inSet(connectors, value) || movers[value]):
		return "filler"
	case kind == Code && isWordNumber(value),
		link == LinkSentence && isMember(value) && isNounName(value),
		link == LinkSentence && strings.IndexByte(value, '_') > 0 && isPlainWord(value) && containsNounWord(value),
		(kind == PlainKey || kind == Key) && isCacheKey(value),
		kind == Code && link != LinkKey && hasLongPart(value),
		kind == Token && link == LinkNear && style != Quoted && isWordNumber(value),
		style != Quoted && isMember(value) && isNounName(value) && !text.HasAnyDigit(value):
		return "name"
	case link != LinkEnv && link != LinkQuery && style != Quoted && strings.IndexByte(value, '_') > 0 && isPlainWord(value) && isNounName(value),
		value[0] == '_' && isNounName(value),
		(kind == Key || kind == PlainKey) && isNounName(strings.TrimRight(value, ")]")),
		link == LinkNear && style != Quoted && isMember(strings.TrimLeft(value, "~*&")),
		link == LinkNear && style != Quoted && text.Is(value[0], text.Digit) && isWordNumbers("a-"+value):
		return "name"
	case style != Quoted && isMember(value) && isFiller(value[strings.LastIndexByte(value, '.')+1:]):
		return "filler"
	case kind != Password && style != Quoted && isMember(value) && !text.HasAnyDigit(value):
		return "member"
	case link == LinkCommand && inSet(auxiliaries, strings.TrimRight(value, ",.")):
		return "filler"
	case (kind == Key || kind == PlainKey) && isFingerprint(value):
		return "fingerprint"
	case (kind == Key || kind == PlainKey) && (!text.HasAnyDigit(value) && !text.IsGibberish(value, text.OneInThree) || isDotted(value)):
		return "words"
	case (link == LinkKey || link == LinkMember || style != Quoted) && link != LinkEnv && hasForeign(value) && !hasASCIIWord(value):
		return "label"
	case link != LinkKey && link != LinkMember && isPointer(value):
		return "label"
	case style != Bare && style != Line && link != LinkFlag:
	case style != Quoted && inSet(proseFillers, value):
		return "filler"
	case style == Line && isMember(value) && isNounName(value):
		return "name"
	case style == Bare && (isNounName(value) || isFiller(strings.TrimRight(value, "0123456789"))):
		return "name"
	case style == Bare && strings.Contains(value, ")."):
		return "call"
	case style == Bare && n > 0 && text.IsIdentifier(strings.ReplaceAll(value[:n], ".", "_")):
		return "call"
	}
	return ""
}

// notAlone returns why a value without quotes can be no secret before the rest of its line, "" if it can be one.
func notAlone(r *Reader, link Link, b bounds) string {
	value := r.Text[b.start:b.end]
	switch {
	case r.Next(b.end) != ' ':
	case value[0] == '!' && isNameOf(value[1:], text.Letter|text.Joiner): // a tag of YAML
		return "reference"
	case link == LinkSetting && b.style == Bare && isNameOf(value, text.Letter|text.Foreign):
		rest := r.Text[b.end:min(len(r.Text), b.end+nameMax)]
		if nounIn(rest[:lineLength(rest)]) != None {
			return "label"
		}
	}
	return ""
}

// auxiliaries are words after the word password in a sentence that looks like a command.
var auxiliaries = wordSet("must will should can cannot may might is are was were be has have options option properties fields field login and or for to in of")

// addFound adds a value to the findings. Assignments within it are ignored. A value that was cut at
// valueMost ends where its run of bytes does.
func (r *Reader) addFound(b bounds) {
	if b.end-b.start >= valueMost && b.end > r.secretEnd {
		if n := strings.IndexAny(r.Text[b.end:], bareStops); n >= 0 {
			b.end += n
		} else {
			b.end = len(r.Text)
		}
	}
	r.Found = append(r.Found, span.Span{Start: b.start, End: b.end, ID: span.Secret, Rank: span.Generic})
	r.secretEnd = max(r.secretEnd, b.end)
}

// score returns the sum of the weights of the features.
func (f *features) score() (sum float32) {
	for i := range featureCount {
		if f.has(i) {
			sum += weights[i]
		}
	}
	return sum
}

// list returns the features with their weights.
func (f *features) list() (all []Weight) {
	for i := range featureCount {
		if f.has(i) {
			all = append(all, Weight{featureNames[i], weights[i]})
		}
	}
	return all
}
