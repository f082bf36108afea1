package secret

// This file holds the secrets of dialogs: of mail, file transfer and Redis.

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// dialogMax bounds what is read before the password of a dialog for its user.
const dialogMax = 240

// loginDialog detects the password after the command LOGIN of IMAP, or after a function of a
// shell: A1 LOGIN "user" "X", login 'user' 'X', login args:('user', 'X').
func loginDialog(r *Reader, start, end int) int {
	t := r.Text
	isQuotedName := text.Is(r.Next(end), text.Quote) // 'login' args:(
	if isQuotedName {
		end++
	}
	if at := callTuple(t, end); at > 0 {
		return pair(r, at)
	}
	if isQuotedName {
		return 0
	}
	limit := min(len(t), end+commandMax)
	user := shellWord(r, text.RunEnd(t, end, end+maxSpaces, text.Space), limit)
	at := user.end
	if user.style == Quoted {
		for at < limit && (t[at] == '\\' || text.Is(t[at], text.Quote)) {
			at++
		}
	}
	if user.start == user.end || r.Next(at) != ' ' {
		return 0
	}
	b := shellWord(r, at+1, limit)
	isQuoted := user.style == Quoted && b.style == Quoted && (!isWords(t[b.start:b.end]) || strings.IndexByte(" \n\x00", r.Previous(start)) >= 0)
	isTagged := isDialogTag(t[max(0, start-nameMax):start]) && (t[start:end] == "LOGIN" || b.style != Quoted && !isWords(t[b.start:b.end]))
	isEnd := b.style == Quoted || endsLine(r, b.end)
	if b.start > at+1+maxBackslashes || !isEnd || !isQuoted && !isTagged || !r.judge(Password, LinkCommand, b) {
		return 0
	}
	return b.start
}

// callTuple returns where the arguments of a call in a trace start: args:(…, args=(….
func callTuple(in string, i int) int {
	for _, form := range [...]string{" args:(", " args=(", " args: (", " with args (", " called with ("} {
		if text.HasFold(in, i, form) {
			return i + len(form)
		}
	}
	return 0
}

// isDialogTag reports whether a text ends with the tag of a command of IMAP: A001, a1, 12.
func isDialogTag(before string) bool {
	before, found := strings.CutSuffix(before, " ")
	tag := before[text.RunStart(before, len(before), len(before)-nameMax, text.Alnum|text.Dot):]
	return found && len(tag) <= 8 && text.RunEnd(tag, min(1, len(tag)), len(tag), text.Digit) == len(tag) && text.HasAnyDigit(tag)
}

// passDialog detects the password after PASS of FTP, POP and IRC, whose user is named shortly
// before, or after user X / pass.
func passDialog(r *Reader, start, end int) int {
	t := r.Text
	from := max(0, start-dialogMax)
	before := t[from:start]
	if t[start:end] == "PASS" {
		line := before[strings.LastIndexByte(before, '\n')+1:]
		after := t[end:min(len(t), end+dialogMax/2)]
		if len(strings.Fields(line)) > 4 || strings.HasSuffix(before, "--- ") || !strings.Contains(before, "USER ") && (!strings.Contains(before, "331 ") || !strings.Contains(before, "assword")) &&
			!strings.Contains(before, "+OK") && !strings.Contains(after, "\nNICK ") && !strings.Contains(after, "\nUSER ") {
			return 0
		}
	} else if !isUserBefore(before) {
		return 0
	}
	b := shellWord(r, text.RunEnd(t, end, end+2, text.Space), min(len(t), end+valueMost))
	if b.style != Quoted && !endsLine(r, b.end) || !r.judge(Password, LinkCommand, b) {
		return 0
	}
	return b.start
}

// isUserBefore reports whether a text ends with a user and a sign: user kim /, login=kim,.
func isUserBefore(before string) bool {
	before = strings.TrimRight(before, " ")
	if before == "" || strings.IndexByte("/,;|", before[len(before)-1]) < 0 {
		return false
	}
	before = strings.TrimRight(before, " /,;|")
	space := strings.LastIndexByte(before, ' ')
	if space < 0 {
		return false
	}
	before = strings.TrimRight(before[:space], " :=")
	word := before[text.RunStart(before, len(before), len(before)-nameMax, text.Letter):]
	return text.EqualFold(word, "user") || text.EqualFold(word, "username")
}

// authDialog detects the credentials after AUTH of SMTP, IMAP and Redis: AUTH PLAIN X, AUTH LOGIN
// user X in base64, AUTH user X.
func authDialog(r *Reader, start, end int) int {
	const wordsMost = 3
	t := r.Text
	if word := t[start:end]; word != "AUTH" && word != "AUTHENTICATE" && !text.HasFold(t, end, " plain ") {
		return 0
	}
	var words [wordsMost]bounds
	n := 0
	for at := end; n < wordsMost && r.Next(at) == ' '; n++ {
		stop := text.RunEnd(t, at+1, at+1+valueMost, text.KeyChars|text.Dot|text.Base64x|text.OddKey|text.Tilde)
		if stop == at+1 {
			break
		}
		words[n] = bounds{at + 1, stop, Argument}
		at = stop
	}
	if n == 0 {
		return 0
	}
	last := words[n-1] //nolint:gosec // n is from 1 to the length
	switch method := t[words[0].start:words[0].end]; {
	case dialogMethods[method] && n > 1 && isBase64(t[last.start:last.end]):
		r.addFound(last)
		return last.start
	case dialogMethods[method], n > 2, t[start] != 'A', !endsLine(r, last.end), !startsCommand(r, start), isWords(t[last.start:last.end]):
		return 0
	}
	r.judge(Password, LinkCommand, last)
	return 0
}

// dialogMethods are the methods of authentication whose credentials are in base64.
var dialogMethods = wordSet("PLAIN LOGIN CRAM-MD5 XOAUTH2 OAUTHBEARER DIGEST-MD5 NTLM plain login")

// isBase64 reports whether a value is in base64 with its padding.
func isBase64(value string) bool {
	return len(value) >= 8 && len(value)%4 == 0 && isNameOf(value, text.Alnum|text.Base64x)
}

// promptDialog detects the password on the line after the prompt of SMTP in base64: 334 UGFzc3dvcmQ6.
func promptDialog(r *Reader, _, end int) int {
	t := r.Text
	at := text.RunEnd(t, end, end+4, text.Space)
	line := t[at:min(len(t), at+dialogMax)]
	line = strings.TrimRight(line[:lineLength(line)], "\r ")
	last := strings.LastIndexByte(line, ' ') + 1 // after the marks of the client, such as C:
	if at == end || !isBase64(line[last:]) {
		return 0
	}
	r.addFound(bounds{at + last, at + len(line), Argument})
	return at
}

// aclDialog detects the passwords of a user of Redis: ACL SETUSER app on >X.
func aclDialog(r *Reader, start, end int) int {
	if !beginsCommand(r, start) {
		return 0
	}
	t := r.Text
	i := end
	for i < min(len(t), end+commandMax) && strings.IndexByte(" \"'\\", t[i]) >= 0 {
		stop := i + 1
		for stop < min(len(t), i+2*nameMax) && strings.IndexByte(" \t\r\n\"'\\", t[stop]) < 0 {
			stop++
		}
		if c := r.Next(i + 1); c == '>' || c == '<' {
			r.judge(Password, LinkCommand, bounds{i + 2, stop, Argument})
		}
		i = stop
	}
	r.commandEnd = max(r.commandEnd, i)
	return 0
}

// consoleUser detects the password after the user in the console of a client of FTP: ftp> user name X.
func consoleUser(r *Reader, start, end int) int {
	t := r.Text
	if !strings.HasSuffix(t[max(0, start-8):start], "ftp> ") {
		return 0
	}
	user := shellWord(r, text.RunEnd(t, end, end+2, text.Space), min(len(t), end+nameMax))
	if r.Next(user.end) != ' ' {
		return 0
	}
	b := shellWord(r, user.end+1, min(len(t), user.end+valueMost))
	if !r.judge(Password, LinkCommand, b) {
		return 0
	}
	return b.start
}
