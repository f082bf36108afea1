package disguise

import "math/bits"

// Disguises says what kinds of disguise a text has.
type Disguises struct {
	Decodes  bool // [Text.Decode] would change it
	Regroups bool // [Text.Regroup] would change it
}

// Of returns what kinds of disguise a text has, reading it once.
func Of(text string) (d Disguises) {
	if text == "" {
		return d
	}
	i := 0
	for ; i+4 < len(text); i += 4 {
		t := text[i : i+5]
		if leads[t[0]]&follows[t[1]]|leads[t[1]]&follows[t[2]]|leads[t[2]]&follows[t[3]]|leads[t[3]]&follows[t[4]] != 0 {
			for k := range 4 {
				d.look(text, i+k)
			}
		}
	}
	for ; i < len(text); i++ {
		d.look(text, i)
	}
	return d
}

// All reports whether the text has every kind of disguise, so that no more need be looked for.
func (d *Disguises) All() bool { return d.Decodes && d.Regroups }

// Begin returns those of some bytes of a text, a bit for each of the 64 from at on, at
// which a disguise can begin: what stands there and the byte behind it make a pair. It
// does without branches, since few of many do.
func Begin(some uint64, text string, at int) (found uint64) {
	for ; some != 0; some &= some - 1 {
		bit := bits.TrailingZeros64(some)
		i := at + bit
		if i+1 >= len(text) {
			return found | 1<<bit
		}
		pair := uint64(leads[text[i]] & follows[text[i+1]])
		found |= (pair | -pair) >> 63 << bit
	}
	return found
}

// Look adds the disguises that begin at i.
func (d *Disguises) Look(text string, i int) { d.look(text, i) }

// look asks the readers of the byte at i.
func (d *Disguises) look(text string, i int) {
	c := text[i]
	if leads[c] == 0 {
		return
	}
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
	{"aAdD", "tToO"},
	{"\x1b\b\x00", ""}, // and what is not ASCII
}

// leads has the bits of the pairs that a byte is the first of, follows those of
// the pairs that it is the second of.
var leads, follows = buildPairs()

func buildPairs() (first, second *[256]uint8) {
	first, second = new([256]uint8), new([256]uint8)
	for bit, s := range starts {
		for _, c := range []byte(s.first) {
			first[c] |= 1 << bit
		}
		for _, c := range []byte(s.second) {
			second[c] |= 1 << bit
		}
		for c := range 256 {
			if s.second == "" && isLead[c] {
				first[c] |= 1 << bit
			}
			if s.second == "" {
				second[c] |= 1 << bit
			}
		}
	}
	return first, second
}
