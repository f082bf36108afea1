package cowork

import (
	"strings"

	"go.opentelemetry.io/collector/pdata/pcommon"
)

// eventName is the attribute that clients write an event's name into.
const eventName = "event.name"

// maxNameLen is the length in bytes above which a name is taken for something else.
const maxNameLen = 128

// namePrefixes are dropped from names. They come from clients' bodies, from third
// parties and from this collector's own kinds.
var namePrefixes = [...]string{"claude_code.", "claude_cowork.", "cowork."}

// Name returns the event's short name, "" if it has none. It stands in the record's
// EventName, else in the attribute event.name, else in a body that is a string, else
// in the name of a body that is a map; the first that can be a name is taken. A name
// begins with a letter, has at most 128 bytes, and only letters, digits, dots,
// underscores and dashes: anything else is text that happens to stand there.
//
// The collector's own cowork.prompt_summary and cowork.alert are called
// prompt_summary and alert.
func (e Event) Name() string {
	if name := shortName(e.rec.EventName()); name != "" {
		return name
	}
	if v, ok := e.recordValue(eventName); ok {
		if name := shortName(v.Str()); name != "" {
			return name
		}
	}
	return e.bodyName()
}

func (e Event) bodyName() string {
	if body := e.rec.Body(); body.Type() == pcommon.ValueTypeStr {
		return shortName(body.Str())
	}
	if body, ok := asMap(e.rec.Body()); ok {
		if v, ok := lookup(body, "name"); ok {
			return shortName(v.Str())
		}
	}
	return ""
}

// ShortName returns the name of a kind without the prefixes that it may be written with,
// "" for what is no name.
func ShortName(name string) string { return shortName(name) }

// shortName drops the prefixes of a name, and returns "" for what is no name. All
// prefixes are dropped, not only the first, so that a short name is short for good.
func shortName(name string) string {
	for dropped := true; dropped; {
		dropped = false
		for _, prefix := range namePrefixes {
			if rest, ok := strings.CutPrefix(name, prefix); ok {
				name, dropped = rest, true
			}
		}
	}
	if !isName(name) {
		return ""
	}
	return name
}

// isName wants a letter first: a phone number has the characters of a name too.
func isName(s string) bool {
	if s == "" || s == undefined || len(s) > maxNameLen || !isLetter(s[0]) {
		return false
	}
	for i := range len(s) {
		if c := s[i]; !isLetter(c) && !isDigit(c) && c != '_' && c != '.' && c != '-' {
			return false
		}
	}
	return true
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
