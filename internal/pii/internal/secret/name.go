package secret

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/prefilter"
	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// nameBefore returns the name that ends before i, quotes and what separates them left out, and where it starts.
func nameBefore(r *Reader, i int) (string, int) {
	t := r.Text
	i = prefilter.NameEnd(t, i)
	if r.Next(i) == ']' && span.EndsMarker(t[:i+1]) {
		return "", i
	}
	if i < 2 || !text.Is(t[i-1], text.Alnum) {
		return "", i
	}
	end := i
	for digits := 0; digits < 4 && i > 0 && (text.Is(t[i-1], text.Digit|text.Joiner) || t[i-1] == ' ' && digits > 0); digits++ {
		i--
	}
	start := end
	for start > max(0, end-nameMax) && (text.Is(t[start-1], text.Alnum|text.Joiner|text.Dot|text.Foreign) || t[start-1] == ' ' && start > 1 && text.Is(t[start-2], text.Alnum)) {
		start--
	}
	if start > 0 && t[start-1] == '\\' && start < end && text.IsEscape[t[start]] {
		start++
	}
	return t[start:end], start
}

// namedByPrevious returns the name before another name that starts at start and is only a
// type, as in var token string = "…", or a word such as value, as in
// <add key="ClientSecret" value="…"/>.
func namedByPrevious(r *Reader, name string, start int) string {
	switch {
	case strings.HasSuffix(name, "string"), strings.HasSuffix(name, "String"), strings.HasSuffix(name, "str"):
		named, _ := nameBefore(r, start)
		return named
	case text.HasFold(name, len(name)-len("value"), "value"), text.EqualFold(name, "text"), text.EqualFold(name, "content"):
		if named := namedInTag(r, start); named != "" {
			return named
		}
		if line := r.Text[start:min(len(r.Text), start+2*nameMax)]; strings.Contains(line[:lineLength(line)], "type=password") { // value=X vtype=password
			return "password"
		}
		if named, _ := nameBefore(r, start); named != "" {
			return named
		}
		if named := nameOnLineBefore(r, start); KindOf(named) != None {
			return named
		}
		if named := nameNearby(r, start); named != "" {
			return named
		}
		return parentKey(r, start)
	case text.EqualFold(name, "default"):
		if named := variable(r, start); named != "" {
			return named
		}
		return parentKey(r, start)
	}
	return ""
}

// namedInTag returns the noun of an attribute of the tag that contains start: <input name="password" value=…>.
func namedInTag(r *Reader, start int) string {
	const longest = 200
	from := max(0, start-longest)
	n := strings.LastIndexByte(r.Text[from:start], '<')
	if n < 0 || strings.IndexByte(r.Text[from+n:start], '>') >= 0 {
		return ""
	}
	for rest := r.Text[from+n : start]; ; {
		_, after, found := strings.Cut(rest, "=")
		if !found {
			return ""
		}
		value := strings.TrimLeft(after, "\\\"'")
		value = value[:text.RunEnd(value, 0, nameMax, text.KeyChars|text.Dot)]
		if kind := KindOf(value); kind >= Code || kind == Key {
			return value
		}
		rest = after
	}
}

// nameNearby returns the noun in the last quotes before i on its line: name="Password"; value=….
func nameNearby(r *Reader, i int) string {
	before := r.Text[max(0, i-2*nameMax):i]
	before = before[strings.LastIndexAny(before, "\n{}")+1:]
	end := strings.LastIndexAny(before[:max(0, len(before)-2)], `"'`)
	if end < 0 {
		return ""
	}
	first := strings.LastIndexByte(before[:end], before[end])
	if first < 0 || nounIn(before[first+1:end]) < Code {
		return ""
	}
	return before[first+1 : end]
}

// parentKey returns the key of YAML whose block contains the key at start: Password: and, below it,
// Default: ….
func parentKey(r *Reader, start int) string {
	const most = 200
	line := lineStart(r, start)
	indent := start - line
	if indent == 0 || strings.TrimLeft(r.Text[line:start], " ") != "" {
		return ""
	}
	for limit := line - most; line > 0 && line > limit; {
		end := line - 1
		line = max(lineStart(r, end), limit)
		above := strings.TrimRight(r.Text[max(0, line):end], "\r ")
		if depth := len(above) - len(strings.TrimLeft(above, " ")); above != "" && depth < indent {
			named, isKey := strings.CutSuffix(above[depth:], ":")
			if !isKey || !isNameOf(named, text.KeyChars) {
				return ""
			}
			return named
		}
	}
	return ""
}

// nameOnLineBefore returns the name on the previous line: name: DB_PASSWORD, then value: ….
func nameOnLineBefore(r *Reader, start int) string {
	const indent = 40
	t := r.Text
	i := start
	for limit := i - indent; i > 0 && i > limit; i-- {
		escaped := i > 1 && t[i-2] == '\\' && text.IsEscape[t[i-1]]
		if escaped {
			i--
		} else if !text.Is(t[i-1], text.Space) && !text.Is(t[i-1], text.Quote) && t[i-1] != ',' && t[i-1] != '\\' {
			break
		}
	}
	named, _ := nameBefore(r, i)
	return named
}

// variable returns the name of the Terraform variable whose block contains start.
func variable(r *Reader, start int) string {
	const block = 160
	from := max(0, start-block)
	n := strings.LastIndex(r.Text[from:start], "variable ")
	if n < 0 {
		return ""
	}
	i := from + n + len("variable ")
	for i < start && !text.Is(r.Text[i], text.Letter) {
		i++
	}
	end := text.RunEnd(r.Text, i, i+nameMax, text.KeyChars)
	return r.Text[i:min(end, start)]
}
