// Package pii finds sensitive values in text and replaces them with markers.
//
// A [Scanner] knows an ordered table of patterns, [Patterns], and those of its
// [Settings]. [Scanner.Scan] says where they match; [Scanner.Redact] and
// [Scanner.RedactJSON] put markers in the place of what they match:
//
//	mail jane.doe@example.com   ->   mail [REDACTED_EMAIL]
//
// # How a text is read
//
//  1. For each block of 64 bytes there are masks: which bytes are letters and
//     digits, which are digits, which are signs that matter (internal/mask,
//     by vectors where the machine has them). From the masks follow the
//     candidates: the few bytes at which a finding can be announced by what
//     stands beside them (candidates.go).
//  2. A quick look at the bytes around a candidate declines most of them: an equals
//     sign behind a name that no secret has, a word that begins like no token
//     (promise.go, heads.go).
//  3. At the others the verifiers of one family look back and ahead by a
//     bounded number of bytes and decide. Each family is a file: card.go,
//     email.go, jwt.go. What they accept is collected as a span.
//  4. Spans that overlap become one that covers them all, so that no part of
//     either stays in clear. It is named after the custom pattern, else after the
//     surest one (validated, then structural, then generic), else the
//     longest, else the first in the table.
//  5. The markers are spliced in, in one go.
//
// Redacting goes on until a scan of the result finds nothing, so redacting twice
// changes nothing. Of a long text only what lies around the markers is scanned
// again: no verifier sees further. A text that does not settle within a few rounds is replaced
// whole: in doubt, more is redacted, never less.
//
// No verifier is a regular expression, and none reads a byte an unbounded number
// of times, so the time is linear in the length of the text whatever it holds.
// Only custom patterns are regular expressions, of the RE2 kind. One pass over the text finds
// the literals that their matches cannot do without; they are tried around those.
//
// # JSON
//
// Text that is JSON is redacted leaf by leaf in place: strings are scanned as
// they decode, with their key as context, and only the bytes of a finding
// change. JSON in a string in JSON is followed a few levels down. Text that only
// looks like JSON, because it was cut or nests too deep, is scanned as text, for
// which every verifier understands a backslash before a quote.
//
// # Disguises
//
// A text in which something can be disguised is scanned in plain form too, and the
// findings are mapped back to the text as it was given: escapes of URLs, HTML,
// programs and terminals, also within one another; full-width, mathematical and other
// forms of letters and digits, the digits of all scripts, Cyrillic and Greek letters
// in Latin words; invisible characters; unusual dashes, dots and spaces; jane [at]
// example (dot) com, also in words; numbers with more, fewer or other separators; base64 and
// hexadecimal digits that decode to text, two deep. What only another layout shows must be
// surer than what anybody reads like that, and of an encoded text the whole is a finding.
// A text without any of these is not read again. See internal/disguise.
//
// # What it does not find
//
// Names, postal addresses and anything else that needs to be understood rather
// than recognised. Text that must not leave at all should be dropped, not scanned.
//
// Numbers in words, text that is written backwards, compressed, encrypted, cut into
// several values or encoded in other ways than those above; base64 within a longer word; letters
// that only look alike in a whole word of them; an address in words whose domain
// ends with a word such as in, is or to.
package pii
