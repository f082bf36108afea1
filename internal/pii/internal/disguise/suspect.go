package disguise

// Disguises says what kinds of disguise a text has.
type Disguises struct {
	Decodes  bool // [Text.Decode] would change it
	Regroups bool // [Text.Regroup] would change it
}

// Of returns what kinds of disguise a text has, reading it once.
func Of(text string) (d Disguises) {
	before := uint16(0)
	for i := range len(text) {
		now := pairs[text[i]]
		if before&now&followers != 0 {
			d.look(text, i-1)
		}
		before = now >> leaders
	}
	if len(text) > 0 && before != 0 {
		d.look(text, len(text)-1)
	}
	return d
}

// All reports whether the text has every kind of disguise, so that no more need be looked for.
func (d *Disguises) All() bool { return d.Decodes && d.Regroups }

// Look adds the disguises that begin at i.
func (d *Disguises) Look(text string, i int) {
	before, now := pairs[text[i]]>>leaders, uint16(followers)
	if i+1 < len(text) {
		now = pairs[text[i+1]]
	}
	if before&now&followers != 0 {
		d.look(text, i)
	}
}

// look asks the readers of the byte at i.
func (d *Disguises) look(text string, i int) {
	c := text[i]
	if r := decoders[c]; r != nil && !d.Decodes {
		d.Decodes = r(text, i).end > 0
	}
	if r := regroupers[c]; r != nil && !d.Regroups {
		d.Regroups = r(text, i).end > 0
	}
}

// Suspicious reports whether [Text.Decode] would change a text.
func Suspicious(text string) bool { return Of(text).Decodes }

// Regroupable reports whether [Text.Regroup] would change a text.
func Regroupable(text string) bool { return Of(text).Regroups }

// starts are the pairs of bytes that a disguise can begin with; all others are
// passed over. Each has a bit.
var starts = [...]struct{ first, second string }{
	{"%=", "0123456789abcdefABCDEFu\r\n"},
	{"&", "#abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"},
	{"\\", "\\xuU0123e@._-"},
	{"[({<", "0123456789aAdDpP@. \xc3"},
	{"0123456789", " \t\r\n_/.-"},
	{"@", " "},
	{"\x1b", ""},
	{"", ""}, // what is not ASCII
}

const (
	leaders   = 8
	followers = 1<<leaders - 1
)

// pairs has for each byte the bits of the pairs that it is the second of, and
// above them those of the pairs that it is the first of.
var pairs = buildPairs()

func buildPairs() (t [256]uint16) {
	for bit, s := range starts {
		for _, c := range []byte(s.first) {
			t[c] |= 1 << (leaders + bit)
		}
		for _, c := range []byte(s.second) {
			t[c] |= 1 << bit
		}
		for c := range t {
			if s.second == "" {
				t[c] |= 1 << bit
			}
			if s.first == "" && isLead[c] {
				t[c] |= 1 << (leaders + bit)
			}
		}
	}
	return t
}
