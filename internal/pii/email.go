package pii

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cowork-otel/collector/internal/pii/internal/text"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
)

const (
	localMax  = 64
	domainMax = 255
)

// at detects an e-mail address, or the password of a data source, around the @ at i.
func (w *walk) at(i int) int {
	t := w.Text
	if c := w.Next(i + 1); c == '/' || c == 't' || c == 'u' {
		w.dataSource(i)
	}
	if i == w.userInfoAt {
		return i + 1
	}
	start := w.localPart(i)
	end := w.domain(i + 1)
	if start == i || end == 0 {
		return i + 1
	}
	name, domain := t[start:i], t[i+1:end]
	switch {
	case text.ContainsFold(algorithmDomains, domain) && (strings.Contains(name, "-") || name == "zlib"):
		return end // aes256-gcm@openssh.com
	case w.Next(end) == ':' && name == "git" && !text.Is(w.Next(end+1), text.Digit|text.Space):
		return end // git@host:path
	}
	return max(i+1, w.addSpan(span.Email, span.Structural, start, end))
}

// algorithmDomains are the domains in the names of SSH's algorithms.
var algorithmDomains = []string{"openssh.com", "libssh.org", "lysator.liu.se", "ssh.com"}

// localPart returns where the part before the @ at i starts, i if there is none.
func (w *walk) localPart(i int) int {
	t := w.Text
	start := i
	for start > 0 {
		n := 0
		switch c := t[start-1]; {
		case text.Is(c, text.Alnum|text.Mailbox), c == '\'' && w.apostrophe(start-1):
			n = 1
		case text.Is(c, text.Foreign):
			n = letterBefore(t, start)
		}
		if n == 0 || i-start+n > localMax { // the end of a long one is enough: dots and lines precede addresses
			break
		}
		start -= n
	}
	if start > 0 && t[start-1] == '\\' && start < i && text.IsEscape[t[start]] {
		start++
	}
	for start < i && text.Is(t[start], text.Mailbox) && t[start] != '_' && t[start] != '+' {
		start++
	}
	if start < i && t[i-1] == '.' {
		return i
	}
	return start
}

// apostrophe reports whether the byte at i is an apostrophe within a name, as in o'neill.
func (w *walk) apostrophe(i int) bool {
	t := w.Text
	if i == 0 || i+1 >= len(t) || !text.Is(t[i-1], text.Letter) || !text.Is(t[i+1], text.Letter) {
		return false
	}
	// A single letter before a quote is rather the prefix of a string: b'…', f'…'.
	before := text.ToLower(t[i-1])
	return i > 1 && text.Is(t[i-2], text.Alnum|text.Mailbox) || before == 'o' || before == 'd'
}

// domain returns where the domain that starts at i ends, 0 if there is none: at
// least two labels, the last of letters and at least two of them.
func (w *walk) domain(i int) int {
	t := w.Text
	end := i
	label := i // where the label starts
	last := 0  // where the last good domain ends
	for labels := 1; end < len(t) && end-i < domainMax; labels++ {
		end = lettersEnd(t, label, i+domainMax)
		for end < i+domainMax && end+1 < len(t) && t[end] == '-' && text.Is(t[end+1], text.Alnum|text.Foreign|text.Joiner) {
			end = lettersEnd(t, end+1, i+domainMax)
		}
		if end == label {
			break
		}
		if labels > 1 {
			last = max(last, w.topLevelEnd(label, end))
		}
		if w.Next(end) != '.' {
			break
		}
		label = end + 1
	}
	if last == 0 {
		return 0
	}
	first, rest, _ := strings.Cut(strings.TrimPrefix(t[i:last], "v"), ".")
	if text.RunEnd(first, 0, len(first), text.Digit) == len(first) && first != "" && text.Is(rest[0], text.Digit) {
		return 0 // a version, such as v1.2.3-beta.rc
	}
	return last
}

// topLevelEnd returns where the label [start, end) ends as the last of a domain, 0
// if it cannot be that. A file can be named after an address: an underscore or a
// dash may follow where there is no doubt about the label.
func (w *walk) topLevelEnd(start, end int) int {
	label := w.Text[start:end]
	if text.ContainsFold(notTopLevel, label) {
		return 0
	}
	first, _, dashed := strings.Cut(label, "-")
	if (dashed || w.Next(end) == '_') && text.ContainsFold(commonTopLevel, first) {
		return start + len(first)
	}
	isLabel := len(label) >= 2 && len(label) <= 63 &&
		(text.RunEnd(label, 0, len(label), text.Letter|text.Foreign) == len(label) || text.HasFold(label, 0, "xn--"))
	if !isLabel || text.Is(w.Next(end), text.Alnum) || w.Next(end) == '_' {
		return 0
	}
	return end
}

// commonTopLevel are top-level domains that are accepted before any byte.
var commonTopLevel = []string{"com", "org", "net", "edu", "gov", "io", "de", "fr", "uk", "eu", "ch", "nl", "ca", "au", "jp", "in"}

// letterBefore returns the size of the letter or digit that is not ASCII and ends at i, 0 if there is none.
func letterBefore(in string, i int) int {
	r, size := utf8.DecodeLastRuneInString(in[:i])
	if !isForeignLetter(r) {
		return 0
	}
	return size
}

// lettersEnd returns the end of the run of letters and digits, of any script, from i on.
func lettersEnd(in string, i, limit int) int {
	for i < min(limit, len(in)) {
		size := 1
		if c := in[i]; text.Is(c, text.Foreign) {
			var r rune
			if r, size = utf8.DecodeRuneInString(in[i:]); !isForeignLetter(r) {
				return i
			}
		} else if !text.Is(c, text.Alnum) {
			return i
		}
		i += size
	}
	return i
}

// isForeignLetter reports whether a rune that is not ASCII can be part of a name;
// an invisible one can, so that no half of an address stays.
func isForeignLetter(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) || unicode.Is(unicode.Cf, r)
}

// notTopLevel are endings of files and units that follow an @ now and then: icon@2x.png, getty@tty1.service.
var notTopLevel = []string{"png", "jpg", "jpeg", "gif", "svg", "webp", "js", "json", "yaml", "yml", "toml", "txt", "html", "css", "exe", "dll", "jar", "tgz", "gz", "service", "socket", "timer", "mount", "slice"}
