package audit

// This file holds how records of a session, a user or a time are found.

import (
	"bytes"
	"encoding/json"
	"regexp"
	"time"
)

// A Selection selects records by all of its fields that are set. Session and User are
// compared with attributes of the payload, which is OTLP/JSON, as a whole.
type Selection struct {
	Session string    `json:"session,omitempty"`
	User    string    `json:"user,omitempty"` // address, id or pseudonym
	From    time.Time `json:"from,omitzero"`
	To      time.Time `json:"to,omitzero"`
}

var (
	isSessionKey = regexp.MustCompile(`(?i)(^|[._])sessions?($|[._])`).MatchString
	isUserKey    = regexp.MustCompile(`(?i)(^|[._])(user|users|enduser)($|[._])`).MatchString
)

// Selects reports whether a record is selected. Restart records are not.
func (s *Selection) Selects(r *Record) bool {
	return r.Kind == KindRecord && s.overlaps(r.Time, r.Time) &&
		hasAttribute(r.Payload, s.Session, isSessionKey) && hasAttribute(r.Payload, s.User, isUserKey)
}

// overlaps reports whether a time range has times of the selection.
func (s *Selection) overlaps(first, last time.Time) bool {
	return (s.From.IsZero() || !last.Before(s.From)) && (s.To.IsZero() || !first.After(s.To))
}

// isOfPerson reports whether payloads are compared.
func (s *Selection) isOfPerson() bool { return s.Session != "" || s.User != "" }

// mayHave reports whether a text can have a value of an attribute: payloads without it are
// not parsed.
func mayHave(text []byte, value string) bool {
	return bytes.Contains(text, []byte(value)) || bytes.IndexByte(text, '\\') >= 0
}

// hasAttribute reports whether a payload has the value in an attribute with such a name. An
// empty value is in each payload.
func hasAttribute(payload []byte, value string, isKey func(string) bool) bool {
	if value == "" {
		return true
	}
	var document any
	if !mayHave(payload, value) || json.Unmarshal(payload, &document) != nil {
		return false
	}
	return findAttribute(document, value, isKey)
}

// findAttribute searches the attributes of a decoded document, at any depth.
func findAttribute(v any, value string, isKey func(string) bool) bool {
	switch v := v.(type) {
	case []any:
		for _, one := range v {
			if findAttribute(one, value, isKey) {
				return true
			}
		}
	case map[string]any:
		if key, ok := v["key"].(string); ok && isKey(key) && valueEquals(v["value"], value) {
			return true
		}
		for _, one := range v {
			if findAttribute(one, value, isKey) {
				return true
			}
		}
	}
	return false
}

// valueEquals reports whether a value of OTLP/JSON, or one of its list, is the text.
func valueEquals(v any, text string) bool {
	m, _ := v.(map[string]any)
	if s, ok := m["stringValue"].(string); ok {
		return s == text
	}
	if s, ok := m["intValue"].(string); ok {
		return s == text
	}
	list, _ := m["arrayValue"].(map[string]any)
	values, _ := list["values"].([]any)
	for _, one := range values {
		if valueEquals(one, text) {
			return true
		}
	}
	return false
}
