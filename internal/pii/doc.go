// Package pii finds sensitive values in text and replaces them with markers.
//
// A [Scanner] has an ordered table of patterns, [Patterns], and those of its
// [Settings]. [Scanner.Scan] returns where they match. [Scanner.Redact] and
// [Scanner.RedactJSON] replace the matches by markers:
//
//	mail jane.doe@example.com   ->   mail [REDACTED_EMAIL]
//
// [Scanner.Explain] returns how the values were judged that only their context makes secrets.
//
// # How a text is scanned
//
// A text passes these layers in order. Each is a package in internal that
// imports none of the layers that call it.
//
//  1. document reads JSON in place: each string and number is scanned alone, under the name
//     that serves as its context. Text that is not JSON is one string.
//  2. prefilter computes masks of each block of 64 bytes, by vector instructions where
//     available. The masks give the candidates: the few bytes at which a finding can begin.
//     Most are rejected by the bytes around them: an equals sign after a name that no
//     secret has, a word with the first letters of no token.
//  3. The dispatch table (dispatch.go, keywords.go) selects the detectors of a candidate by its sign, its
//     digits or its word. A detector reads a bounded number of bytes before and after the
//     candidate, and returns a span or nothing. Package detect has those with a checksum
//     or a syntax: cards, accounts, personal numbers, addresses, private keys; dialplan has the
//     telephone numbers that exist. Package token has the formats of vendors, and tokens of
//     unknown format. Package secret judges values by their context: a noun, a link, and
//     the sum of the weights of named features. Package literal finds where a custom
//     pattern can match; only those are regular expressions.
//  4. resolve.go merges overlapping spans into one that covers them all, so that no part of either
//     stays in clear. Its pattern is the custom pattern, else the surest one (validated, then
//     structural, then generic), else the longest, else the first in the table.
//  5. deobfuscate returns the plain form of a text that can contain a disguise. It passes layers 2 to 4
//     again, and its findings are mapped back to the given text.
//  6. redact.go replaces the spans by markers, in one copy of the text.
//
// Layers share text (classes, runs and shapes of bytes), span (what a detector returns) and
// placeholder (values that take the place of a secret).
//
// Redact scans the result again until it finds nothing, so redacting twice
// changes nothing. Of a long text it scans only the parts around the markers again,
// since no detector reads farther. If a text still has findings after a few rounds, a
// marker replaces it completely: in doubt, more is redacted.
//
// No detector reads a byte an unbounded number of times, so the time is linear in the
// length of any text. Clean text allocates nothing.
//
// # Where to add
//
//   - A noun that names secrets, in any language: nouns in secret/noun.go, or secret/foreign.go
//     for one with letters beyond ASCII. If it is a word of a sentence, also sentenceNouns.
//   - A command with a secret among its arguments or in its input: a row of commandRows in
//     secret/commandtable.go.
//   - A link between a noun and its value: a constant in secret/link.go, a file that finds the
//     value and calls judge, its words in secret/word.go or its sign in dispatch.go, and a
//     row in secret/weights.tsv.
//   - A feature of values: secret/feature.go, and a row in secret/weights.tsv. make fit fits the weights.
//   - A value that is no secret under any noun: secret/placeholder.go.
//   - A format of a vendor: a row in a table of token/formats_*.go.
//   - A number or an address: a file in detect, and its candidates in dispatch.go.
//   - A personal number of a country: a row of nationalIDs in detect/nationalidtable.go, and its
//     checksum in detect/nationalidcheck.go.
//   - A word before numbers that makes them telephone numbers, cards or versions:
//     detect/contextwords.go.
//   - A disguise: a file in deobfuscate, and the bytes that open it in prefilter.
//
// Each needs positives and hard negatives in testdata/<pattern>.txt, and in the tests of its package.
//
// # Names of values
//
// Text that is JSON is redacted in place: only the bytes of a finding change. JSON in a string
// in JSON is followed a few levels down. Text that only looks like JSON, because it was cut
// or nests too deep, is scanned as text. Every detector accepts a backslash before a quote.
//
// # Disguises
//
// The plain form undoes escapes of URLs, HTML, programs and terminals, also within one
// another; plus signs for the spaces of forms and queries; full-width, mathematical and other
// forms of letters and digits, the digits of all scripts, Cyrillic and Greek letters in Latin
// words; invisible characters; unusual dashes, dots and spaces; jane [at] example (dot) com, also in words; numbers with more, fewer or
// other separators; base64 and hexadecimal digits that decode to text, two deep. A finding
// that needs another layout must be surer than others, and an encoded text is replaced
// completely. A text without disguises is scanned once. One with plus signs that may be spaces is
// scanned with and without them.
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
