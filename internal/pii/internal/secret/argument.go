package secret

// This file holds the words of a command.

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// An argument is a word of a command, without its quotes.
type argument struct {
	bounds
}

// arguments appends the words from i to the end of the command, and returns where that is.
func arguments(r *Reader, args []argument, i int) ([]argument, int) {
	t := r.Text
	limit := min(len(t), i+commandMax)
	start := i
	defer func() { r.Meter.spend((i-start)/2 + workOfWord*len(args)) }()
	for len(args) < argumentsMax {
		before := i
		i = text.RunEnd(t, i, limit, text.Space)
		if i >= limit || strings.IndexByte("|;&)<>`", t[i]) >= 0 || len(args) > 0 && strings.IndexByte(t[before:i], '\n') >= 0 {
			return args, i
		}
		if t[i] == '\\' && r.Next(i+1) == '\n' {
			i += 2
			continue
		}
		b := shellWord(r, i, limit)
		args = append(args, argument{b})
		next := b.end
		for next < limit && (text.Is(t[next], text.Quote) || t[next] == '\\') {
			next++
		}
		if next == i {
			return args, i
		}
		i = next
	}
	return args, i
}

// endsWord has the bytes that end a word of a shell, and its quotes.
var endsWord = func() (t [256]bool) {
	for _, c := range []byte(" \t\r\n|;&<>`)\"'") {
		t[c] = true
	}
	return t
}()

// mayBeQuoted reports whether quotes may open at i, after backslashes or a letter.
func mayBeQuoted(r *Reader, i int) bool {
	c := r.Next(i)
	return c == '\\' || text.Is(c, text.Quote|text.Foreign) || text.Is(c, text.Letter) && text.Is(r.Next(i+1), text.Quote)
}

// shellWord returns the word of a shell that starts at i; quotes within it may hold spaces.
func shellWord(r *Reader, i, limit int) bounds {
	t := r.Text
	if i >= limit {
		return bounds{i, i, Argument}
	}
	if mayBeQuoted(r, i) {
		if b := valueAt(r, i, Argument); b.style == Quoted {
			return withQuotes(r, b, limit)
		}
	}
	end := i
	for end < limit {
		c := t[end]
		switch {
		case !endsWord[c]:
			end++
			continue
		case c == '&' && end > i && text.Is(r.Next(end+1), text.Alnum), (c == '"' || c == '\'') && end == i:
			end++
			continue
		case c == '"' || c == '\'':
			if b := valueAt(r, end, Argument); b.style == Quoted {
				end = b.end + 1
				continue
			} // otherwise the end of the string around the command
		}
		break
	}
	for end > i && (t[end-1] == '"' || t[end-1] == '\'' || t[end-1] == '\\') && strings.IndexByte(t[i:end-1], t[end-1]) < 0 {
		end--
	}
	return bounds{i, end, Argument}
}

// withQuotes returns a word in single quotes with the single quotes that it contains, as a shell escapes them.
func withQuotes(r *Reader, b bounds, limit int) bounds {
	const joint = `'\''`
	for strings.HasPrefix(r.Text[b.end:], joint) {
		next := b.end + len(joint)
		n := strings.IndexByte(r.Text[next:max(next, limit)], '\'')
		if n < 0 {
			break
		}
		b.end = next + n
	}
	return b
}

// lineOf returns the rest of a command's line after i, and its continuation.
func lineOf(in string, i int) string {
	rest := in[i:min(len(in), i+commandMax)]
	for n := 0; ; {
		size := strings.IndexByte(rest[n:], '\n')
		if size < 0 {
			return rest
		}
		if n += size + 1; n < 2 || rest[n-2] != '\\' {
			return rest[:n]
		}
	}
}

// mayHoldSecret reports whether a line can have the words of one of the commands, or an input. It
// reads the line a few times faster than splitting it into arguments does.
func mayHoldSecret(r *Reader, rows []command, line string) bool {
	if strings.IndexByte(line, '<') >= 0 {
		return true
	}
	for i := range rows {
		for _, needle := range rows[i].needles {
			r.Meter.spend((8*workOfWord + len(line)) / 16)
			if strings.Contains(line, needle) {
				return true
			}
		}
	}
	return false
}
