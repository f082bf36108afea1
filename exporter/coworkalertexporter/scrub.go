package coworkalertexporter

import (
	"errors"
	"regexp"
)

// quotes are the ways in which Alertmanager's loader repeats a value that it could not
// read: a URL, which often is the secret itself, and the beginning of a scalar.
var quotes = regexp.MustCompile("parse \"(?:[^\"\\\\]|\\\\.)*\"|`[^`]*`")

// unknownKey is how it says that a key is none of its own, to programmers.
var unknownKey = regexp.MustCompile(`not found in type [\w.]+`)

// scrub returns what Alertmanager says of a configuration, without values of it. The
// kind of the error is lost on purpose: what it wraps has the value still.
func scrub(err error) error {
	text := unknownKey.ReplaceAllString(err.Error(), "is no setting of Alertmanager's there")
	return errors.New(quotes.ReplaceAllString(text, redacted))
}
