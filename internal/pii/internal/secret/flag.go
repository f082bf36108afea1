package secret

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// Flag detects a secret as the argument of the flag that starts with the dashes [i, end):
// a flag that is named by a noun, or -u with user:password.
func Flag(r *Reader, i, end int) int {
	t := r.Text
	if p := r.Previous(i); p != 0 && !text.Is(p, text.Space) && !text.Is(p, text.Quote) && p != '[' && p != '(' {
		return end
	}
	stop := text.RunEnd(t, end, end+nameMax, text.Alnum|text.Joiner)
	flag := t[end:stop]
	switch {
	case flag == "u" || (flag == "user" || flag == "userpwd" || flag == "proxy-user") && end-i == 2:
		return userFlag(r, stop)
	case len(flag) == 1 && (flag == "p" || flag == "w") && end-i == 1 && r.Next(stop) == ' ' && followsUserFlag(r, i):
		if b := valueAt(r, stop+1, Argument); b.start < b.end && strings.IndexByte("-$<", r.Text[b.start]) < 0 && !isPort(r.Text[b.start:b.end]) {
			r.judge(Password, LinkFlag, b)
		}
		return end
	case text.Is(r.Previous(i), text.Quote) && text.Is(r.Next(stop), text.Quote), text.Is(r.Previous(i), text.Quote) && end-i == 1 && len(flag) > 3:
		listFlag(r, i, stop)
		return end
	case len(flag) < 2 || r.Next(stop) != ' ' && r.Next(stop) != ':':
		return end
	}
	if strings.HasSuffix(flag, "stdin") {
		redirected(r, text.RunEnd(t, stop+1, stop+1+maxSpaces, text.Space), "")
		return end
	}
	kind := KindOf(flag)
	if kind < Code && inSet(valueFlags, flag) && isStoreCommand(t[lineStart(r, i):i]) {
		kind = Password
	}
	if kind < Code || strings.ContainsAny(flag, "0123456789") {
		return end
	}
	at := text.RunEnd(t, stop+1, stop+1+maxSpaces, text.Space)
	if strings.HasPrefix(t[at:], "<<<") {
		redirected(r, at, "")
		return end
	}
	if strings.HasPrefix(t[at:], "pass:") { // openssl -passin pass:X
		at += len("pass:")
	}
	b := valueAt(r, at, Argument)
	if b.style != Quoted && r.Next(b.start) == '-' { // the next flag
		return end
	}
	if !r.judge(kind, LinkFlag, b) {
		return end
	}
	return b.start
}

// valueFlags are flags before the value of a secret that the command names before.
var valueFlags = wordSet("value data string plaintext content text body val")

// isStoreCommand reports whether a command has one of the words for what a store of secrets holds, and
// one that stores it: coder secret create mail.
func isStoreCommand(before string) bool {
	before = before[max(0, len(before)-2*nameMax):]
	isSecret, isStored := false, false
	for word := range strings.FieldsSeq(before) {
		isSecret = isSecret || storedWords[word]
		isStored = isStored || isSecret && storeWords[word]
	}
	return isStored
}

var (
	storedWords = wordSet("secret secrets password passwords credential credentials token vault")
	storeWords  = wordSet("create set add put update write store edit upsert new")
)

// followsUserFlag reports whether the flag at i follows one for the user: tool -u app -p X.
func followsUserFlag(r *Reader, i int) bool {
	before := r.Text[max(0, i-2*nameMax):i]
	r.Meter.spend(workOfLabel * len(before))
	before = strings.TrimLeft(before[strings.LastIndexAny(before, "|;&\n\"")+1:], " ")
	for _, c := range lookUp(commandTable, before[:text.RunEnd(before, 0, len(before), text.KeyChars)]) {
		for _, o := range c.options {
			if o.flag == "-p" && !o.apart {
				return false // mysql -u app -p database
			}
		}
	}
	last := [len(userFlags)]int{}
	for at := len(before) - 2; at >= 0; at-- {
		if before[at] != ' ' || before[at+1] != '-' {
			continue
		}
		for k, flag := range userFlags {
			if last[k] == 0 && strings.HasPrefix(before[at:], flag) {
				last[k] = at + len(flag)
			}
		}
	}
	for _, end := range last {
		if end > 0 {
			return strings.IndexByte(before[end:], '-') != 0
		}
	}
	return false
}

// userFlags are the flags before the name of a user, with the spaces around them.
var userFlags = [...]string{" -u ", " -U ", " --user ", " --username ", " -username ", " -user ", " -l "}

// listFlag detects the secret of a flag in a list of quoted arguments, whose first is the
// name of the command: ["mysql", "-pX"], 'sshpass', '-p', 'X'.
func listFlag(r *Reader, i, stop int) {
	t := r.Text
	before := t[max(0, i-2*nameMax):i]
	before = before[strings.LastIndexAny(before, "[(={\n")+1:]
	first := strings.IndexAny(before, `"'`)
	if first < 0 {
		return
	}
	cmd := before[first+1 : text.RunEnd(before, first+1, len(before), text.KeyChars|text.Dot)]
	if name := t[i+1 : stop]; (name == "p" || name == "w") && text.Is(r.Next(stop), text.Quote) && hasUserArgument(before) {
		next := stop + 1 + strings.IndexAny(t[stop+1:min(len(t), stop+4)]+`"'`, `"'`)
		if b := valueAt(r, next, Argument); b.style == Quoted && !isPort(t[b.start:b.end]) && strings.IndexByte("-$<", r.Next(b.start)) < 0 {
			r.judge(Password, LinkFlag, b)
		}
		return
	}
	for _, c := range lookUp(commandTable, cmd) {
		for _, o := range c.options {
			rest, found := strings.CutPrefix(t[i:], o.flag)
			switch next := strings.TrimLeft(rest, `"',`+" "); {
			case !found || o.flag == "" || o.flag == "!":
			case o.apart && text.Is(r.Next(i+len(o.flag)), text.Quote) && next != "":
				at := len(t) - len(next) - 1
				r.judge(Password, LinkCommand, valueAt(r, at, Argument))
			case o.attached && !text.Is(r.Next(i+len(o.flag)), text.Quote):
				at := i + len(o.flag)
				if n := strings.IndexByte(t[at:min(len(t), at+valueMost)], t[i-1]); n > 0 {
					r.judge(Password, LinkCommand, bounds{at, at + n, Quoted})
				}
			}
		}
	}
}

// hasUserArgument reports whether a list of quoted arguments has a flag for the user.
func hasUserArgument(list string) bool {
	for _, flag := range userFlags {
		flag = strings.TrimSpace(flag)
		if n := strings.Index(list, flag); n > 0 && text.Is(list[n-1], text.Quote) && n+len(flag) < len(list) && text.Is(list[n+len(flag)], text.Quote) {
			return true
		}
	}
	return false
}

// isPort reports whether an argument is a port, a mapping of ports or a path, which -p has in other commands.
func isPort(value string) bool {
	return text.RunEnd(value, 0, len(value), text.Digit|text.Colon|text.Dot) == len(value) || strings.ContainsAny(value, "/:=")
}

// userFlag detects the password of user:password, which follows -u or --user at i.
func userFlag(r *Reader, i int) int {
	if c := r.Next(i); c != ' ' && c != '=' {
		return i
	}
	b := valueAt(r, i+1, Argument)
	if b.style != Quoted && r.Next(b.end) == ':' { // -u token:
		b.end++
	}
	user, password, found := strings.Cut(r.Text[b.start:b.end], ":")
	if !found || strings.HasPrefix(password, "//") {
		return i
	}
	first := b.start + len(user) + 1
	if password == "" && b.style == Argument {
		b = valueAt(r, first, Argument)
		password = r.Text[b.start:b.end]
		first = b.start
	}
	switch {
	case password == "" && len(user) > 8 && isCredential(user):
		r.judge(Token, LinkCommand, bounds{first - len(user) - 1, first - 1, Argument})
	case password != "" && text.RunEnd(password, 0, len(password), text.Digit) < len(password): // docker -u 1000:1000
		r.judge(Password, LinkCommand, bounds{first, b.end, Argument})
	}
	return i
}
