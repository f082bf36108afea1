package token

// This file holds one-time tokens in the path of a link: /reset-password/….

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// linkWords are the words of the path before a one-time token.
var linkWords = wordSet(`activate activation confirm confirmation invitation invitations invite invites join magic magiclink otp recover recovery
	reset resetpassword token unlock unsubscribe verification verify verifyemail`)

// linkBefore is how far before a one-time token its word may be.
const linkBefore = 40

// isLinkToken reports whether the long word [start, end), which follows a slash, ends a
// path with a word such as reset.
func isLinkToken(r *Reader, start, end int) bool {
	end = text.RunEnd(r.Text, end, start+tokenMost, text.KeyChars)
	if c := r.Next(end); (c == '.' || c == '/') && text.Is(r.Next(end+1), text.Alnum) || !text.IsRandomKey(r.Text[start:end]) {
		return false
	}
	from := text.RunStart(r.Text, start, start-linkBefore, text.KeyChars|text.Dot|text.Base64x|text.Colon)
	path := r.Text[from:start]
	for i := range 2 { // the names before the token and before that
		path = path[:len(path)-1]
		n := strings.LastIndexByte(path, '/')
		if n < 0 || i == 0 && n == len(path)-1 {
			return false
		}
		if hasLinkWord(path[n+1:]) {
			return true
		}
		path = path[:n+1]
	}
	return false
}

// hasLinkWord reports whether one of the words of a name in a path precedes one-time tokens.
func hasLinkWord(name string) bool {
	var word [16]byte
	for i := 0; i < len(name); {
		end := text.RunEnd(name, i, i+len(word), text.Letter)
		for k := range end - i {
			word[k] = text.ToLower(name[i+k])
		}
		if linkWords[string(word[:end-i])] {
			return true
		}
		i = max(i+1, end)
	}
	return false
}
