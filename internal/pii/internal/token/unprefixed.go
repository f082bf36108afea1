package token

// This file holds the tokens without a prefix: their mark is in the middle.

import (
	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// AzureSecret returns the Azure client secret around the ~ at i: three characters, a
// digit, Q~ and 31 to 34 more.
func AzureSecret(r *Reader, i int) (found span.Span, ok bool) {
	start := i - 5
	if start < 0 || r.Text[i-1] != 'Q' || !text.Is(r.Text[i-2], text.Digit) || !text.Is(r.Text[start+1], anyKey|text.Tilde) ||
		text.RunEnd(r.Text, start, i-2, text.KeyChars|text.Dot|text.Tilde) != i-2 {
		return found, false
	}
	end := text.RunEnd(r.Text, i+1, i+1+34, text.KeyChars|text.Dot|text.Tilde)
	if end-i-1 < 31 || !text.ShapeOf(r.Text[i+1:end]).Random() {
		return found, false
	}
	return structural(start, end), true
}

// TerraformToken returns the Terraform token around the word atlasv1 at start: fourteen
// characters, .atlasv1. and 50 to 80 more.
func TerraformToken(r *Reader, start int) (found span.Span, ok bool) {
	const idLen = 14
	dot := start + len("atlasv1")
	if r.Previous(start) != '.' || r.Next(dot) != '.' || text.RunStart(r.Text, start-1, start-1-idLen, text.Alnum) != start-1-idLen {
		return found, false
	}
	end := text.RunEnd(r.Text, dot+1, dot+1+80, text.KeyChars|text.Base64x)
	if end-dot-1 < 50 {
		return found, false
	}
	return structural(start-1-idLen, end), true
}

// PipedToken returns a number, the bar at i and a key: a token of a Facebook app, or of Laravel.
func PipedToken(r *Reader, i int) (found span.Span, ok bool) {
	if !text.Is(r.Previous(i), text.Digit) {
		return found, false
	}
	start := text.RunStart(r.Text, i, i-17, text.Digit)
	end := text.RunEnd(r.Text, i+1, i+1+50, text.KeyChars)
	id, key := i-start, r.Text[i+1:end]
	app := id >= 13 && id <= 16 && len(key) >= 24 && len(key) <= 44
	personal := id <= 8 && len(key) >= 40 && len(key) <= 48
	if text.Is(r.Previous(start), text.Alnum) || !app && !personal || !text.IsRandomKey(key) {
		return found, false
	}
	return structural(start, end), true
}

// structural returns the span of a token whose form is rare elsewhere.
func structural(start, end int) span.Span {
	return span.Span{Start: start, End: end, ID: span.APIKey, Rank: span.Structural}
}
