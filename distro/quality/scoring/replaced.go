package scoring

import (
	"regexp"
	"strings"
)

var (
	marker = regexp.MustCompile(`\[REDACTED(?:_[A-Z0-9_]+)?\]`)
	// quotedMarker matches the replacement of a number in JSON.
	quotedMarker = regexp.MustCompile(`\\*"\[REDACTED(?:_[A-Z0-9_]+)?\]\\*"`)
)

// markerTypes has the type of values of each marker. Other markers have no labelled type.
var markerTypes = map[string]string{
	"[REDACTED_EMAIL]":       "email",
	"[REDACTED_PHONE]":       "phone",
	"[REDACTED_SSN]":         "ssn",
	"[REDACTED_CREDIT_CARD]": "credit_card",
	"[REDACTED_IP_ADDRESS]":  "ip",
	"[REDACTED_IBAN]":        "iban",
	"[REDACTED_API_KEY]":     "api_key",
}

// Replaced returns the parts of text that markers replace in redacted. It reports
// false if the texts differ in more than markers.
func Replaced(text, redacted string) ([]Span, bool) {
	if text == redacted {
		return nil, true
	}
	spans, ok := align(marker, text, redacted)
	if !ok {
		spans, ok = align(quotedMarker, text, redacted)
	}
	return spans, ok
}

// align compiles the redacted text to an expression in which each marker matches as
// little as possible, or itself. It merges adjacent markers, since the boundary between
// their values is unknown.
func align(marker *regexp.Regexp, text, redacted string) (spans []Span, ok bool) {
	var expr strings.Builder
	var markers []string
	at := 0
	expr.WriteString(`(?s)^`)
	for i, m := range marker.FindAllStringIndex(redacted, -1) {
		if i == 0 || m[0] > at {
			found := redacted[m[0]:m[1]]
			markers = append(markers, found)
			expr.WriteString(regexp.QuoteMeta(redacted[at:m[0]]) + `(` + regexp.QuoteMeta(found) + `|.+?)`)
		}
		at = m[1]
	}
	expr.WriteString(regexp.QuoteMeta(redacted[at:]) + `$`)
	re, err := regexp.Compile(expr.String())
	if err != nil || len(markers) == 0 {
		return nil, false
	}
	groups := re.FindStringSubmatchIndex(text)
	if groups == nil {
		return nil, false
	}
	for i, m := range markers {
		start, end := groups[2*i+2], groups[2*i+3]
		if text[start:end] != m {
			spans = append(spans, Span{start, end, typeOf(m)})
		}
	}
	return spans, true
}

func typeOf(marker string) string {
	if typ, ok := markerTypes[strings.Trim(marker, `\"`)]; ok {
		return typ
	}
	return "other"
}
