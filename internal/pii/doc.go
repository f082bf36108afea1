// Package pii finds sensitive values in text and replaces them with markers.
//
// A [Scanner] has an ordered table of patterns, [Patterns], and those of its
// [Settings]. [Scanner.Scan] returns where they match. [Scanner.Redact] and
// [Scanner.RedactJSON] replace the matches by markers:
//
//	mail jane.doe@example.com   ->   mail [REDACTED_EMAIL]
//
// # Layers
//
// This package has the API, the settings, and what connects the layers below internal. Each
// layer imports only those below it in this list, and none imports this package:
//
//	secret       secrets without a format of their own: a noun, a link and a value, weighed
//	detect       one detector a file: addresses, numbers, URLs, web tokens, private keys
//	token        tokens of vendors in tables, and tokens of unknown format
//	document     reads JSON in place: hands each string, number and key over with the name that is its context
//	deobfuscate  converts a disguised text to plain text, and maps its findings back
//	literal      finds the literals of custom patterns in one pass
//	prefilter    finds the bytes at which a finding can begin, 64 bytes at a time
//	span         a finding of a detector, how sure it is, and the markers
//	text         bytes, runs, words, shapes, checksums
//
// The file dispatch.go has the table of the detectors that read the text at such a byte.
//
// # How a text is redacted
//
//  1. [Scanner.Redact] reads text that is JSON as a document (redact.go). Each string, decoded, is a
//     text of its own, and only the bytes of a finding change. JSON in a string in JSON is followed a few
//     levels down. Text that only looks like JSON, because it was cut or nests too deep, is
//     scanned as text. Every detector accepts a backslash before a quote.
//  2. Each text is scanned as it is given (scanner.go): a filter announces the candidates,
//     and the detectors of a candidate read a bounded number of bytes before and after it
//     and decide (dispatch.go). A text that is only an id, a hash or a time is not read.
//  3. A text that can contain a disguise is also scanned in plain form (scan.go).
//  4. Overlapping spans become one that covers them all, so that no part of
//     either stays in clear (resolve.go). Its pattern is the custom pattern, else the
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
// # Names of values
//
// A value in JSON has the name of its key, or of its column, of the flag before it in a list of
// arguments, or of another field of its object: {"label": "Password", "value": "…"}. The
// values of a Kubernetes Secret are secrets under any name. See package document.
//
// # Disguises
//
// Disguises that are undone: escapes of URLs, HTML,
// programs and terminals, also within one another; full-width, mathematical and other
// forms of letters and digits, the digits of all scripts, Cyrillic and Greek letters
// in Latin words; invisible characters; unusual dashes, dots and spaces; jane [at]
// example (dot) com, also in words; numbers with more, fewer or other separators; base64 and
// hexadecimal digits that decode to text, two deep. A finding that needs another layout must be
// surer than others, and an encoded text is replaced completely. See package deobfuscate.
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
