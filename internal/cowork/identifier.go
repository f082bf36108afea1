package cowork

// This file holds the shapes of short texts: names, identifiers, and markers of redacted
// values.

import "strings"

// The classes of the characters that names and identifiers consist of.
const (
	letter   = 1 << iota // a to z, A to Z
	digit                // 0 to 9
	hexDigit             // digits, a to f, A to F
	keyChar              // letters, digits, dash, underscore
	nameChar             // and dot
)

// classes are the classes of each character.
var classes = func() (c [256]uint8) {
	set := func(chars string, class uint8) {
		for i := range len(chars) {
			c[chars[i]] |= class
		}
	}
	set("0123456789", digit|hexDigit|keyChar|nameChar)
	set("abcdefABCDEF", letter|hexDigit|keyChar|nameChar)
	set("ghijklmnopqrstuvwxyzGHIJKLMNOPQRSTUVWXYZ", letter|keyChar|nameChar)
	set("-_", keyChar|nameChar)
	set(".", nameChar)
	return c
}()

// maxNameLen is the greatest length of a name in bytes.
const maxNameLen = 128

// namePrefixes are removed from names. Clients' bodies, third parties and this
// collector's own kinds use them.
var namePrefixes = [...]string{"claude_code.", "claude_cowork.", "cowork."}

// ShortName returns the name of a kind without its prefixes, "" for text that is not a
// name. All prefixes are removed, so that the short name of a short name is the same. A
// name begins with a letter: a phone number has the characters of a name too.
func ShortName(name string) string {
	for dropped := true; dropped; {
		dropped = false
		for _, prefix := range namePrefixes {
			if rest, ok := strings.CutPrefix(name, prefix); ok {
				name, dropped = rest, true
			}
		}
	}
	if name == "" || name == undefined || len(name) > maxNameLen || classes[name[0]]&letter == 0 {
		return ""
	}
	for i := range len(name) {
		if classes[name[i]]&nameChar == 0 {
			return ""
		}
	}
	return name
}

// maxDigits is the longest run of digits in an identifier, without the dashes and
// underscores between them: one more could be a phone number.
const maxDigits = 6

// Cards have between minCard and maxCard digits.
const minCard, maxCard = 12, 19

// idPrefixes are the prefixes of the identifiers of the API, the client and its sessions.
var idPrefixes = [...]string{
	"toolu_", "srvtoolu_", "mcptoolu_", "req_", "msg_", "user_", "org_", "cse_", "wf_", "session_", "sess_", "resp_",
	"msgbatch_", "file_", "container_", "agent_", "task_", "run_", "evt_", "wrkspc_", "skill_", "plugin_", "conv_",
}

// IsIdentifier reports whether text has the shape of an identifier: a UUID, a key
// with a known prefix such as toolu_ or req_, or the hexadecimal digits of a hash.
//
// It decides what passes unscanned, so it is strict. What it rejects is scanned,
// whereas an e-mail address, a name or a card number must never pass: a key needs a
// digit, and no run of digits in it may be as long as a phone number.
func IsIdentifier(s string) bool {
	if isUUID(s) || isHash(s) {
		return true
	}
	for _, prefix := range idPrefixes {
		if rest, ok := strings.CutPrefix(s, prefix); ok {
			return isUUID(rest) || isHash(rest) || isKey(rest)
		}
	}
	return false
}

// isUUID accepts 8-4-4-4-12 hexadecimal digits.
func isUUID(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i := range len(s) {
		dash := i == 8 || i == 13 || i == 18 || i == 23
		if dash != (s[i] == '-') || !dash && classes[s[i]]&hexDigit == 0 {
			return false
		}
	}
	return true
}

// isHash accepts hexadecimal digits with at least one letter: two cards in a row have
// the length of a hash too. In a hash of a common length, runs of digits are random
// unless one is a card; any other hash must not contain a shorter number either.
func isHash(s string) bool {
	if len(s) < 8 || len(s) > 64 {
		return false
	}
	letters := 0
	for i := range len(s) {
		class := classes[s[i]]
		if class&hexDigit == 0 {
			return false
		}
		if class&letter != 0 {
			letters++
		}
	}
	switch len(s) {
	case 32, 40, 64:
		return letters > 0 && !hidesCard(s)
	case 16, 17:
		// Span ids, plugins' hashes and subagents' ids.
		return letters > 0 && longestNumber(s) < minCard
	default:
		return letters > 0 && longestNumber(s) <= maxDigits
	}
}

// isKey accepts the text after a prefix: 4 to 64 letters, digits, dashes and
// underscores, a digit among them.
func isKey(s string) bool {
	if len(s) < 4 || len(s) > 64 {
		return false
	}
	for i := range len(s) {
		if classes[s[i]]&keyChar == 0 {
			return false
		}
	}
	n := longestNumber(s)
	return 0 < n && n <= maxDigits && !hasWord(s)
}

// hasWord reports whether dashes and underscores split the text into words, one of them
// without a digit: john-smith-4821 is not a key.
func hasWord(s string) bool {
	if !strings.ContainsAny(s, "-_") {
		return false
	}
	for word := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == '-' || r == '_' }) {
		if len(word) > 1 && strings.IndexFunc(word, func(r rune) bool { return r <= '9' }) < 0 {
			return true
		}
	}
	return false
}

// longestNumber counts the digits of the longest run that dashes and underscores may
// interrupt, as they do in written cards and phone numbers.
func longestNumber(s string) int {
	longest, run := 0, 0
	for i := range len(s) {
		switch c := s[i]; {
		case classes[c]&digit != 0:
			run++
			longest = max(longest, run)
		case c != '-' && c != '_':
			run = 0
		}
	}
	return longest
}

// hidesCard reports whether a run of digits is a card's by length and checksum, or
// so long that it could hold one anywhere.
func hidesCard(s string) bool {
	for run := range strings.FieldsFuncSeq(s, func(r rune) bool { return r < '0' || r > '9' }) {
		if len(run) > maxCard || len(run) >= minCard && luhn(run) {
			return true
		}
	}
	return false
}

// luhn reports whether the last digit is the check digit of the others.
func luhn(digits string) bool {
	sum := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			d *= 2
		}
		sum += d/10 + d%10
	}
	return sum%10 == 0
}

// IsMarker reports whether text is only a marker of a redacted value: [REDACTED],
// [REDACTED_EMAIL] and the like, or the <REDACTED> that clients write. A marker's name
// is too short for a disguised number.
func IsMarker(s string) bool {
	if s == clientMarker || s == "[REDACTED]" {
		return true
	}
	name, ok := strings.CutPrefix(s, "[REDACTED_")
	if !ok {
		return false
	}
	name, ok = strings.CutSuffix(name, "]")
	return ok && isMarkerName(name)
}

// clientMarker replaces content that a client does not send.
const clientMarker = "<REDACTED>"

func isMarkerName(s string) bool {
	if s == "" || len(s) > 64 {
		return false
	}
	digits := 0
	for i := range len(s) {
		switch c := s[i]; {
		case classes[c]&digit != 0:
			digits++
		case c != '_' && (c < 'A' || c > 'Z'):
			return false
		}
	}
	return digits <= maxDigits
}
