package prefilter

// portable fills one block by the table of 256 entries. An entry has a byte for
// each set, so that eight of them, each moved by one bit more, make a byte of each mask.
func (t *Table) portable(b *Block, text string) {
	text = text[:Size]
	for row := range b {
		c := text[8*row : 8*row+8]
		b[row] = t.sets[c[0]] | t.sets[c[1]]<<1 | t.sets[c[2]]<<2 | t.sets[c[3]]<<3 |
			t.sets[c[4]]<<4 | t.sets[c[5]]<<5 | t.sets[c[6]]<<6 | t.sets[c[7]]<<7
	}
	transpose(b)
}

// transpose swaps rows and columns of a matrix of 8 by 8 bytes.
func transpose(b *Block) {
	for i := range 4 {
		b[i], b[i+4] = swap(b[i], b[i+4], 32, 0x00000000ffffffff)
	}
	for _, i := range [...]int{0, 1, 4, 5} {
		b[i], b[i+2] = swap(b[i], b[i+2], 16, 0x0000ffff0000ffff)
	}
	for i := 0; i < Sets; i += 2 {
		b[i], b[i+1] = swap(b[i], b[i+1], 8, 0x00ff00ff00ff00ff)
	}
}

// swap exchanges the high parts of x with the low parts of y.
func swap(x, y uint64, shift int, low uint64) (_, _ uint64) {
	d := (x>>shift ^ y) & low
	return x ^ d<<shift, y ^ d
}
