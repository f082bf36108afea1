package text

// A View is a text and its name, for instance the key of an attribute, which serves as
// context. It is immutable.
type View struct {
	Text, Key string
	Link      Link // how the text got its key
}

// IsEscape has the letters of the escapes of control characters.
var IsEscape = [256]bool{'n': true, 't': true, 'r': true, 'b': true, 'f': true, 'v': true}

// Previous returns the byte before i. It returns 0 at the start of the text and
// where an escape such as \n ends at i.
func (v *View) Previous(i int) byte {
	if i <= 0 || i > 1 && v.Text[i-2] == '\\' && IsEscape[v.Text[i-1]] {
		return 0
	}
	return v.Text[i-1]
}

// Next returns the byte at i, 0 at the end of the text.
func (v *View) Next(i int) byte {
	if i >= len(v.Text) {
		return 0
	}
	return v.Text[i]
}

// StartsWord reports whether a letter or digit starts a word. The letter of an
// escape such as \n is part of no word.
func (v *View) StartsWord(i int) bool {
	if i == 0 {
		return true
	}
	if Is(v.Text[i-1], Alnum) {
		return v.Previous(i) == 0
	}
	return v.Text[i-1] != '\\' || !IsEscape[v.Text[i]]
}
