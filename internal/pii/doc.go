// Package pii finds sensitive values in text and replaces them with markers.
//
// A [Scanner] has an ordered table of patterns, [Patterns], and those of its
// [Settings]. [Scanner.Scan] returns where they match. [Scanner.Redact] and
// [Scanner.RedactJSON] replace the matches by markers:
//
//	mail jane.doe@example.com   ->   mail [REDACTED_EMAIL]
//
// # How a text is scanned
//
//  1. Each block of 64 bytes gets masks of its letters and digits, its digits, and
//     certain signs (internal/prefilter, by vector instructions where available). The masks
//     give the candidates: the few bytes at which a finding can begin (candidates.go).
//  2. Prefilters read the bytes around a candidate and reject most of them: an equals
//     sign after a name that no secret has, a word with the first letters of no token
//     (prefilter.go).
//  3. At the others the detectors of one pattern read a bounded number of bytes before
//     and after the candidate and decide. Each family of patterns is a file: email.go,
//     jwt.go, network.go. They collect what they accept as spans.
//  4. Overlapping spans become one that covers them all, so that no part of
//     either stays in clear. Its pattern is the custom pattern, else the
//     surest one (validated, then structural, then generic), else the
//     longest, else the first in the table.
//  5. Markers replace the spans, in one copy of the text.
//
// Redact scans the result again until it finds nothing, so redacting twice
// changes nothing. Of a long text it scans only the parts around the markers again,
// since no detector reads farther. If a text still has findings after a few rounds, a
// marker replaces it completely: in doubt, more is redacted.
//
// No detector is a regular expression, and none reads a byte an unbounded number
// of times, so the time is linear in the length of any text.
// Only custom patterns are regular expressions, in RE2 syntax. One pass over the text finds
// the literals that their matches must contain; they are tried around those.
//
// # JSON
//
// Text that is JSON is redacted in place: each string is decoded and scanned with its
// key as context, and only the bytes of a finding
// change. JSON in a string in JSON is followed a few levels down. Text that only
// looks like JSON, because it was cut or nests too deep, is scanned as text.
// Every detector accepts a backslash before a quote.
//
// # Disguises
//
// A text that can contain a disguise is also scanned in plain form, and the
// findings are mapped back to the given text: escapes of URLs, HTML,
// programs and terminals, also within one another; full-width, mathematical and other
// forms of letters and digits, the digits of all scripts, Cyrillic and Greek letters
// in Latin words; invisible characters; unusual dashes, dots and spaces; jane [at]
// example (dot) com, also in words; numbers with more, fewer or other separators; base64 and
// hexadecimal digits that decode to text, two deep. A finding that needs another layout must be
// surer than others, and an encoded text is replaced completely.
// A text without disguises is scanned once. See internal/deobfuscate.
//
// # What it does not find
//
// Names, postal addresses and other values without a recognisable format. Drop text
// that must not be sent at all, instead of scanning it.
//
// Numbers in words, text that is written backwards, compressed, encrypted, split into
// several values or encoded in other ways than those above; base64 within a longer word; words
// that consist of similar letters of another script only; an address in words whose domain
// ends with a word such as in, is or to.
package pii
