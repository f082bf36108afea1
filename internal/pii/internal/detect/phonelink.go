package detect

// This file holds the links, the arguments of commands and the words that a phone number follows without a space.

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// isLink reports whether a text ends with the start of a link to a phone number, or with the
// name of a phone number in a vCard: TEL;TYPE=CELL:.
func isLink(before string) bool {
	if strings.HasSuffix(before, "wa.me/") || hasScheme(before) {
		return true
	}
	return strings.HasSuffix(before, ":") && text.HasFold(lineBefore(before, len(before)), 0, "tel;")
}

// schemes are the schemes of addresses whose user can be a phone number: sip:6175550138@pbx1.
var schemes = []string{"sip:", "sips:", "whatsapp:", "sms:", "smsto:", "facetime:", "skype:", "callto:", "tel:", "imessage:", "sip/", "pjsip/", "local/"}

// hasScheme reports whether a text ends with the scheme of a phone number.
func hasScheme(before string) bool {
	if before == "" || before[len(before)-1] != ':' && before[len(before)-1] != '/' {
		return false
	}
	for _, scheme := range schemes {
		n := len(before) - len(scheme)
		if text.HasFold(before, n, scheme) && (n == 0 || !text.Is(before[n-1], text.Alnum)) {
			return true
		}
	}
	return false
}

// endsUser reports whether a number that ends at end is the user of an address, after the last byte of its scheme: sip:6175550138@pbx1,
// SIP/6175550138-00000a1f.
func endsUser(r *Reader, end int, before byte) bool {
	return (before == ':' || before == '/') && r.Next(end) == '@' || before == '/' && r.Next(end) == '-'
}

// isRecipient reports whether the number at start follows the flag, the name of a field or the command before the recipient of a
// message, and the line has a word about messages.
func isRecipient(r *Reader, start int) bool {
	before := r.Text[:start]
	n := len(before)
	for n > 0 && strings.IndexByte("\"'\\", before[n-1]) >= 0 {
		n--
	}
	if n == 0 || before[n-1] != ' ' && before[n-1] != '=' {
		return false
	}
	line := lineBefore(before, n)
	return hasRecipientFlag(line) && followsMessageWord(r, n) || isDialCommand(line)
}

// commandMost bounds the command before the recipient of a message.
const commandMost = 200

// recipientFlags are the flags and fields of the sender and the recipients of a message.
var recipientFlags = []string{"--to", "--from", "--recipient", "--recipients", "--sender", "--number", "--dest", "--destination", "-to", "-from", "-n", "-t", "-r", "-u", "-a", "to", "from", "recipient", "recipients", "sender", "destination", "msisdn", "caller", "callee"}

// hasRecipientFlag reports whether a line ends with one of these flags: "--to ", "--from=".
func hasRecipientFlag(line string) bool {
	line = line[:len(line)-1]
	word := line[strings.LastIndexAny(line, " \t\"'&?")+1:]
	return text.ContainsFold(recipientFlags, word)
}

// messageWords are the commands, services and words of messages to phones.
var messageWords = newWordList(
	"twilio", "signal-cli", "sms", "whatsapp", "wacli", "vonage", "nexmo", "plivo", "messagebird", "sinch", "telnyx", "infobip", "clickatell", "textmagic", "gammu", "mmcli", "asterisk",
	"sendsms", "send-sms", "termux-", "yowsup", "mudslide", "imsg", "imessage", "send-text-message", "originate", "bulksms", "messages:create", "calls:create", "kdeconnect",
)

// followsMessageWord reports whether a word about messages to phones is before i, on the same line. It reads each
// byte once for all numbers of a text.
func followsMessageWord(r *Reader, i int) bool {
	from := max(0, i-commandMost, r.messageRead-len("send-text-message"))
	if from < i {
		if end := messageWords.lastEnd(r.Text[from:i]); end > 0 {
			r.messageEnd = from + end
		}
		r.messageRead = i
	}
	return r.messageEnd > 0 && r.messageEnd <= i && i-r.messageEnd <= commandMost && strings.IndexByte(r.Text[r.messageEnd:i], '\n') < 0
}

// dialCommands are the commands whose next argument is a phone number.
var dialCommands = []string{"termux-telephony-call ", "sendsms text ", "vonage sms ", "nexmo sms ", "sendsms ", "send-sms ", "imsg send ", "wacli send ", "modem dial ", "atdt", "atd "}

// isDialCommand reports whether a line ends with a command that has a phone number as its next argument.
func isDialCommand(line string) bool {
	for _, command := range dialCommands {
		if text.HasFold(line, len(line)-len(command), command) {
			return true
		}
	}
	return false
}

// isAddressed reports whether a number is the sender or the recipient of a message by its key or flag, and
// international: {"to": "14155550126"}.
func isAddressed(r *Reader, p *phoneNumber, start int) bool {
	const least = 11
	if p.groups != 1 || p.n < least {
		return false
	}
	isKey := start == 0 && p.ends[0] == len(r.Text) && text.ContainsFold(addressKeys, r.Key)
	return (isKey || isAfterFlag(r.Text[:start])) && isInternational(r, p, 0, start)
}

// addressKeys are the keys of senders and recipients.
var addressKeys = []string{"to", "from", "recipient", "recipients", "sender", "caller", "callee", "wa_id", "waid", "destination", "dest", "subscriber", "called", "calling"}

// isAfterFlag reports whether a text ends with --to or --from, and a space or an equals sign.
func isAfterFlag(before string) bool {
	n := len(before)
	if n == 0 || before[n-1] != ' ' && before[n-1] != '=' {
		return false
	}
	word := before[text.RunStart(before, n-1, n-1-len("--recipient"), text.KeyChars) : n-1]
	if before[n-1] == '=' && text.ContainsFold(addressKeys, word) && (len(word) == n-1 || strings.IndexByte("&? \"'\n", before[n-2-len(word)]) >= 0) {
		return true // a field of a form
	}
	return strings.HasSuffix(before[:n-1], "--to") || strings.HasSuffix(before[:n-1], "--from") || strings.HasSuffix(before[:n-1], "--recipient")
}

var gluedWords = []string{"work", "cell", "mobile", "mob", "tel", "phone", "fax", "office", "handy", "home", "ph"}

// GluedWords returns the words that a phone number sometimes follows without a space: work312-555-0142.
func GluedWords() []string { return gluedWords }

// GluedPhone detects a phone number that follows the word at i without a space, in the form of North America or of
// a country, or dialled digits.
func GluedPhone(r *Reader, word string, i int) (found span.Span, ok bool) {
	start := i + len(word)
	p := readPhoneNumber(r, start)
	if p.groups == 1 && p.isDialled() && isPhoneEnd(r, p.ends[0]) && !text.ContainsFold([]string{"work", "office", "home"}, word) {
		return acceptPhone(r, span.Generic, start, p.ends[0])
	}
	for ; p.groups > 1; p.cutTo(p.groups - 1) {
		end := p.ends[p.groups-1]
		if isPhoneEnd(r, end) && (p.northAmericanRank() != span.Harmless || p.isNational()) {
			return acceptPhone(r, span.Structural, start, end)
		}
	}
	return found, false
}

// isLineLabel reports whether the name of a phone line, and no other word, follows
// directly at i: "-office", " (cell)".
func isLineLabel(r *Reader, i int) bool {
	if r.nextLetter(i) > i+2 {
		return false
	}
	for limit := i + 2; i < limit && (r.Next(i) == ' ' || r.Next(i) == '-' || r.Next(i) == '('); i++ {
	}
	for _, word := range [...]string{"office", "cell", "mobile", "fax"} {
		end := i + len(word)
		if text.HasFold(r.Text, i, word) && !text.Is(r.Next(end), text.Alnum) {
			return r.Next(end) != ' ' || !text.Is(r.Next(end+1), text.Alnum)
		}
	}
	return false
}
