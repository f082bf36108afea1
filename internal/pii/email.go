package pii

import "strings"

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
	case w.next(end) == ':' && t[start:i] == "git" && !is(w.next(end+1), digit|space):
		return end // git@host:path
	}
	w.add(email, rankStructural, start, end)
	return end
}

// localPart returns where the part before the @ at i starts, i if there is none.
func (w *walk) localPart(i int) int {
	t := w.text
	start := i
	for start > 0 && (is(t[start-1], alnum|mailbox|foreign) || w.apostrophe(start-1)) {
		if start--; i-start > localMax {
			return i
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
		end = runEnd(t, label, i+domainMax, alnum|foreign)
		for end < i+domainMax && end+1 < len(t) && t[end] == '-' && is(t[end+1], alnum|foreign|joiner) {
			end = runEnd(t, end+1, i+domainMax, alnum|foreign)
		}
		if end == label {
			break
		}
		if labels > 1 && isTopLevel(t[label:end]) && !is(w.next(end), alnum|foreign) && w.next(end) != '_' {
			last = end
		}
		if w.next(end) != '.' {
			break
		}
		label = end + 1
	}
	if last == 0 || isFileName(t[i:last]) {
		return 0
	}
	return last
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

// isFileName reports whether a domain is rather the end of a file's name or a version.
func isFileName(domain string) bool {
	tld := domain[strings.LastIndexByte(domain, '.')+1:]
	for _, ending := range notTopLevel {
		if equalFold(tld, ending) {
			return true
		}
	}
	// v1.2.3-beta.rc is a version.
	first, rest, _ := strings.Cut(strings.TrimPrefix(domain, "v"), ".")
	return runEnd(first, 0, len(first), digit) == len(first) && first != "" && is(rest[0], digit)
}
