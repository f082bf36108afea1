package pii

// A class is a set of properties of a byte, one bit each.
type class uint16

const (
	lower   class = 1 << iota // a-z
	upper                     // A-Z
	digit                     // 0-9
	hexa                      // 0-9, a-f, A-F
	joiner                    // _ and -: what joins the words of a key
	dot                       // .
	base64x                   // + / =: what base64 has beside letters and digits
	space                     // white space
	mailbox                   // what the part before an @ has beside letters and digits
	foreign                   // not ASCII
	tilde                     // ~
	colon                     // :
	oddKey                    // $%@?&!: what a few tokens and webhooks have beside

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
	for c := 0x80; c < len(t); c++ {
		t[c] = foreign
	}
	return t
}

// is reports whether a byte has one of the properties.
func is(c byte, want class) bool { return classes[c]&want != 0 }

// runEnd returns the end of the run of bytes with one of the properties from i on, at most limit.
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

// lowered returns a capital letter as a small one, any other byte as it is.
func lowered(c byte) byte {
	if c-'A' < 26 {
		return c + 'a' - 'A'
	}
	return c
}

// hasFold reports whether text has word, which is in small letters, at i, whatever the case.
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

// equalFold reports whether text is word, which is in small letters, whatever the case.
func equalFold(text, word string) bool {
	return len(text) == len(word) && hasFold(text, 0, word)
}
