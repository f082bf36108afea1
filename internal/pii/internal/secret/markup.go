package secret

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// TagEnd detects a secret after the end of a tag at i: after <password>, after
// <entry key="password">, after <key>password</key><string>.
func (r *Reader) TagEnd(i int) int {
	if i < r.operatorEnd || i < r.secretEnd {
		return i + 1
	}
	t := r.Text
	start := text.RunStart(t, i, i-nameMax, text.KeyChars|text.Colon)
	switch before := r.Previous(start); {
	case start == i && text.Is(before, text.Quote):
		named, _ := r.nameBefore(i)
		return r.tagged(i, KindOf(named), Bare)
	case start < i && before == '<':
		return r.tagged(i, KindOf(t[start:i]), Quoted)
	case start < i && before == '/' && r.Previous(start-1) == '<':
		named, _ := r.nameBefore(start - 2)
		kind := KindOf(named)
		if kind == None {
			return i + 1
		}
		open := text.RunEnd(t, i+1, i+1+maxSpaces, text.Space)
		if end := text.RunEnd(t, open+1, open+1+nameMax, text.Alnum); r.Next(open) == '<' && r.Next(end) == '>' {
			return r.tagged(end, kind, Quoted)
		}
	}
	return i + 1
}

// tagged detects a secret between the end of a tag at i and the next tag.
func (r *Reader) tagged(i int, kind Kind, style Style) int {
	if kind == None || i+1 >= len(r.Text) {
		return i + 1
	}
	n := strings.IndexByte(r.Text[i+1:min(len(r.Text), i+1+valueMost)], '<')
	if n < 0 {
		return i + 1
	}
	value := r.Text[i+1 : i+1+n]
	trimmed := strings.TrimSpace(value)
	at := i + 1 + strings.Index(value, trimmed)
	if !r.judge(kind, LinkTag, bounds{at, at + len(trimmed), style}) {
		return i + 1
	}
	return at
}
