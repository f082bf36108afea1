package text

// A Class is a set of properties of a byte, one bit each.
type Class uint16

// The classes.
const (
	Lower   Class = 1 << iota // a-z
	Upper                     // A-Z
	Digit                     // 0-9
	Hexa                      // 0-9, a-f, A-F
	Joiner                    // _ and -: the joints of the words of a key
	Dot                       // .
	Base64x                   // + / =: the bytes of base64 apart from letters and digits
	Space                     // white space
	Mailbox                   // the bytes of the local part of an address apart from letters and digits
	Foreign                   // not ASCII
	Tilde                     // ~
	Colon                     // :
	OddKey                    // $%@?&!: bytes of a few tokens and webhooks
	Quote                     // " ' `

	Letter   = Lower | Upper
	Alnum    = Letter | Digit
	KeyChars = Alnum | Joiner
)

// classes holds the classes of each byte.
var classes = buildClasses()

func buildClasses() (t [256]Class) {
	set := func(bytes string, c Class) {
		for i := range len(bytes) {
			t[bytes[i]] |= c
		}
	}
	set("abcdefghijklmnopqrstuvwxyz", Lower)
	set("ABCDEFGHIJKLMNOPQRSTUVWXYZ", Upper)
	set("0123456789", Digit)
	set("0123456789abcdefABCDEF", Hexa)
	set("_-", Joiner)
	set(".", Dot)
	set("+/=", Base64x)
	set(" \t\r\n\v\f", Space)
	set("._%+-", Mailbox)
	set("~", Tilde)
	set(":", Colon)
	set("$%@?&!", OddKey)
	set("\"'`", Quote)
	for c := 0x80; c < len(t); c++ {
		t[c] = Foreign
	}
	return t
}

// Is reports whether a byte has one of the properties.
func Is(c byte, want Class) bool { return classes[c]&want != 0 }

// RunEnd returns the end of the run of bytes with one of the properties that starts at i, at most limit.
func RunEnd(in string, i, limit int, want Class) int {
	limit = min(limit, len(in))
	for i < limit && classes[in[i]]&want != 0 {
		i++
	}
	return i
}

// RunStart returns the start of the run of bytes with one of the properties that
// ends at i, at least limit.
func RunStart(in string, i, limit int, want Class) int {
	limit = max(limit, 0)
	for i > limit && classes[in[i-1]]&want != 0 {
		i--
	}
	return i
}

// Of returns the classes of a byte.
func Of(c byte) Class { return classes[c] }
