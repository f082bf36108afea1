package detect

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// A support is how strongly the text around a number indicates that it is a phone number.
type support uint8

const (
	noSupport     support = iota
	proseSupport          // a sentence, or the number is alone on its line
	callSupport           // a word such as call shortly before, or another phone number
	phoneSupport          // a word such as phone near
	directSupport         // the key, or a word such as phone directly before
)

// A textBefore is what the text before a number indicates, whatever its end is.
type textBefore struct {
	start        int
	support      support
	isIdentified bool // by a word about identifiers or counters
	isRead       bool
	prose        proseBefore
}

// A proseBefore is the line before a number as a part of a sentence.
type proseBefore struct {
	isRead   bool
	afterNo  bool   // another number is before
	phrase   string // the line
	isStart  bool   // nothing precedes the number on its line
	isPhrase bool   // words without bytes of code
	isListed bool   // a word about identifiers or counters is near
}

// supportFor returns the support for the number in [start, end).
func supportFor(r *Reader, start, end int) support {
	before := r.textBefore(start)
	switch {
	case before.support == directSupport, isLineLabel(r, end):
		return directSupport
	case before.isIdentified, isIdentifiedByKey(r, start, end):
		return noSupport
	case before.support == phoneSupport, r.hasContextAfter(PhoneContext, end):
		return phoneSupport
	case before.support == callSupport:
		return callSupport
	case isAlone(r, start, end):
		if isSignature(r, start) {
			return callSupport
		}
		return proseSupport
	case isProse(r, start, end):
		return proseSupport
	}
	return noSupport
}

// mayBeSupported reports whether a number at start, cut to any of its groups, can be a phone
// number by its context or without one. It reads the text around the number once for all ends.
func mayBeSupported(r *Reader, p *phoneNumber, start int) bool {
	if p.digits[0] == '0' && p.digits[1] < '2' || len(r.Key) == len("de") || isAfterFlag(r.Text[:start]) { // isDialledAbroad, isOfCountryInKey, isAddressed
		return true
	}
	if r.textBefore(start).support != noSupport || r.nextLetter(start) < p.ends[p.groups-1]+contextAfter {
		return true
	}
	if _, startsLine := skipBullet(r.Text, start); startsLine {
		return true
	}
	return r.proseBefore(start).mayBeProse()
}

// textBefore reads the text before the number at start. It reads it once for all ends.
func (r *Reader) textBefore(start int) *textBefore {
	b := &r.before
	if b.isRead && b.start == start {
		return b
	}
	*b = textBefore{start: start, isRead: true}
	hasWords := r.hasAnyContextBefore(start)
	switch {
	case isPhoneKey(r), isLink(r.Text[:start]), isRecipient(r, start),
		hasWords && (isLabelled(r, PhoneContext, start) || r.hasForeignContextBefore(PhoneContext, start, len(" 123: "))):
		b.support = directSupport
	case !hasWords:
		if isNextPhone(r, start) {
			b.support = callSupport
		}
	case isIdentified(r, start):
		b.isIdentified = true
	case r.hasContextBefore(PhoneContext, start, contextBefore), r.hasForeignContextBefore(PhoneContext, start, contextBefore):
		b.support = phoneSupport
	case r.hasContextBefore(CallContext, start, callBefore), isNextPhone(r, start):
		b.support = callSupport
	}
	return b
}

// isNextPhone reports whether a phone number is shortly before the number at start.
func isNextPhone(r *Reader, start int) bool {
	return r.phoneEnd > 0 && start-r.phoneEnd <= phonesApart && isWordsOnly(r.Text[r.phoneEnd:start])
}

const (
	// callBefore is how far a word such as call may be from its number: "call me back at".
	callBefore = 20
	// phonesApart is how far two phone numbers of one list are apart.
	phonesApart = 16
	// labelMost bounds the text between a label and its number: " number is: ".
	labelMost = 14
)

// isPhoneKey reports whether the key is the name of a phone number, such as phone_number,
// and not that of an identifier or a counter, such as phone_number_id.
func isPhoneKey(r *Reader) bool {
	const others = IdentifierContext | ListContext | VersionContext | CardContext | SocialSecurityContext | IBANContext
	if r.Key == "" {
		return false
	}
	return r.keyContexts()&PhoneContext != 0 && r.keyContexts()&others == 0 && !isAttribute(r.Key) || text.ContainsFold(contactKeys, r.Key)
}

// isAttribute reports whether a key ends with the name of an attribute of a phone number:
// phone_verified_at, phoneCallCount.
func isAttribute(key string) bool {
	start := text.RunStart(key, len(key), 0, text.Lower)
	if start > 0 && text.Is(key[start-1], text.Upper) {
		start--
	}
	return text.ContainsFold(attributeWords, key[start:])
}

var attributeWords = []string{
	"at", "on", "since", "until", "by", "time", "date", "age", "expires", "expiry", "duration", "seconds", "secs", "minutes", "verified", "confirmed", "created",
	"updated", "enabled", "status", "type", "attempts", "retries", "quota", "cost", "price", "amount", "average", "avg", "sum", "max", "min", "calls", "minutes",
	"interval", "timeout", "delay", "balance", "rate", "timestamps", "users", "visits", "visitors", "sessions", "views", "pageviews", "clicks", "installs", "revenue",
	"traffic", "impressions", "remaining", "left", "seen", "used", "limit", "ended", "started", "sent", "delivered", "received",
}

// contactKeys are keys of phone numbers without a word such as phone.
var contactKeys = []string{
	"contact_number", "contactnumber", "contact number", "contact-number", "contact_no", "contactno", "contact no", "cell", "cell_number", "cellnumber",
	"cell number", "cell_no", "callback_number", "callbacknumber", "caller_number", "callernumber", "caller_id", "to_number", "from_number", "tonumber", "fromnumber", "callerid", "caller_id_number", "dialed_number",
}

// isLabelled reports whether a word of a context is directly before i, with at most words
// such as number, "is" and signs such as a colon between.
func isLabelled(r *Reader, want Context, i int) bool {
	if !r.hasContextBefore(want, i, labelMost) {
		return false
	}
	gap := r.Text[r.lastContext(want):i]
	if want == CallContext && strings.HasPrefix(gap, "(") {
		return false // the call of a function
	}
	if want == PhoneContext && gap != "" && text.Is(gap[0], text.Joiner|text.Upper) && isAttribute(strings.TrimRight(gap, `:=> "'`)) {
		return false // phone_verified_at: …
	}
	letters := 0
	for k := range len(gap) {
		switch c := gap[k]; {
		case text.Is(c, text.Letter):
			letters++
		case text.Is(c, text.Digit):
			if k == 0 || !text.Is(gap[k-1], text.Letter) {
				return false
			}
		case c == '/', c == '[', c == '{', c == ';',
			c == '.' && k+1 < len(gap) && text.Is(gap[k+1], text.Letter):
			return false
		}
	}
	return letters <= len("numbers at")
}

// isIdentifiedByKey reports whether the key of a text that is the number [start, end) is about
// identifiers or counters.
func isIdentifiedByKey(r *Reader, start, end int) bool {
	return start == 0 && end == len(r.Text) && r.isAboutKey(harmlessContexts)
}

// isIdentified reports whether a word about identifiers or counters labels the number at start.
func isIdentified(r *Reader, start int) bool {
	for _, c := range [...]Context{IdentifierContext, ListContext, VersionContext} {
		if isLabelled(r, c, start) && r.lastContext(c) > r.lastContext(PhoneContext) && r.lastContext(c) > r.lastContext(CallContext) {
			return true
		}
	}
	return false
}

// isWordsOnly reports whether a short text between two phone numbers has no digits and no
// bytes of code.
func isWordsOnly(in string) bool {
	for i := range len(in) {
		if text.Is(in[i], text.Digit) || isCode[in[i]] {
			return false
		}
	}
	return true
}

// isCode has the bytes that are common in code and rare in sentences.
var isCode = [256]bool{
	'{': true, '}': true, '[': true, ']': true, '<': true, '>': true, '=': true, '|': true, ';': true, '`': true,
	'$': true, '_': true, '#': true, '*': true, '^': true, '~': true, '&': true, '%': true, '\\': true, '\t': true,
}

// lineMost bounds how much of a line around a number is read.
const lineMost = 64

// lineBefore returns up to lineMost bytes of the line before i. A newline may be escaped.
func lineBefore(in string, i int) string {
	from := i
	for limit := max(0, i-lineMost); from > limit && !isNewline(in, from-1); from-- {
	}
	return in[from:i]
}

// lineAfter returns up to lineMost bytes of the line from i on.
func lineAfter(in string, i int) string {
	end := i
	for limit := min(len(in), i+lineMost); end < limit && in[end] != '\n' && !isNewline(in, end+1); end++ {
	}
	return in[i:end]
}

// isNewline reports whether a newline, or its escape \n, ends with the byte at i.
func isNewline(in string, i int) bool {
	return i < len(in) && (in[i] == '\n' || in[i] == 'n' && i > 0 && in[i-1] == '\\')
}

// isAlone reports whether the number in [start, end) is alone on its line, and the line
// before or after it is one of words, as in a signature or an address.
func isAlone(r *Reader, start, end int) bool {
	lineStart, startsLine := skipBullet(r.Text, start)
	lineEnd, endsLine := skipEnd(r.Text, end)
	switch {
	case !startsLine || !endsLine:
		return false
	case lineStart > 0:
		previous := lineStart - len("\n")
		if r.Text[previous] == 'n' {
			previous--
		}
		return isPhrase(lineBefore(r.Text, previous))
	}
	return lineEnd == len(r.Text) || isPhrase(lineAfter(r.Text, min(len(r.Text), lineEnd+1)))
}

// skipBullet returns the start of the line of the number at i if only spaces, a bullet or a
// letter such as T for telephone precede it.
func skipBullet(in string, i int) (start int, ok bool) {
	letters := 0
	for limit := max(0, i-12); i > limit && !isNewline(in, i-1); i-- {
		switch c := in[i-1]; {
		case c == ' ', c == '-', c == '"', text.Is(c, text.Foreign):
		case c == ':' && letters == 0, c == '.' && letters == 0:
		case strings.IndexByte("TtMmPp", c) >= 0 && letters == 0:
			letters++
		default:
			return 0, false
		}
	}
	return i, i == 0 || isNewline(in, i-1)
}

// skipEnd returns the end of the line that a number ends at i if only spaces and
// punctuation follow it.
func skipEnd(in string, i int) (end int, ok bool) {
	for limit := min(len(in), i+8); i < limit && strings.IndexByte(" .,;\r\"", in[i]) >= 0; i++ {
	}
	return i, i == len(in) || in[i] == '\n' || isNewline(in, i+1)
}

// isSignature reports whether a number that is alone on its line follows shortly after the end of a letter.
func isSignature(r *Reader, start int) bool {
	return r.hasContextBefore(GreetingContext, start, contextBefore) || r.hasForeignContextBefore(GreetingContext, start, contextBefore)
}
