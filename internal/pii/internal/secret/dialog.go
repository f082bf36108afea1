package secret

// This file holds the secrets of dialogs: of mail, file transfer, Redis and IPsec.

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
	if at := callTuple(t, end); at > 0 {
		return pair(r, at)
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
	isQuoted := user.style == Quoted && b.style == Quoted
	isTagged := t[start:end] == "LOGIN" && isDialogTag(t[max(0, start-nameMax):start])
	isEnd := b.style == Quoted || endsLine(r, b.end)
	if b.start > at+1+maxBackslashes || !isEnd || !isQuoted && !isTagged || !r.judge(Password, LinkCommand, b) {
		return 0
	}
	return b.start
}

// callTuple returns where the arguments of a call in a trace start: args:(…, args=(….
func callTuple(in string, i int) int {
	for _, form := range [...]string{" args:(", " args=(", " args: (", " with args ("} {
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
	return found && len(tag) <= 12 && text.HasAnyDigit(tag)
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
		if len(strings.Fields(line)) > 4 || strings.HasSuffix(before, "--- ") || !strings.Contains(before, "USER ") && !strings.Contains(before, "331 ") &&
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
	last := words[n-1]
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
	const marks = 24 // of the client, such as C: or >>>
	t := r.Text
	at := end
	for at < min(len(t), end+marks) && !text.Is(t[at], text.Alnum) {
		at++
	}
	if at < len(t) && r.Next(at+1) == ':' {
		at = text.RunEnd(t, at+2, at+6, text.Space)
	}
	stop := text.RunEnd(t, at, at+valueMost, text.Alnum|text.Base64x)
	if strings.IndexByte(t[end:at], '\n') < 0 || !isBase64(t[at:max(at, stop)]) {
		return 0
	}
	r.addFound(bounds{at, stop, Argument})
	return at
}

// aclDialog detects the passwords of a user of Redis: ACL SETUSER app on >X.
func aclDialog(r *Reader, start, end int) int {
	if !beginsCommand(r, start) {
		return 0
	}
	t := r.Text
	i := end
	for i < min(len(t), end+commandMax) && t[i] == ' ' {
		stop := i + 1
		for stop < min(len(t), i+2*nameMax) && strings.IndexByte(" \t\r\n\"'", t[stop]) < 0 {
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

// tunnelKey detects the secret of a line of ipsec.secrets: user : EAP "X".
func tunnelKey(r *Reader, start, end int) int {
	t := r.Text
	if before := strings.TrimRight(t[max(0, start-maxSpaces):start], " \t"); before == "" || before[len(before)-1] != ':' || !text.Is(t[start], text.Upper) {
		return 0
	}
	at := text.RunEnd(t, end, end+maxSpaces, text.Space)
	if t[start:end] == "RSA" || t[start:end] == "ECDSA" || t[start:end] == "P12" { // : RSA key.pem "X"
		at = text.RunEnd(t, text.RunEnd(t, at, at+nameMax, text.KeyChars|text.Dot), at+nameMax+maxSpaces, text.Space)
	}
	b := valueAt(r, at, Argument)
	if b.style != Quoted && (!endsLine(r, b.end) || isWords(t[b.start:b.end])) || !r.judge(Password, LinkCommand, b) {
		return 0
	}
	return b.start
}

// userID detects the password of USERID=user/X, an argument of the tools of Oracle.
func userID(r *Reader, _, end int) int {
	b := shellWord(r, end+1, min(len(r.Text), end+1+commandMax))
	if strings.Count(r.Text[b.start:b.end], "/") == 1 {
		userPassword(r, argument{b}, "/")
	}
	return 0
}

// accountList detects the passwords of the list of users under chpasswd of cloud-init.
func accountList(r *Reader, start, end int) int {
	t := r.Text
	if start < r.documentEnd || !startsLine(r, start) {
		return 0
	}
	i := end + 1 + lineRest(r, end+1) + 1
	isList := false
	for range rowsMax {
		if i >= len(t) {
			break
		}
		size := lineRest(r, i)
		line := t[i : i+min(size, credentialsLine)]
		content := strings.Trim(line, " -\r\"'")
		if content != "" && line[0] != ' ' {
			break
		}
		user, _, found := strings.Cut(content, ":")
		switch {
		case user == "list":
			isList = true
		case isList && found && content[len(user)+1:] != "" && content[len(user)+1] != ' ':
			at := i + strings.Index(line, content) + len(user) + 1
			r.judge(Password, LinkInput, bounds{at, at + len(content) - len(user) - 1, Argument})
		case found:
			isList = false
		}
		i += size + 1
	}
	r.documentEnd = max(r.documentEnd, min(i, len(t)))
	return 0
}
