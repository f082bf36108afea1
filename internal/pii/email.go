package pii

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	localMax  = 64
	domainMax = 255
)

// at looks at an @ for an e-mail address around it.
func (w *walk) at(i int) int {
	t := w.text
	if i == w.userInfoAt {
		return i + 1
	}
	start := w.localPart(i)
	end := w.domain(i + 1)
	switch {
	case start == i || end == 0:
		return i + 1
	case isAlgorithm(t[start:i], t[i+1:end]):
		return end
	case w.next(end) == ':' && t[start:i] == "git" && !is(w.next(end+1), digit|space):
		return end // git@host:path
	}
	return max(i+1, w.add(email, rankStructural, start, end))
}

// algorithmDomains are those that SSH's algorithms are named by: aes256-gcm@openssh.com.
var algorithmDomains = []string{"openssh.com", "libssh.org", "lysator.liu.se", "ssh.com"}

// isAlgorithm reports whether an address is rather the name of an algorithm of SSH.
func isAlgorithm(name, domain string) bool {
	for _, d := range algorithmDomains {
		if equalFold(domain, d) {
			return strings.Contains(name, "-") || name == "zlib"
		}
	}
	return false
}

// localPart returns where the part before the @ at i starts, i if there is none.
func (w *walk) localPart(i int) int {
	t := w.text
	start := i
	for start > 0 {
		n := letterBefore(t, start)
		if n == 0 && (is(t[start-1], mailbox) || w.apostrophe(start-1)) {
			n = 1
		}
		if n == 0 {
			break
		}
		if start -= n; i-start > localMax {
			start += n // the last of it will do: rulers and dots lead up to addresses
			break
		}
	}
	if start > 0 && t[start-1] == '\\' && start < i && isEscape[t[start]] {
		start++
	}
	for start < i && is(t[start], mailbox) && t[start] != '_' && t[start] != '+' {
		start++
	}
	if start < i && t[i-1] == '.' {
		return i
	}
	return start
}

// apostrophe reports whether the byte at i is an apostrophe within a name, as in o'neill.
func (w *walk) apostrophe(i int) bool {
	t := w.text
	if t[i] != '\'' || i == 0 || i+1 >= len(t) || !is(t[i-1], letter) || !is(t[i+1], letter) {
		return false
	}
	// A single letter before a quote is rather the prefix of a string: b'…', f'…'.
	before := lowered(t[i-1])
	return i > 1 && is(t[i-2], alnum|mailbox) || before == 'o' || before == 'd'
}

// domain returns where the domain that starts at i ends, 0 if there is none: at
// least two labels, the last of letters and at least two of them.
func (w *walk) domain(i int) int {
	t := w.text
	end := i
	label := i // where the label starts
	last := 0  // where the last good domain ends
	for labels := 1; end < len(t) && end-i < domainMax; labels++ {
		end = lettersEnd(t, label, i+domainMax)
		for end < i+domainMax && end+1 < len(t) && t[end] == '-' && is(t[end+1], alnum|foreign|joiner) {
			end = lettersEnd(t, end+1, i+domainMax)
		}
		if end == label {
			break
		}
		if labels > 1 {
			last = max(last, w.topLevelEnd(label, end))
		}
		if w.next(end) != '.' {
			break
		}
		label = end + 1
	}
	if last == 0 || isVersion(t[i:last]) {
		return 0
	}
	return last
}

// topLevelEnd returns where the label [start, end) ends as the last of a domain, 0
// if it cannot be that. A file can be named after an address: an underscore or a
// dash may follow where there is no doubt about the label.
func (w *walk) topLevelEnd(start, end int) int {
	label := w.text[start:end]
	if isEnding(label) {
		return 0
	}
	first, _, dashed := strings.Cut(label, "-")
	if dashed || w.next(end) == '_' {
		for _, common := range commonTopLevel {
			if equalFold(first, common) {
				return start + len(first)
			}
		}
	}
	if !isTopLevel(label) || is(w.next(end), alnum) || w.next(end) == '_' {
		return 0
	}
	return end
}

// commonTopLevel are those that are believed whatever follows.
var commonTopLevel = []string{"com", "org", "net", "edu", "gov", "io", "de", "fr", "uk", "eu", "ch", "nl", "ca", "au", "jp", "in"}

// letterBefore returns the size of the letter or digit, of any script, that ends at i, 0 if none does.
func letterBefore(text string, i int) int {
	if c := text[i-1]; !is(c, foreign) {
		if is(c, alnum) {
			return 1
		}
		return 0
	}
	r, size := utf8.DecodeLastRuneInString(text[:i])
	if !isForeignLetter(r) {
		return 0
	}
	return size
}

// lettersEnd returns the end of the run of letters and digits, of any script, from i on.
func lettersEnd(text string, i, limit int) int {
	for i < min(limit, len(text)) {
		size := 1
		if c := text[i]; is(c, foreign) {
			var r rune
			if r, size = utf8.DecodeRuneInString(text[i:]); !isForeignLetter(r) {
				return i
			}
		} else if !is(c, alnum) {
			return i
		}
		i += size
	}
	return i
}

// isForeignLetter reports whether a rune that is not ASCII can be part of a name;
// what is invisible within one is, lest half of an address stays.
func isForeignLetter(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) || unicode.Is(unicode.Cf, r)
}

// isTopLevel reports whether a label can be the last of a domain.
func isTopLevel(label string) bool {
	if len(label) < 2 || len(label) > 63 {
		return false
	}
	if hasFold(label, 0, "xn--") {
		return true
	}
	for i := range len(label) {
		if !is(label[i], letter|foreign) {
			return false
		}
	}
	return true
}

// notTopLevel are endings of files and units that follow an @ now and then: icon@2x.png, getty@tty1.service.
var notTopLevel = []string{"png", "jpg", "jpeg", "gif", "svg", "webp", "js", "json", "yaml", "yml", "toml", "txt", "html", "css", "exe", "dll", "jar", "tgz", "gz", "service", "socket", "timer", "mount", "slice"}

// isEnding reports whether a label is the ending of a file's name.
func isEnding(label string) bool {
	for _, ending := range notTopLevel {
		if equalFold(label, ending) {
			return true
		}
	}
	return false
}

// isVersion reports whether a domain is rather a version, such as v1.2.3-beta.rc.
func isVersion(domain string) bool {
	first, rest, _ := strings.Cut(strings.TrimPrefix(domain, "v"), ".")
	return runEnd(first, 0, len(first), digit) == len(first) && first != "" && is(rest[0], digit)
}
