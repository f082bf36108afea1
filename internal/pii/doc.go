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
//  1. The text is walked once. A table with an entry for each of the 256 bytes
//     says which bytes can announce a finding; all others are passed over.
//  2. At such a byte the verifiers of one family look back and ahead by a
//     bounded number of bytes and decide. Each family is a file: card.go,
//     email.go, jwt.go. What they accept is collected as a span.
//  3. Spans that overlap become one that covers them all, so that no part of
//     either stays in clear. It is named after the custom pattern, else after the
//     surest one (validated, then structural, then generic), else the
//     longest, else the first in the table.
//  4. The markers are spliced in, in one go.
//
// Redacting goes on until a scan of the result finds nothing, so redacting twice
// changes nothing. A text that does not settle within a few rounds is replaced
// whole: in doubt, more is redacted, never less.
//
// No verifier is a regular expression, and none reads a byte an unbounded number
// of times, so the time is linear in the length of the text whatever it holds.
// Only custom patterns are regular expressions, of the RE2 kind.
//
// # JSON
//
// Text that is JSON is redacted leaf by leaf in place: strings are scanned as
// they decode, with their key as context, and only the bytes of a finding
// change. JSON in a string in JSON is followed a few levels down. Text that only
// looks like JSON, because it was cut or nests too deep, is scanned as text, for
// which every verifier understands a backslash before a quote.
//
// # What it does not find
//
// Names, postal addresses and anything else that needs to be understood rather
// than recognised. Text that must not leave at all should be dropped, not scanned.
// Values that are disguised by full-width characters, unusual dashes and spaces, or
// base64 are not found either (of other encodings, only an @ as %40 or \u0040 is
// read): where that is wanted, a decoder belongs beside the one of JSON strings,
// since it too maps the offsets of a decoded text back to the text as it was given.
package pii
