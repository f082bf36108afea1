package coworkredactionprocessor

import (
	"slices"
	"strings"

	"github.com/cowork-otel/collector/internal/pii"
	"github.com/cowork-otel/collector/processor/coworkredactionprocessor/internal/jsontext"
	"github.com/cowork-otel/collector/processor/coworkredactionprocessor/internal/repeat"
)

// repeatedIn reports whether a part of a text repeats a prompt of the batch.
func (p *prompts) repeatedIn(text string) bool {
	p.found = p.index.Find(p.found[:0], text)
	return len(p.found) > 0
}

// withoutRepeats replaces the parts of a text that repeat a prompt of the batch, after
// repeatedIn has found them.
func (r *redactor) withoutRepeats(key, text string) string {
	c := repeatCutter{prompts: r.prompts, findings: func(text string) []pii.Finding {
		_, found := r.redactOrReplace(r.scan, key, text)
		return found
	}}
	clean := c.cutText(text, 0)
	r.countContent(replaceRepeat, c.count)
	if c.count > maxRepeats {
		return replaceRepeat.Marker
	}
	return clean
}

// maxRepeats bounds the replacements in one value, since a marker is longer than most of
// what it replaces in JSON. A value with more of them is replaced completely.
const maxRepeats = 1000

// A repeatCutter replaces repeated parts of one value.
type repeatCutter struct {
	prompts  *prompts
	findings func(text string) []pii.Finding
	count    int64 // of replacements
}

// cutText replaces the parts of a text that repeatedIn has found. JSON stays valid: in
// it, each string is replaced on its own.
func (c *repeatCutter) cutText(text string, nesting int) string {
	parts := c.withFindings(slices.Clone(c.prompts.found), text)
	if jsontext.Valid(text) {
		return c.cutJSON(text, parts, nesting)
	}
	var b strings.Builder
	at := 0
	for _, part := range parts {
		b.WriteString(text[at:part.Start])
		b.WriteString(replaceRepeat.Marker)
		at = part.End
	}
	c.count += int64(len(parts))
	b.WriteString(text[at:])
	return b.String()
}

// nearFinding is how far from a repeated part a finding is replaced with it. The finding
// may be one only because of the words before it, or a part of it may be repeated.
const nearFinding = 64

// withFindings adds the findings that touch repeated parts or are near them.
func (c *repeatCutter) withFindings(parts []repeat.Range, text string) []repeat.Range {
	repeated := parts
	for _, f := range c.findings(text) {
		for len(repeated) > 0 && repeated[0].End+nearFinding < f.Start {
			repeated = repeated[1:]
		}
		if len(repeated) > 0 && repeated[0].Start-nearFinding <= f.End {
			parts = append(parts, repeat.Range{Start: f.Start, End: f.End})
		}
	}
	return repeat.Merge(parts)
}

// cutJSON replaces parts of a JSON text in its strings and numbers.
func (c *repeatCutter) cutJSON(text string, parts []repeat.Range, nesting int) string {
	var b strings.Builder
	at := 0
	for s := range jsontext.Strings(text) {
		c.cutNumbers(&b, text[at:s.Start], at, parts)
		b.WriteString(c.cutString(text[s.Start:s.End], s.Start, parts, nesting))
		at = s.End
		for len(parts) > 0 && parts[0].End <= at {
			parts = parts[1:]
		}
	}
	c.cutNumbers(&b, text[at:], at, parts)
	return b.String()
}

// cutNumbers writes the text between two strings, which begins at offset. A string
// replaces each number that a part touches.
func (c *repeatCutter) cutNumbers(b *strings.Builder, text string, offset int, parts []repeat.Range) {
	at := 0
	for _, part := range parts {
		if part.Start >= offset+len(text) {
			break
		}
		for at < len(text) && offset+at < part.End {
			start := strings.IndexAny(text[at:], "-0123456789")
			if start < 0 || offset+at+start >= part.End {
				break
			}
			start += at
			end := start + len(text[start:]) - len(strings.TrimLeft(text[start:], "-+.0123456789eE"))
			b.WriteString(text[at:start])
			if at = end; offset+end <= part.Start {
				b.WriteString(text[start:end])
				continue
			}
			b.WriteString(`"` + replaceRepeat.Marker + `"`)
			c.count++
		}
	}
	b.WriteString(text[at:])
}

// cutString replaces the parts of a raw string that begins at offset. JSON in the string
// stays valid as well.
func (c *repeatCutter) cutString(raw string, offset int, parts []repeat.Range, nesting int) string {
	if len(parts) == 0 || parts[0].Start >= offset+len(raw) {
		return raw
	}
	if decoded := jsontext.Decode(raw); nesting < maxJSONNesting && jsontext.Valid(decoded) {
		if !c.prompts.repeatedIn(decoded) {
			return raw
		}
		return jsontext.Encode(c.cutText(decoded, nesting+1))
	}
	var b strings.Builder
	inside := false
	for i := 0; i < len(raw); {
		end := jsontext.EscapeEnd(raw, i)
		for len(parts) > 0 && parts[0].End <= offset+i {
			parts = parts[1:]
		}
		switch repeated := len(parts) > 0 && parts[0].Start < offset+end; {
		case !repeated:
			b.WriteString(raw[i:end])
		case !inside:
			b.WriteString(replaceRepeat.Marker)
			c.count++
		}
		inside = len(parts) > 0 && parts[0].Start < offset+end
		i = end
	}
	return b.String()
}
