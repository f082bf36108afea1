package detect

// This file holds armours of private keys without a body, as in code that searches for keys.

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

const (
	bodyLeast  = 16   // of a part of the body of a key that shows what it is
	bodyWindow = 4096 // how much of a body is read
	codeWindow = 600  // how much is read where code follows the header
)

// hasKeyBody reports whether a body may follow the header whose closing dashes are at i. stop is
// the end of the key. A body that is not known to be absent is present.
func hasKeyBody(r *Reader, i, stop int) bool {
	t := r.Text
	for i < len(t) && t[i] == '-' {
		i++
	}
	limit := min(len(t), i+codeWindow)
	if stop > i {
		limit = min(stop, i+bodyWindow)
	}
	body := t[i:limit]
	if n := strings.Index(body, "-----"); n >= 0 {
		if body = body[:n]; n > 0 && strings.Trim(body, " ") == "" {
			return true // both lines of an armour on one line, whatever was between them
		}
	} else if stop > limit && trimBreaks(body) == "" {
		return true // not read far enough
	}
	if hasBase64(body) {
		return true
	}
	if small := text.RunEnd(body, 1, len(body), text.Lower); body[:min(1, len(body))] == " " && small > 2 && (small == len(body) || body[small] == ' ') {
		return false // the rest of a sentence
	}
	body = trimBreaks(body)
	return body != "" && !isNoBody(body)
}

// hasBase64 reports whether a text has a part that can be of the body of a key.
func hasBase64(in string) bool {
	for i := 0; i < len(in); {
		if !text.Is(in[i], text.Alnum|text.Base64x) {
			i++
			continue
		}
		end := text.RunEnd(in, i, len(in), text.Alnum|text.Base64x)
		if s := text.ShapeOf(in[i:end]); end-i >= bodyLeast && (s.Digit > 0 || strings.HasPrefix(in[i:], "MII")) && (s.Upper > 1 && s.Lower > 1 || end-i >= 2*bodyLeast) || end-i > 2*bodyLeast && s.Upper > 3 {
			return true
		}
		i = end
	}
	return false
}

// trimBreaks trims spaces and line breaks, which may be escaped, from both ends of a text.
func trimBreaks(in string) string {
	for {
		before := len(in)
		in = strings.Trim(in, " \t\r\n")
		for _, escaped := range [...]string{`\n`, `\r`} {
			in = strings.TrimSuffix(strings.TrimPrefix(in, escaped), escaped)
		}
		if in = strings.TrimRight(in, `\`); len(in) == before {
			return in
		}
	}
}

// isNoBody reports whether what follows a header is the rest of the code around it, a marker or a
// word in the place of a key.
func isNoBody(body string) bool {
	if strings.IndexByte("\"'`()<[{*.$%|,;", body[0]) >= 0 || strings.HasPrefix(body, "…") || strings.HasPrefix(body, `\"`) || strings.HasPrefix(body, `\'`) {
		return true
	}
	if body[0] == '#' || strings.HasPrefix(body, "//") {
		return true // a comment
	}
	end := text.RunEnd(body, 0, len(body), text.Alnum|text.Base64x)
	if rest := body[end:]; strings.HasPrefix(rest, "...") || strings.HasPrefix(rest, "…") || strings.HasPrefix(rest, "***") {
		return true // MIIE...
	}
	word := body[:text.RunEnd(body, 0, len(body), text.Letter)]
	return text.ContainsFold(bodyWords, word)
}

// bodyWords are the first words of what takes the place of a key.
var bodyWords = []string{
	"redacted", "removed", "omitted", "hidden", "masked", "your", "the", "key", "private", "placeholder", "example", "snip", "snipped", "content", "contents", "data", "body",
	"base64", "insert", "paste", "replace", "xxx", "xxxx", "xxxxx", "xxxxxx", "xxxxxxxx", "test", "dummy", "fake", "and", "or", "in", "is", "are", "header", "line", "lines",
	"dein", "ihr", "hier", "encoded", "truncated", "stripped",
}
