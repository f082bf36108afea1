package coworkalertexporter

import (
	"errors"
	"regexp"
)

// quotes are the ways in which Alertmanager's loader repeats a value that it could not
// read: a URL, which often is the secret itself, and the beginning of a scalar.
var quotes = regexp.MustCompile("parse \"(?:[^\"\\\\]|\\\\.)*\"|`[^`]*`")

// scrub returns what Alertmanager says of a configuration, without values of it. The
// kind of the error is lost on purpose: what it wraps has the value still.
func scrub(err error) error {
	return errors.New(quotes.ReplaceAllString(err.Error(), redacted))
}
