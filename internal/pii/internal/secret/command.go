package secret

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// The bounds of a command's arguments, in number and in bytes.
const (
	argumentsMax = 48
	commandMax   = 1024
)

// program detects the secrets among the arguments of the command [start, end).
func program(r *Reader, start, end int) int {
	t := r.Text
	if c := r.Next(end); c != ' ' && (c != '.' || !text.HasFold(t, end, ".exe ")) {
		return 0
	}
	if p := r.Previous(start); text.Is(p, text.Alnum|text.Joiner|text.Dot) || p == '@' || p == ':' {
		return 0
	}
	if inSet(wordCommands, t[start:end]) && !startsCommand(r, start) {
		return 0
	}
	if !beginsCommand(r, start) {
		return 0
	}
	if end-start == len(secureString) && text.EqualFold(t[start:end], secureString) {
		pipedString(r, start)
	}
	rows := lookUp(commandTable, t[start:end])
	if !mayHoldSecret(r, rows, lineOf(t, end)) {
		return 0
	}
	if r.Next(end) == '.' {
		end += len(".exe")
	}
	var list [argumentsMax]argument
	args, stop := arguments(r, list[:0], end)
	r.commandEnd = max(r.commandEnd, stop)
	args = ownArguments(t, args, t[start:end], r.Previous(start))
	found, reads := len(r.Found), false
	r.Meter.spend(len(rows) * len(args) * workOfWord / 4)
	for i := range rows {
		if from := matchWords(t, args, rows[i].words); from >= 0 {
			options(r, &rows[i], args, from)
			if rows[i].reads {
				redirected(r, stop, readsPart(&rows[i]))
				reads = true
			}
		}
	}
	if _, flagged := readerOf(t, args); flagged && !reads {
		redirected(r, stop, "")
	}
	if len(r.Found) > found {
		r.commands = 0 // the next command may be as good, and a marker would reveal it
	}
	return 0
}

// shortProgram detects the secrets of a command of two letters before the word [start, end).
func shortProgram(r *Reader, start, end int) int {
	for _, cmd := range lookUp(shortCommands, r.Text[start:end]) {
		if at := start - len(cmd) - 1; at >= 0 && r.Text[start-1] == ' ' && r.Text[at:start-1] == cmd {
			return program(r, at, at+len(cmd))
		}
	}
	return 0
}

// matchWords returns the index after the last of the words among the arguments, -1 if one
// is missing.
func matchWords(in string, args []argument, words [][]string) int {
	from := 0
	for _, alternatives := range words {
		found := -1
		if from > 0 && alternatives[0][0] == '-' { // a flag may follow the arguments
			if hasFlagWord(in, args, alternatives) {
				continue
			}
			return -1
		}
		for i := from; i < len(args) && found < 0; i++ {
			isValue := i > 0 && from == 0 && args[i-1].style != Quoted && in[args[i-1].start] == '-'
			if isOneOf(in[args[i].start:args[i].end], alternatives, isValue) {
				found = i
			}
		}
		if found < 0 {
			return -1
		}
		from = found + 1
	}
	return from
}

// hasFlagWord reports whether one of the arguments is one of the alternatives.
func hasFlagWord(in string, args []argument, alternatives []string) bool {
	for _, a := range args {
		if isOneOf(in[a.start:a.end], alternatives, false) {
			return true
		}
	}
	return false
}

// isOneOf reports whether a word is one of the alternatives; a value of a flag, only if that is a flag.
func isOneOf(word string, alternatives []string, isValue bool) bool {
	for _, alternative := range alternatives {
		if isValue && alternative[0] != '-' {
			continue
		}
		prefix, open := strings.CutSuffix(alternative, "*")
		if word == alternative || text.EqualFold(word, alternative) || open && strings.HasPrefix(word, prefix) {
			return true
		}
	}
	return false
}

// options detects the arguments of a command that are secrets.
func options(r *Reader, c *command, args []argument, from int) {
	t := r.Text
	for _, o := range c.options {
		switch {
		case o.flag == "!":
		case o.place != 0:
			placed(r, o, args[from:])
		default:
			for i, a := range args {
				in := t[a.start:a.end]
				rest, found := cutFold(in, o.flag)
				switch {
				case !found, o.named && o.part == "" && !hasNoun(t, args[:i]):
					continue
				case rest == "" && o.apart && i+1 < len(args):
					judgeArgument(r, o, args[i+1])
				case rest != "" && rest[0] == '=' && o.apart, rest != "" && o.attached:
					if rest[0] == '=' && o.apart {
						rest = rest[1:]
					}
					b := valueAt(r, a.end-len(rest), Argument)
					if b.style != Quoted {
						b = bounds{a.end - len(rest), a.end, Argument}
					}
					judgeArgument(r, o, argument{b})
				default:
					continue
				}
				if o.part != "=" {
					break // the flags after it are those of another command: sshpass -p X ssh -p 22
				}
			}
		}
	}
}

// hasNoun reports whether one of the arguments is a noun, without a value of its own.
func hasNoun(in string, args []argument) bool {
	for _, a := range args {
		if word := in[a.start:a.end]; strings.IndexByte(word, '=') < 0 && KindOf(word) >= Code {
			return true
		}
	}
	return false
}

// hashMethods are arguments that choose how a password is hashed.
var hashMethods = wordSet("sha-512 sha-256 sha512crypt sha256crypt md5crypt bcrypt-a bcrypt yescrypt gost-yescrypt scrypt sha512 sha256 md5 des")

// cutFold cuts a flag off; one of several letters, in any case.
func cutFold(in, flag string) (string, bool) {
	if len(flag) > 2 && len(in) >= len(flag) && strings.EqualFold(in[:len(flag)], flag) {
		return in[len(flag):], true
	}
	return strings.CutPrefix(in, flag)
}

// placed detects the arguments that are secrets by their place.
func placed(r *Reader, o option, args []argument) {
	t := r.Text
	var list [argumentsMax]argument
	plain := list[:0]
	for _, a := range args {
		if a.end-a.start == 1 && text.Is(r.Next(a.start), text.Digit) {
			continue // the kind of what follows: password 0 …
		}
		if inSet(hashMethods, t[a.start:a.end]) {
			continue
		}
		if c := r.Next(a.start); a.style == Quoted || c != '-' && (c != '/' || strings.IndexByte(r.Text[a.start+1:a.end], '/') >= 0 || a.end-a.start > 12) {
			plain = append(plain, a)
		}
	}
	if o.place == placeAny {
		for i, a := range plain {
			in := t[a.start:a.end]
			switch {
			case o.part == `\`:
				if strings.HasPrefix(in, `\\`) && i+1 < len(plain) && r.Next(plain[i+1].start) != '/' {
					judgeArgument(r, option{}, plain[i+1])
				}
			case o.part == "/", o.part == "@", o.part == "/@" && (len(plain) == 1 || text.EqualFold(t[plain[1].start:plain[1].end], "as") || strings.IndexByte(in, '@') >= 0):
				userPassword(r, a, o.part)
			case strings.Contains(in, o.part):
				judgeArgument(r, o, a)
			}
		}
		return
	}
	i := o.place - 1
	if o.place < 0 {
		i = len(plain) + o.place
	}
	if i < 0 || i >= len(plain) || o.named && (i == 0 || !hasNoun(t, plain[i-1:i])) {
		return
	}
	judgeArgument(r, o, plain[i])
}

// userPassword detects the password of user/password@database, and that of user:password@host.
func userPassword(r *Reader, a argument, part string) {
	in := r.Text[a.start:a.end]
	at := strings.LastIndexByte(in, '@')
	switch part {
	case "@":
		part = ":"
	case "/@":
		part = "/"
	}
	if part == "/" && at < 0 || a.style == Quoted && at < 0 && strings.HasPrefix(r.Text[min(a.end+1, len(r.Text)):], "@") { // 'CORP/ops:X'@host
		at = len(in)
	}
	n := strings.Index(in, part)
	if n < 1 || at <= n || !isNameOf(in[:n], text.KeyChars|text.Dot|text.Base64x) {
		return
	}
	r.judge(Password, LinkCommand, bounds{a.start + n + 1, a.start + at, Argument})
}

// judgeArgument judges an argument that is a secret, or the part after its separator.
func judgeArgument(r *Reader, o option, a argument) {
	in := r.Text[a.start:a.end]
	if a.style != Quoted && strings.HasPrefix(in, "-") {
		return
	}
	if isObjectLine(in) { // --secret-string '{"user": "kim", "password": "X"}'
		flowValues(r, a.start, a.end)
		return
	}
	if o.part == ";" {
		cookieList(r, a.start)
		return
	}
	kind := Password
	if o.part != "" {
		n := strings.Index(in, o.part)
		if n < 0 {
			return
		}
		named := KindOf(in[:n])
		if o.named && named < Code {
			return
		}
		if o.part == "=" && o.flag == "" && named < Code && !qualifiers[in[:n]] {
			kind = Token
		}
		a.start += n + len(o.part)
		if b := valueAt(r, a.start, Argument); b.style == Quoted {
			a.bounds = b
		}
	}
	r.judge(kind, LinkCommand, a.bounds)
}

// readsPart returns what separates a user from the password in the input of a command.
func readsPart(c *command) string {
	for _, o := range c.options {
		if o.flag == "!" {
			return o.part
		}
	}
	return ""
}
