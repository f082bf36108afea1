package secret

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// The bounds of a value, in bytes.
const (
	valueLeast    = 4
	plainKeyLeast = 16
	valueMost     = 1024
)

// A Style is how a value is written.
type Style uint8

// The styles of values.
const (
	Bare     Style = iota // like the code or the prose around it
	Line                  // all that is left of a line
	Quoted                // in quotes
	Argument              // in an environment, a query or an argument, where there are no quotes
)

// A bounds is a value [start, end) without its quotes.
type bounds struct {
	start, end int
	style      Style
}

// maxSpaces bounds the space between a name, an operator and a value.
const maxSpaces = 16

// maxBackslashes bounds the number of backslashes before a quote, in a text within texts.
const maxBackslashes = 15

// typographic are the quotation marks beyond ASCII, opening and closing.
var typographic = [][2]string{{"“", "”"}, {"„", "“"}, {"„", "”"}, {"«", "»"}, {"‘", "’"}, {"‚", "‘"}, {"「", "」"}, {"『", "』"}, {"»", "«"}, {"”", "”"}}

// valueAt returns the value that starts at i, and how it is written; style is that of a
// value without quotes.
func valueAt(r *Reader, i int, style Style) bounds {
	t := r.Text
	open := i
	for open < min(len(t), i+maxBackslashes) && t[open] == '\\' {
		open++
	}
	if open+1 < len(t) && open == i && text.Is(t[open], text.Letter) && text.Is(t[open+1], text.Quote) {
		open++ // b"…", r'…'
	}
	if open < len(t) && text.Is(t[open], text.Quote) {
		if open+5 < len(t) && t[open+1] == t[open] && t[open+2] == t[open] {
			start := open + 3
			if n := strings.Index(t[start:min(len(t), start+valueMost)], t[open:open+3]); n > 0 {
				return bounds{start, start + n, Quoted}
			}
		}
		start := open + 1
		if end := closingQuote(r, start, t[open], open-i); end >= 0 {
			return bounds{start, end, Quoted}
		}
		return bounds{start, bareEnd(r, start, Argument), Argument}
	}
	if i < len(t) && text.Is(t[i], text.Foreign) {
		for _, marks := range typographic {
			if !strings.HasPrefix(t[i:], marks[0]) {
				continue
			}
			start := i + len(marks[0])
			if n := strings.Index(t[start:min(len(t), start+valueMost)], marks[1]); n >= 0 {
				return bounds{start, start + n, Quoted}
			}
			r.Meter.spend(workOfNoun)
		}
	}
	if style == Argument && i+1 < len(t) && t[i] == '{' && t[i+1] != '{' { // password={X};
		if n := strings.IndexByte(t[i:min(len(t), i+nameMax)], '}'); n > 0 && strings.IndexByte(t[i:i+n], '\n') < 0 {
			return bounds{i + 1, i + n, Quoted}
		}
	}
	end := bareEnd(r, i, style)
	if style == Line { // a sign such as ; may be a part of the value
		if whole := bareEnd(r, i, Argument); endsLine(r, whole) {
			end = whole
		}
	}
	return bounds{i, end, style}
}

// closingQuote returns the end of a quoted value that a quote opens after some
// backslashes, -1 if it does not.
func closingQuote(r *Reader, i int, mark byte, backslashes int) int {
	t := r.Text
	limit := min(len(t), i+valueMost)
	run, start := 0, i
	defer func() { r.Meter.spend(i - start) }()
	if backslashes > 0 && t[i-2] != '\\' {
		backslashes = 0
	}
	for ; i < limit; i++ {
		switch c := t[i]; {
		case c == '\\':
			run++
			continue
		case c == mark && run == backslashes:
			return i - run
		case c == mark && run < backslashes, c == '\n':
			return -1
		}
		run = 0
	}
	return -1
}

// bareStops are the bytes that end a value without quotes.
const bareStops = " \t\r\n\v\f\"'`\\<>[|,;&)]}"

// bareEnd returns where a value without quotes ends.
func bareEnd(r *Reader, i int, style Style) int {
	t := r.Text
	stops := bareStops
	if style == Argument {
		stops = " \t\r\n\v\f\"'`\\<>|["
	}
	limit := min(len(t), i+valueMost)
	end := limit
	if n := strings.IndexAny(t[i:limit], stops); n >= 0 {
		end = i + n
	}
	r.Meter.spend((end - i) / 2)
	if style == Argument {
		if n := strings.Index(t[i:end], "&&"); n > 0 {
			end = i + n // the next command
		}
		for _, part := range [...]byte{'&', ',', ';'} { // the next parameter of a query or a connection string
			if n := strings.IndexByte(t[i:end], part); n >= 0 && strings.Contains(t[i+n:end], "=") {
				end = i + n
			}
		}
	}
	for end > i && strings.IndexByte(",;:)]}.*", t[end-1]) >= 0 {
		end--
	}
	return end
}

// schemes are the words before the credentials in an Authorization header.
var schemes = []string{"bearer", "basic", "token", "apikey", "bot", "negotiate", "digest", "splunk", "key", "aws4-hmac-sha256"}

// schemeMost is more than the length of a scheme and the spaces after it.
const schemeMost = 24

// schemeEnd returns where the credentials after an authorization scheme start, 0 if there is none.
func schemeEnd(in string) int {
	for _, s := range schemes {
		if text.HasFold(in, 0, s) && len(in) > len(s)+1 && in[len(s)] == ' ' {
			return text.RunEnd(in, len(s), len(s)+4, text.Space)
		}
	}
	return 0
}

// anySchemeEnd returns where the credentials after a scheme of any name start, 0 if there
// is none: Authorization: GenieKey X.
func anySchemeEnd(in string) int {
	n := text.RunEnd(in, 0, schemeMost, text.Letter|text.Joiner)
	if n < 3 || n+1 >= len(in) || in[n] != ' ' || !text.Is(in[0], text.Upper) {
		return 0
	}
	return n + 1
}

// endsLine reports whether the line, or the string that holds it, is over at i.
func endsLine(r *Reader, i int) bool {
	switch c := r.Next(i); c {
	case 0, '\n', '\r', '\\', '"':
		return true
	case ' ', '\t':
		i = text.RunEnd(r.Text, i, i+maxSpaces, text.Space)
		return i >= len(r.Text) || r.Text[i-1] == '\n' || r.Text[i] == '\n' || r.Text[i] == '#'
	}
	return false
}

// startsLine reports whether only space, or the sign of a list, precedes i on its line.
func startsLine(r *Reader, i int) bool {
	for limit := i - nameMax; i > 0 && i > limit && strings.IndexByte(" -*#>\t", r.Text[i-1]) >= 0; i-- {
	}
	c := r.Previous(i)
	return c == 0 || c == '\n' || c == '\r' || c == '\t'
}
