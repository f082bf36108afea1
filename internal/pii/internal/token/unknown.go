package token

// This file holds tokens of unknown format: a long random word near a context word such
// as key.

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

const (
	// LongWord is how many letters and digits in sequence make a word long.
	LongWord   = 20
	tokenLeast = 24 // of a token of unknown format
	tokenMost  = 256
)

// Unknown returns the token of unknown format in and around the long word [start, end).
func Unknown(r *Reader, start, end int) (found span.Span, ok bool) {
	t := r.Text
	if start < r.unknownEnd {
		return found, false
	}
	if found, ok = paired(r, start, end); ok {
		return found, true
	}
	if !text.HasMixture(t[start:end]) {
		return found, false
	}
	word := start
	start = text.RunStart(t, start, start-tokenMost/4, text.KeyChars)
	if r.Previous(start) == '/' && !IsContract(t[start:end]) && isLinkToken(r, start, end) {
		return structural(start, text.RunEnd(t, end, start+tokenMost, text.KeyChars)), true
	}
	if isInPath(r, start) || isImageTag(r, start, end) {
		return found, false
	}
	named := r.followsNoun(start)
	if !named && r.isSum(word, end) {
		return found, false
	}
	end = text.RunEnd(t, end, start+tokenMost, text.KeyChars)
	if text.Is(r.Next(end), text.Base64x) && t[end] != '=' {
		end = text.RunEnd(t, end, start+tokenMost, text.Alnum|text.Base64x)
	}
	if r.Next(end) == '=' {
		end = text.RunEnd(t, end, end+2, text.Base64x)
	}
	if c := r.Previous(start); c == '/' || c == '+' {
		from := text.RunStart(t, start, start-tokenLeast, text.Alnum|text.Base64x)
		start = from + strings.LastIndexByte(t[from:start], '=') + 1
	}
	r.unknownEnd = end
	token := t[start:end]
	if isAzureKey(token) || strings.HasSuffix(token, "_mmk") || strings.HasSuffix(token, "NRAL") && len(token) == 40 {
		return structural(start, end), true
	}
	if isPublicID(token) || !named && isHashedName(token) || isTokenHeader(token, t[end:]) || IsContract(token) || r.isPublicName(start) || isPath(r, start) || (len(token) < cutLeast || strings.HasPrefix(token, "eyJ")) && isCut(t[end:]) {
		return found, false
	}
	least := tokenLeast
	if named {
		least = LongWord
	}
	if before := r.Previous(start); len(token) < least || text.Is(before, text.Alnum|text.Joiner|text.Dot) || before == '/' || before == '#' || !isDrawn(token) {
		return found, false
	}
	if !named && !isUncommon(token) && !r.adjoins(start) {
		return found, false
	}
	h := r.hintAt(start)
	if !named && text.RunEnd(token, 0, len(token), text.Hexa) == len(token) { // perhaps a checksum
		h = min(h, r.nameHint(start))
		if h == codeHost {
			return found, false
		}
	}
	if h <= harmless {
		return found, false
	}
	return span.Span{Start: start, End: end, ID: span.APIKey, Rank: span.Generic}, true
}

// isHashedName reports whether a token is words and then a hash, as the key of a cache is: v1-deps-1f2e….
func isHashedName(token string) bool {
	n := strings.LastIndexByte(token, '-')
	hash := token[n+1:]
	return n > 2 && (len(hash) == 40 || len(hash) == 64) && text.RunEnd(hash, 0, len(hash), text.Hexa) == len(hash)
}

// isDrawn reports whether a token is random, and not a path or a name with a number.
func isDrawn(token string) bool {
	s := text.ShapeOf(token)
	return s.Random() && (s.Digit*12 >= min(len(token), text.Judged) || text.IsGibberish(token, text.OneInThree)) &&
		strings.Count(token, "/")*8 <= len(token) && !text.IsSequence(token) && !isCamelCase(token)
}

// isCamelCase reports whether the letters of a token are words joined by their capitals,
// as in a name in code.
func isCamelCase(token string) bool {
	words, short := 0, 0
	for i := 0; i < len(token); {
		if !text.Is(token[i], text.Letter) {
			i++
			continue
		}
		small := text.RunEnd(token, i, len(token), text.Upper)
		end := text.RunEnd(token, small, len(token), text.Lower)
		if end-i < 2 || small-i < 2 && end-i < 3 {
			short++
		} else {
			words++
		}
		i = end
	}
	return words > 1 && short <= 1 && !text.IsGibberish(token, text.OneInThree)
}

// isSum reports whether a word has only hexadecimal digits and no joints, as checksums
// and identifiers do.
func (r *Reader) isSum(start, end int) bool {
	return text.RunEnd(r.Text, start, end, text.Hexa) == end && !text.Is(r.Previous(start), text.Joiner) && !text.Is(r.Next(end), text.Joiner|text.Base64x) && !r.adjoins(start)
}

// isUncommon reports whether a token is no checksum or number in hexadecimal digits.
func isUncommon(token string) bool {
	s := text.ShapeOf(token)
	return s.NotHex && s.Digit > 0 && (s.Lower > 0 && s.Upper > 0 || len(token) >= 32)
}

// adjoins reports whether a token is assigned or an argument: an operator or a comma
// precedes it, with or without a quote.
func (r *Reader) adjoins(i int) bool {
	if i > 0 && text.Is(r.Text[i-1], text.Quote) {
		i--
	}
	for limit := i - 3; i > 0 && i > limit && (r.Text[i-1] == ' ' || r.Text[i-1] == '\\'); i-- {
	}
	c := r.Previous(i)
	return c == '=' || c == ':' || c == ',' || c == '('
}
