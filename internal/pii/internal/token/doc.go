// Package token finds the tokens and keys of vendors in a text.
//
// The tables in formats_*.go have the formats with a prefix, a file for each domain: the
// prefix, the class and the length of the bytes after it, and a check. An index of the
// first bytes of the prefixes (index.go) selects the formats that [At] tries. A checksum
// raises the rank of a token and is never required.
//
// Tokens without a prefix have functions of their own ([AzureSecret], [TerraformToken],
// [PipedToken]). [Unknown] reads a long random word: it accepts a part of a token of two
// parts (paired.go), a one-time token in a link (link.go), and a word for which the words
// before it suggest a key (hints.go). Identifiers of objects, paths, names in code and
// checksums are no tokens (public.go, unknown.go).
//
// No function allocates. A [Reader] reads each byte of a text a bounded number of times.
package token
