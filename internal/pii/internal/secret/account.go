package secret

// This file holds the secrets of accounts and servers in files with a syntax of their own: of IPsec,
// routers, Oracle and cloud-init.

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// tunnelKey detects the secret of a line of ipsec.secrets: user : EAP "X".
func tunnelKey(r *Reader, start, end int) int {
	t := r.Text
	if t[start:end] == "NTLM" {
		return accountHash(r, end)
	}
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

// accountHash detects the hash of a password after NTLM and a colon, at i.
func accountHash(r *Reader, i int) int {
	const size = 32
	colon := text.RunEnd(r.Text, i, i+maxSpaces, text.Space)
	at := text.RunEnd(r.Text, colon+1, colon+1+maxSpaces, text.Space)
	if end := text.RunEnd(r.Text, at, at+size+1, text.Hexa); r.Next(colon) == ':' && end-at == size {
		r.addFound(bounds{at, end, Argument})
		return at
	}
	return 0
}

// serverKey detects the key of a server of RADIUS or TACACS on a line of its own: key 7 X.
func serverKey(r *Reader, start, end int) int {
	t := r.Text
	if !startsLine(r, start) {
		return 0
	}
	before := t[max(0, start-dialogMax):start]
	if !strings.Contains(before, "address ipv") && !hasWordBefore(before, "tacacs", "radius") {
		return 0
	}
	at := text.RunEnd(t, end, end+2, text.Space)
	if r.Next(at+1) == ' ' && text.Is(r.Next(at), text.Digit) {
		at += 2
	}
	b := valueAt(r, at, Argument)
	if !endsLine(r, b.end) || !r.judge(Password, LinkCommand, b) {
		return 0
	}
	return b.start
}

// agentKeys detects the keys of a user of SNMP: SHA X AES Y.
func agentKeys(r *Reader, _, end int) int {
	t := r.Text
	limit := min(len(t), end+2*nameMax)
	auth := shellWord(r, text.RunEnd(t, end, end+2, text.Space), limit)
	method := text.RunEnd(t, auth.end+1, auth.end+1+8, text.Alnum)
	if r.Next(auth.end) != ' ' || r.Next(method) != ' ' || !inSet(privacyMethods, t[auth.end+1:method]) {
		return 0
	}
	r.judge(Password, LinkCommand, auth)
	r.judge(Password, LinkCommand, shellWord(r, method+1, limit))
	return 0
}

// privacyMethods are the methods of encryption of SNMP.
var privacyMethods = wordSet("aes aes128 aes192 aes256 des 3des")

// enteredCells detects the password in a line of Robot Framework, whose cells have two spaces or more
// between them: Input Password    id:pwd    X.
func enteredCells(r *Reader, _, end int) int {
	const keyword = " password"
	t := r.Text
	if !text.HasFold(t, end, keyword) {
		return 0
	}
	line := t[end+len(keyword) : end+len(keyword)+min(2*nameMax, lineRest(r, end+len(keyword)))]
	line = strings.TrimRight(line, " \r")
	last := strings.LastIndex(line, "  ")
	if !strings.HasPrefix(line, "  ") || last < 2 {
		return 0
	}
	at := end + len(keyword) + last + 2
	r.judge(Password, LinkCall, bounds{at, end + len(keyword) + len(line), Argument})
	return 0
}

// userID detects the password of USERID=user/X, an argument of the tools of Oracle.
func userID(r *Reader, _, end int) int {
	b := shellWord(r, end+1, min(len(r.Text), end+1+commandMax))
	if strings.Count(r.Text[b.start:b.end], "/") == 1 {
		userPassword(r, argument{b}, "/")
	}
	return 0
}

// flowList judges the accounts of a list in [i, end): list: ["user:X", "user:X"].
func flowList(r *Reader, i, end int) {
	n := strings.Index(r.Text[i:end], "list: [")
	if n < 0 {
		return
	}
	for i += n + len("list: ["); i < end; {
		size := strings.IndexAny(r.Text[i:end], ",]\n")
		if size < 0 {
			size = end - i
		}
		item := strings.TrimRight(r.Text[i:i+size], " \"'")
		if colon := strings.IndexByte(item, ':'); colon > 0 {
			r.judge(Password, LinkInput, bounds{i + colon + 1, i + len(item), Argument})
		}
		i += size + 1
	}
}

// accountList detects the passwords of the list of users under chpasswd of cloud-init.
func accountList(r *Reader, start, end int) int {
	t := r.Text
	if start < r.documentEnd || !startsLine(r, start) {
		return 0
	}
	first := end + 1
	i := first + lineRest(r, first) + 1
	flowList(r, first, min(len(t), first+credentialsLine, i))
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
