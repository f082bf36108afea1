package secret

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// TagEnd detects a secret after the end of a tag at i: after <password>, after
// <entry key="password">, after <key>password</key><string>.
func TagEnd(r *Reader, i int) int {
	if i < r.operatorEnd || i < r.secretEnd {
		return i + 1
	}
	t := r.Text
	start := text.RunStart(t, i, i-nameMax, text.KeyChars|text.Colon)
	switch before := r.Previous(start); {
	case start == i && text.Is(before, text.Quote):
		named, _ := nameBefore(r, i)
		if kind := KindOf(named); kind != None {
			return tagged(r, i, kind, Bare)
		}
		return tagged(r, i, KindOf(elementOf(r, i)), Quoted)
	case start < i && before == '<' && isValueTag(t[start:i]):
		return tagged(r, i, KindOf(namedInElement(r, start-1)), Quoted)
	case start < i && before == '<':
		return tagged(r, i, KindOf(t[start:i]), Quoted)
	case start < i && before == '/' && r.Previous(start-1) == '<':
		named, _ := nameBefore(r, start-2)
		kind := KindOf(named)
		if kind == None {
			return i + 1
		}
		open := text.RunEnd(t, i+1, i+1+maxSpaces, text.Space|text.Colon)
		if inner := text.RunEnd(t, open+1, open+1+nameMax, text.Alnum); r.Next(open) == '<' && r.Next(inner) == '>' && r.Next(inner+1) == '<' {
			open = inner + 1 // <td><code>
		}
		if end := tagEnd(t, open); end > 0 {
			return tagged(r, end, kind, Quoted)
		}
	}
	return i + 1
}

// tagged detects a secret between the end of a tag at i and the next tag.
func tagged(r *Reader, i int, kind Kind, style Style) int {
	if kind == None || i+1 >= len(r.Text) {
		return i + 1
	}
	n := strings.IndexByte(r.Text[i+1:min(len(r.Text), i+1+valueMost)], '<')
	if n < 0 {
		return i + 1
	}
	if cdata := "<![CDATA["; strings.HasPrefix(r.Text[i+1:], cdata) {
		at := i + 1 + len(cdata)
		if n := strings.Index(r.Text[at:min(len(r.Text), at+valueMost)], "]]>"); n >= 0 {
			r.judge(kind, LinkTag, bounds{at, at + n, Quoted})
		}
		return i + 1
	}
	if n == 0 {
		if end := tagEnd(r.Text, i+1); end > 0 && isValueTag(r.Text[i+2:end]) { // <Password><Value>X
			return tagged(r, end, kind, style)
		}
	}
	value := r.Text[i+1 : i+1+n]
	trimmed := strings.TrimSpace(value)
	at := i + 1 + strings.Index(value, trimmed)
	if !r.judge(kind, LinkTag, bounds{at, at + len(trimmed), style}) {
		return i + 1
	}
	return at
}

// tagEnd returns where the tag that starts at i ends, 0 if none starts there.
func tagEnd(in string, i int) int {
	if i+1 >= len(in) || in[i] != '<' || !text.Is(in[i+1], text.Letter) && in[i+1] != '/' {
		return 0
	}
	if n := strings.IndexAny(in[i+1:min(len(in), i+nameMax)], "<>"); n > 0 && in[i+1+n] == '>' {
		return i + 1 + n
	}
	return 0
}

// elementOf returns the name of the element whose tag ends at i.
func elementOf(r *Reader, i int) string {
	from := max(0, i-2*nameMax)
	n := strings.LastIndexByte(r.Text[from:i], '<')
	if n < 0 {
		return ""
	}
	at := from + n + 1
	return r.Text[at:text.RunEnd(r.Text, at, i, text.KeyChars)]
}

// isValueTag reports whether a tag holds the value of the element before it.
func isValueTag(tag string) bool {
	return text.EqualFold(tag, "value") || text.EqualFold(tag, "string")
}

// namedInElement returns the noun of an attribute of the tag before i: <setting name="password"><value>.
func namedInElement(r *Reader, i int) string {
	for limit := i - maxSpaces; i > 0 && i > limit && text.Is(r.Text[i-1], text.Space); i-- {
	}
	if r.Previous(i) != '>' {
		return ""
	}
	return namedInTag(r, i-1)
}

// rowMax bounds a row of an HTML table, in bytes.
const rowMax = 1024

// headCell detects the secrets of a column of an HTML table that the noun [start, end) heads.
func headCell(r *Reader, kind Kind, start, end int) bool {
	t := r.Text
	if r.inTable(start) || !text.HasFold(t, start-len("<th>"), "<th>") && !text.HasFold(t, start-len("<td>"), "<td>") || r.Next(end) != '<' {
		return false
	}
	from := max(0, start-headMax)
	row := strings.LastIndex(t[from:start], "<tr")
	if row < 0 {
		return false
	}
	column := strings.Count(t[from+row:start], "<th") + strings.Count(t[from+row:start], "<td") - 1
	i, head := end, 0
	for range rowsMax {
		n := strings.Index(t[i:min(len(t), i+rowMax)], "<tr")
		if n < 0 {
			break
		}
		i += n + 1
		if head == 0 {
			head = i
		}
		at, last := i, i+lengthTo(t[i:min(len(t), i+rowMax)], "</tr")
		for k := 0; k <= column && at < last; k++ {
			cell := strings.Index(t[at:last], "<td")
			if cell < 0 {
				break
			}
			at += cell + 1
			if k == column {
				tagged(r, at+max(0, strings.IndexByte(t[at:last], '>')), kind, Quoted)
			}
		}
	}
	if i > end {
		r.tableHead, r.tableEnd = head, i
	}
	return i > end
}

// lengthTo returns the length of a text up to a mark, all of it without one.
func lengthTo(in, mark string) int {
	if n := strings.Index(in, mark); n >= 0 {
		return n
	}
	return len(in)
}
