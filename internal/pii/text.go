package pii

// A class is a set of properties of a byte, one bit each.
type class uint16

const (
	lower   class = 1 << iota // a-z
	upper                     // A-Z
	digit                     // 0-9
	hexa                      // 0-9, a-f, A-F
	joiner                    // _ and -: the joints of the words of a key
	dot                       // .
	base64x                   // + / =: the bytes of base64 apart from letters and digits
	space                     // white space
	mailbox                   // the bytes of the local part of an address apart from letters and digits
	foreign                   // not ASCII
	tilde                     // ~
	colon                     // :
	oddKey                    // $%@?&!: bytes of a few tokens and webhooks
	quote                     // " ' `

	letter   = lower | upper
	alnum    = letter | digit
	keyChars = alnum | joiner
)

// classes holds the classes of each byte.
var classes = buildClasses()

func buildClasses() (t [256]class) {
	set := func(bytes string, c class) {
		for i := range len(bytes) {
			t[bytes[i]] |= c
		}
	}
	set("abcdefghijklmnopqrstuvwxyz", lower)
	set("ABCDEFGHIJKLMNOPQRSTUVWXYZ", upper)
	set("0123456789", digit)
	set("0123456789abcdefABCDEF", hexa)
	set("_-", joiner)
	set(".", dot)
	set("+/=", base64x)
	set(" \t\r\n\v\f", space)
	set("._%+-", mailbox)
	set("~", tilde)
	set(":", colon)
	set("$%@?&!", oddKey)
	set("\"'`", quote)
	for c := 0x80; c < len(t); c++ {
		t[c] = foreign
	}
	return t
}

// is reports whether a byte has one of the properties.
func is(c byte, want class) bool { return classes[c]&want != 0 }

// runEnd returns the end of the run of bytes with one of the properties that starts at i, at most limit.
func runEnd(text string, i, limit int, want class) int {
	limit = min(limit, len(text))
	for i < limit && classes[text[i]]&want != 0 {
		i++
	}
	return i
}

// runStart returns the start of the run of bytes with one of the properties that
// ends at i, at least limit.
func runStart(text string, i, limit int, want class) int {
	limit = max(limit, 0)
	for i > limit && classes[text[i-1]]&want != 0 {
		i--
	}
	return i
}

// lowered returns the small letter of a capital, and any other byte unchanged.
func lowered(c byte) byte {
	if c-'A' < 26 {
		return c + 'a' - 'A'
	}
	return c
}

// hasFold reports whether text contains word, which is in small letters, at i, ignoring case.
func hasFold(text string, i int, word string) bool {
	if i < 0 || len(text)-i < len(word) {
		return false
	}
	for k := range len(word) {
		if lowered(text[i+k]) != word[k] {
			return false
		}
	}
	return true
}

// equalFold reports whether text equals word, which is in small letters, ignoring case.
func equalFold(text, word string) bool {
	return len(text) == len(word) && hasFold(text, 0, word)
}

// containsFold reports whether text equals one of the words, which are in small letters, ignoring case.
func containsFold(words []string, text string) bool {
	for _, word := range words {
		if equalFold(text, word) {
			return true
		}
	}
	return false
}

// isEscape has the letters of the escapes of control characters.
var isEscape = [256]bool{'n': true, 't': true, 'r': true, 'b': true, 'f': true, 'v': true}

// previous returns the byte before i. It returns 0 at the start of the text and
// where an escape such as \n ends at i.
func (w *walk) previous(i int) byte {
	if i <= 0 || i > 1 && w.text[i-2] == '\\' && isEscape[w.text[i-1]] {
		return 0
	}
	return w.text[i-1]
}

// next returns the byte at i, 0 at the end of the text.
func (w *walk) next(i int) byte {
	if i >= len(w.text) {
		return 0
	}
	return w.text[i]
}
