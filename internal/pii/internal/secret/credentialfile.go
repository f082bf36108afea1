package secret

// This file holds files of credentials, by the form of their lines.

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

const (
	commentsMax     = 8   // comments before the first line of a file of credentials
	credentialsLine = 256 // bytes of its lines
)

// CredentialFile detects the secrets of a text whose first line has the form of one in a file of
// credentials. It reads the other lines only then.
func CredentialFile(r *Reader) {
	t := r.Text
	i := 0
	for range commentsMax {
		if i >= len(t) || t[i] != '#' && t[i] != ';' && t[i] != '\n' {
			break
		}
		n := strings.IndexByte(t[i:min(len(t), i+credentialsLine)], '\n')
		if n < 0 {
			return
		}
		i += n + 1
	}
	for range rowsMax {
		line := t[i:min(len(t), i+credentialsLine)]
		line = strings.TrimRight(line[:lineLength(line)], "\r")
		b, found := credentialLine(line)
		if found {
			r.judge(Password, LinkCommand, bounds{i + b.start, i + b.end, b.style})
		} else if line == "" || line[0] != '#' {
			return
		}
		if i += lineLength(t[i:]) + 1; i >= len(t) {
			return
		}
	}
}

// credentialLine returns the secret of a line of a file of credentials.
func credentialLine(line string) (b bounds, found bool) {
	if len(line) < 12 || len(line) >= credentialsLine {
		return b, false
	}
	for _, form := range [...]func(string) (bounds, bool){postgresLine, chapLine, poolerLine, netrcLine, relayLine, timeKeyLine} {
		if b, found = form(line); found {
			return b, true
		}
	}
	return b, false
}

// postgresLine returns the password of a line of .pgpass: host:port:database:user:X.
func postgresLine(line string) (b bounds, found bool) {
	const ports = 4 // digits of a port of PostgreSQL at least
	i := 0
	for field := range 4 {
		end := text.RunEnd(line, i, len(line), text.KeyChars|text.Dot)
		if end == i && end < len(line) && line[end] == '*' {
			end++
		}
		if end == i || end >= len(line) || line[end] != ':' {
			return b, false
		}
		isNumber := text.RunEnd(line, i, end, text.Digit) == end
		if line[i] != '*' && isNumber != (field == 1) || isNumber && (end-i < ports || end-i > ports+1) {
			return b, false
		}
		i = end + 1
	}
	return bounds{i, len(line), Quoted}, i < len(line) && line[i] != ' ' && !strings.ContainsAny(line[i:], "\t\"'/")
}

// chapLine returns the secret of a line of chap-secrets: client server X addresses.
func chapLine(line string) (b bounds, found bool) {
	if strings.IndexByte(line, '*') < 0 || text.Is(line[0], text.Digit) || line[0] == '*' && len(line) > 1 && line[1] == '/' {
		return b, false
	}
	const fields = 4
	i := 0
	star := false
	for field := range fields {
		i = text.RunEnd(line, i, len(line), text.Space)
		end := i + strings.IndexAny(line[i:]+" ", " \t")
		if i < len(line) && line[i] == '"' {
			end = i + strings.IndexByte(line[i+1:], '"') + 2
		}
		word := line[i:end]
		switch {
		case word == "":
			return b, false
		case field == 2:
			b = bounds{i, end, Argument}
			if len(word) > 1 && word[0] == '"' && word[len(word)-1] == '"' {
				b = bounds{i + 1, end - 1, Quoted}
			}
		case field == 1 || field == 3:
			star = star || word == "*"
			if field == 3 && word != "*" && text.RunEnd(word, 0, len(word), text.Digit|text.Dot) < len(word) {
				return b, false
			}
		}
		i = end
	}
	return b, star && text.RunEnd(line, i, len(line), text.Space) == len(line) && (b.style == Quoted || !isWords(line[b.start:b.end]))
}

// poolerLine returns the password of a line of the users of PgBouncer: "user" "X".
func poolerLine(line string) (b bounds, found bool) {
	if line[0] != '"' || line[len(line)-1] != '"' || strings.Count(line, `"`) != 4 {
		return b, false
	}
	user, value, _ := strings.Cut(line[1:len(line)-1], `"`)
	space, value, _ := strings.Cut(value, `"`)
	if strings.TrimLeft(space, " \t") != "" || space == "" || user == "" || !isNameOf(user, text.KeyChars|text.Dot) || isWords(value) || strings.IndexByte(value, ' ') >= 0 {
		return b, false
	}
	return bounds{len(line) - 1 - len(value), len(line) - 1, Quoted}, true
}

// relayLine returns the password of a line of the relays of Postfix: [host]:587 user:X.
func relayLine(line string) (b bounds, found bool) {
	host := strings.IndexByte(line, ' ')
	if line[0] != '[' || host < 0 {
		return b, false
	}
	if port := strings.TrimRight(line[:host], "0123456789"); !strings.HasSuffix(line[:host], "]") && (!strings.HasSuffix(port, "]:") || len(port) == host) {
		return b, false // [name]: https://…
	}
	at := text.RunEnd(line, host, len(line), text.Space)
	colon := strings.IndexByte(line[at:], ':')
	return bounds{at + colon + 1, len(line), Argument}, colon > 0 && !strings.HasPrefix(line[at+colon:], "://") && strings.IndexByte(line[at:], ' ') < 0
}

// timeKeyLine returns the key of a line of ntp.keys: number method X.
func timeKeyLine(line string) (b bounds, found bool) {
	number := text.RunEnd(line, 0, 5, text.Digit)
	method := text.RunEnd(line, number+1, number+16, text.Upper|text.Digit)
	if number == 0 || method >= len(line) || line[number] != ' ' || line[method] != ' ' || !timeKeys[line[number+1:method]] {
		return b, false
	}
	at := text.RunEnd(line, method, len(line), text.Space)
	return bounds{at, at + strings.IndexAny(line[at:]+" ", " \t"), Argument}, true
}

// timeKeys are the methods of the keys of NTP.
var timeKeys = wordSet("M MD5 SHA SHA1 SHA256 SHA384 SHA512 AES128CMAC AES256CMAC")

// netrcLine returns the password of a line of .netrc: machine host login user password X.
func netrcLine(line string) (b bounds, found bool) {
	const noun = " password "
	trimmed := strings.TrimLeft(line, " \t")
	word := trimmed[:text.RunEnd(trimmed, 0, len(trimmed), text.Letter)]
	if !netrcWords[word] || len(word) == len(trimmed) || !text.Is(trimmed[len(word)], text.Space) {
		return b, false
	}
	if i := strings.Index(line, noun); i >= 0 {
		at := i + len(noun)
		return bounds{at, at + strings.IndexAny(line[at:]+" ", " \t"), Argument}, true
	}
	return bounds{}, word != "password"
}

// netrcWords are the first words of the lines of .netrc.
var netrcWords = wordSet("machine default login account macdef")

// fileLine judges a line that is written into a file of secrets, or into a command that reads one.
// Of a line of a here-document it judges what follows the last colon.
func fileLine(r *Reader, b bounds, isDocument bool) {
	line := r.Text[b.start:b.end]
	if isObjectLine(line) {
		flowValues(r, b.start, b.end)
		return
	}
	if c, found := credentialLine(line); found {
		r.judge(Password, LinkInput, bounds{b.start + c.start, b.start + c.end, c.style})
		return
	}
	key, value, isSetting := strings.Cut(line, "=")
	isSetting = isSetting && value != "" && isNameOf(key, text.KeyChars|text.Space)
	switch {
	case !isDocument:
	case line == "", line[0] == '#', line[0] == '[', isSetting && KindOf(key) == None:
		return
	case isSetting:
		b.start = text.RunEnd(r.Text, b.start+len(key)+1, b.end, text.Space)
		input(r, b, "")
		return
	}
	if colon := strings.LastIndexByte(line, ':'); isDocument && colon > 0 {
		b.start += colon + 1
	}
	input(r, b, "")
}

// isObjectLine reports whether a line is an object of JSON, or one of its members.
func isObjectLine(line string) bool {
	line = strings.TrimLeft(line, " \t")
	return line != "" && (line[0] == '{' && len(line) > 2 || line[0] == '"' && strings.Contains(line, `":`))
}
