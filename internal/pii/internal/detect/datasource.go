package detect

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/placeholder"
	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// dataSourceMax bounds the user and the password of a data source.
const dataSourceMax = 96

// userName are the bytes of the user of a data source.
const userName = text.KeyChars | text.Dot | text.Base64x | text.Tilde

// DataSource detects the password before the @ at i of a data source that is no URL.
func DataSource(r *Reader, i int) (found span.Span, ok bool) {
	t := r.Text
	start := i - dataSourceMax
	switch rest := t[i+1:]; {
	case strings.HasPrefix(rest, "tcp("), strings.HasPrefix(rest, "unix("):
		// user:password@tcp(host), the form of Go's drivers for MySQL.
		return passwordAfter(r, text.RunStart(t, i, start, userName|text.OddKey|text.Colon), i, ":")
	case strings.HasPrefix(rest, "//"), text.HasFold(rest, 0, "(description"):
		// user/password@//host, jdbc:oracle:thin:user/password@//host
		if from := text.RunStart(t, i, start, userName); strings.IndexByte(": \t\n\"'=\x00", r.Previous(from)) >= 0 {
			return passwordAfter(r, from, i, "/")
		}
	default:
		// jdbc:oracle:thin:user/password@host
		if from := text.RunStart(t, i, start, userName); strings.HasSuffix(t[max(0, from-len("jdbc:oracle:thin:")):from], ":thin:") {
			return passwordAfter(r, from, i, "/")
		}
	}
	return found, false
}

// passwordAfter detects the password of a user, a separator and a password in [start, end).
func passwordAfter(r *Reader, start, end int, separator string) (found span.Span, ok bool) {
	user, password, isPair := strings.Cut(r.Text[start:end], separator)
	if !isPair || user == "" || password == "" || placeholder.IsTemplate(password) || isShownForm(user, password) || strings.HasPrefix(password, "//") || strings.ContainsAny(password, " \t\n\"'") {
		return found, false
	}
	return accept(span.URLCredential, span.Structural, end-len(password), end)
}
