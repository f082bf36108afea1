package detect

import (
	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// IBANLengths has the length of an account number for each country that has them.
var IBANLengths = map[string]int{
	"ad": 24, "ae": 23, "al": 28, "at": 20, "az": 28, "ba": 20, "be": 16, "bg": 22, "bh": 22, "bi": 27, "br": 29, "by": 28,
	"ch": 21, "cr": 22, "cy": 28, "cz": 24, "de": 22, "dj": 27, "dk": 18, "do": 28, "ee": 20, "eg": 29, "es": 24, "fi": 18,
	"fk": 18, "fo": 18, "fr": 27, "gb": 22, "ge": 22, "gi": 23, "gl": 18, "gr": 27, "gt": 28, "hn": 28, "hr": 21, "hu": 28,
	"ie": 22, "il": 23, "iq": 23, "is": 26, "it": 27, "jo": 30, "kw": 30, "kz": 20, "lb": 28, "lc": 32, "li": 21, "lt": 20,
	"lu": 20, "lv": 21, "ly": 25, "mc": 27, "md": 24, "me": 22, "mk": 19, "mn": 20, "mr": 27, "mt": 31, "mu": 30, "ni": 28,
	"nl": 18, "no": 15, "om": 23, "pk": 24, "pl": 28, "ps": 29, "pt": 25, "qa": 29, "ro": 24, "rs": 22, "ru": 33, "sa": 24,
	"sc": 31, "sd": 18, "se": 24, "si": 19, "sk": 24, "sm": 27, "so": 23, "st": 25, "sv": 28, "tl": 23, "tn": 24, "tr": 26,
	"ua": 29, "va": 22, "vg": 24, "xk": 20, "ye": 30,
}

// groupsMost bounds the groups of an account number that are not of four.
const groupsMost = 7

// IBAN detects a bank account number after a country's two letters: two check digits,
// the country's length, bare or in groups, and the remainder of ISO 7064. A bare one in small letters needs a
// context word.
func IBAN(r *Reader, start int) (found span.Span, ok bool) {
	t := r.Text
	if len(t)-start < 15 || !text.Is(t[start+2], text.Digit) || !text.Is(t[start+3], text.Digit) || r.Previous(start) == '_' {
		return found, false
	}
	kind := text.Of(t[start+1]) & text.Letter
	if text.Is(t[start], text.Lower) && kind == text.Upper {
		return found, false
	}
	var account [34]byte
	size := IBANLengths[string([]byte{text.ToLower(t[start]), text.ToLower(t[start+1])})]
	n, i, separators := 0, start, 0
	for ; n < size && i < len(t); i++ {
		if isIDSeparator(t[i]) && n > 3 && (n%4 == 0 || kind == text.Upper && separators < groupsMost) && i+1 < len(t) && text.Is(t[i+1], text.Alnum) {
			separators++
			continue
		}
		if n > 1 && !text.Is(t[i], kind|text.Digit) {
			return found, false
		}
		account[n] = text.ToLower(t[i])
		n++
	}
	if size == 0 || n < size || text.Is(r.Next(i), text.Alnum) || r.Next(i) == '_' || !text.Mod97(account[:n]) {
		return found, false
	}
	if kind == text.Lower && separators < (size-1)/4 && !r.HasContext(IBANContext, start, i) {
		return found, false
	}
	return accept(span.IBAN, span.Validated, start, i)
}
