package cowork

import (
	"strings"

	"go.opentelemetry.io/collector/pdata/pcommon"
)

// eventName is the attribute that clients write an event's name into.
const eventName = "event.name"

// maxNameLen is the greatest length of a name in bytes.
const maxNameLen = 128

// namePrefixes are removed from names. Clients' bodies, third parties and this
// collector's own kinds use them.
var namePrefixes = [...]string{"claude_code.", "claude_cowork.", "cowork."}

// Name returns the event's short name, "" if it has none. It is read from the record's
// EventName, else from the attribute event.name, else from a body that is a string,
// else from the name of a body that is a map; the first valid name is used. A name
// begins with a letter, has at most 128 bytes, and only letters, digits, dots,
// underscores and dashes. Anything else is free text.
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
	return nameInBody(e.rec.Body())
}

func nameInBody(v pcommon.Value) string {
	if v.Type() == pcommon.ValueTypeStr {
		return shortName(v.Str())
	}
	if body, ok := asMap(v); ok {
		if v, ok := lookup(body, "name"); ok {
			return shortName(v.Str())
		}
	}
	return ""
}

// ShortName returns the name of a kind without its prefixes, "" for text that is not a
// name.
func ShortName(name string) string { return shortName(name) }

// shortName removes the prefixes of a name, and returns "" for text that is not a name.
// All prefixes are removed, so that the short name of a short name is the same.
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

// isName requires a letter first: a phone number has the characters of a name too.
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
