// Package secret finds secrets without a format of their own: passwords, tokens and keys
// that only their context gives away.
//
// A secret has three parts. A noun names it: password, API key, PIN, in many languages. A
// link ties the noun to a value: an assignment, a flag, a sentence, a column of a table.
// The value is more or less like a secret. For each combination the package collects
// named features; the sum of their weights decides (model.go). The weights are in one
// table (weights.tsv), fitted to labelled text by make fit.
//
// The links are found at certain bytes of a text: at operators (assign.go), at the dashes
// of flags (flag.go), at words (word.go). Each file of a link returns the bounds of the
// value; no file but model.go decides.
//
// A [Meter] bounds the work of the links (meter.go). Where its budget is used up, the caller replaces
// the rest of the text.
package secret
