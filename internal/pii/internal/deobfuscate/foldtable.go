package deobfuscate

// This file holds the characters that no category of Unicode lists: forms of ASCII
// characters, and characters that look like them.

// spelledOut lists the forms of ASCII characters.
func spelledOut() []fold {
	list := []fold{
		{0xff01, 0xff5e, always, '!', 94}, // full-width
		{0xfe6b, 0xfe6b, always, '@', 0},
		{0xfe52, 0xfe52, stop, '.', 0},
		{0xfe55, 0xfe55, always, ':', 0},
		{0xfe59, 0xfe5a, always, '(', 2},
		{0xfe5f, 0xfe5f, always, '#', 0},
		{0xfe62, 0xfe62, always, '+', 0},
		{0xfe66, 0xfe66, always, '=', 0},
		{0x24b6, 0x24cf, always, 'A', 26}, // circled
		{0x24d0, 0x24e9, always, 'a', 26},
		{0x249c, 0x24b5, always, 'a', 26}, // parenthesized
		{0x1f110, 0x1f129, always, 'A', 26},
		{0x1f130, 0x1f149, always, 'A', 26}, // squared
		{0x1f150, 0x1f169, always, 'A', 26},
		{0x1f170, 0x1f189, series, 'A', 26},
		{0x2460, 0x2468, series, '1', 9}, // circled and other digits
		{0x2474, 0x247c, series, '1', 9},
		{0x2488, 0x2490, series, '1', 9},
		{0x24f5, 0x24fd, series, '1', 9},
		{0x24ea, 0x24ea, series, '0', 0},
		{0x24ff, 0x24ff, series, '0', 0},
		{0x2776, 0x277e, series, '1', 9},
		{0x2780, 0x2788, series, '1', 9},
		{0x278a, 0x2792, series, '1', 9},
		{0x1f100, 0x1f100, series, '0', 0},
		{0x1f101, 0x1f10a, series, '0', 10},
		{0x2070, 0x2070, series, '0', 0}, // superscript and subscript
		{0xb9, 0xb9, series, '1', 0},
		{0xb2, 0xb3, series, '2', 2},
		{0x2074, 0x2079, series, '4', 6},
		{0x2080, 0x2089, series, '0', 10},
		{0x207b, 0x207b, series, '-', 0},
		{0x208b, 0x208b, series, '-', 0},
		{0x207a, 0x207a, series, '+', 0},
		{0x208a, 0x208a, series, '+', 0},
		{0x2160, 0x2160, lookalike, 'I', 0}, // Roman numerals
		{0x2164, 0x2164, lookalike, 'V', 0},
		{0x2169, 0x2169, lookalike, 'X', 0},
		{0x216c, 0x216c, lookalike, 'L', 0},
		{0x216d, 0x216e, lookalike, 'C', 2},
		{0x216f, 0x216f, lookalike, 'M', 0},
		{0x2170, 0x2170, lookalike, 'i', 0},
		{0x3002, 0x3002, stop, '.', 0}, // full stops
		{0xff61, 0xff61, stop, '.', 0},
		{0x2024, 0x2024, stop, '.', 0},
		{0xa4f8, 0xa4f8, stop, '.', 0},
		{0xb7, 0xb7, middle, '.', 0}, // dots
		{0x2022, 0x2022, middle, '.', 0},
		{0x2027, 0x2027, middle, '.', 0},
		{0x2219, 0x2219, middle, '.', 0},
		{0x22c5, 0x22c5, middle, '.', 0},
		{0x30fb, 0x30fb, middle, '.', 0},
		{0xff65, 0xff65, middle, '.', 0},
		{0x2014, 0x2015, middle, '-', 0}, // dashes that part sentences
		{0x30fc, 0x30fc, middle, '-', 0},
		{0x2043, 0x2043, hyphen, '-', 0},
		{0x2212, 0x2212, hyphen, '-', 0},
		{0x02d7, 0x02d7, hyphen, '-', 0},
		{0x2044, 0x2044, middle, '/', 0},
		{0x2215, 0x2215, middle, '/', 0},
		{0x2028, 0x2029, gap, '\n', 0},
		{0x2800, 0x2800, gap, ' ', 0},
		{0x85, 0x85, gap, '\n', 0},
		{0x034f, 0x034f, invisible, dropped, 0}, // that are no format characters by their category
		{0x115f, 0x1160, invisible, dropped, 0},
		{0x17b4, 0x17b5, invisible, dropped, 0},
		{0x180b, 0x180f, invisible, dropped, 0},
		{0x3164, 0x3164, invisible, dropped, 0},
		{0xffa0, 0xffa0, invisible, dropped, 0},
	}
	return append(list, mathematical()...)
}

// mathematical lists the alphabets of mathematics, and the letters that have
// their place elsewhere.
func mathematical() (list []fold) {
	for block := rune(0x1d400); block < 0x1d6a4; block += 52 {
		list = append(list, fold{block, block + 25, always, 'A', 26}, fold{block + 26, block + 51, always, 'a', 26})
	}
	for _, m := range []struct{ letter, r rune }{
		{'C', 0x2102},
		{'g', 0x210a},
		{'H', 0x210b},
		{'h', 0x210e},
		{'I', 0x2110},
		{'L', 0x2112},
		{'N', 0x2115},
		{'P', 0x2119},
		{'Q', 0x211a},
		{'R', 0x211b},
		{'Z', 0x2124},
		{'B', 0x212c},
		{'e', 0x212f},
		{'E', 0x2130},
		{'F', 0x2131},
		{'M', 0x2133},
		{'o', 0x2134},
	} {
		list = append(list, fold{m.r, m.r, always, m.letter, 0})
	}
	return list
}

// lookalikes are Cyrillic, Greek and other letters that are taken for Latin ones,
// and the small capitals.
var lookalikes = lookalikesOf([]struct {
	latin rune
	like  string
}{
	{'A', "\u0391\u0410"},
	{'B', "\u0392\u0412"},
	{'C', "\u03f9\u0421"},
	{'E', "\u0395\u0415"},
	{'F', "\u03dc"},
	{'G', "\u050c"},
	{'H', "\u0397\u041d"},
	{'I', "\u0399\u0406\u04c0"},
	{'J', "\u0408"},
	{'K', "\u039a\u041a"},
	{'M', "\u039c\u041c"},
	{'N', "\u039d"},
	{'O', "\u039f\u041e\u0555"},
	{'P', "\u03a1\u0420"},
	{'Q', "\u051a"},
	{'S', "\u0405"},
	{'T', "\u03a4\u0422"},
	{'U', "\u054d"},
	{'V', "\u0474"},
	{'W', "\u051c"},
	{'X', "\u03a7\u0425"},
	{'Y', "\u03a5\u04ae"},
	{'Z', "\u0396"},
	{'a', "\u0251\u03b1\u0430\u1d00"},
	{'b', "\u0299"},
	{'c', "\u03f2\u0441\u1d04"},
	{'d', "\u0501\u1d05"},
	{'e', "\u0435\u04bd\u1d07"},
	{'f', "\ua730"},
	{'g', "\u0261\u0262"},
	{'h', "\u029c\u04bb\u0570"},
	{'i', "\u0131\u0269\u026a\u03b9\u0456"},
	{'j', "\u03f3\u0458\u1d0a"},
	{'k', "\u03ba\u1d0b"},
	{'l', "\u029f\u04cf"},
	{'m', "\u1d0d"},
	{'n', "\u0274\u0578"},
	{'o', "\u03bf\u043e\u0585\u1d0f"},
	{'p', "\u03c1\u0440\u1d18"},
	{'q', "\u051b"},
	{'r', "\u0280"},
	{'s', "\u0455\ua731"},
	{'t', "\u1d1b"},
	{'u', "\u03c5\u057d\u1d1c"},
	{'v', "\u03bd\u0475\u1d20"},
	{'w', "\u051d\u1d21"},
	{'x', "\u03c7\u0445"},
	{'y', "\u028f\u0443\u04af"},
	{'z', "\u1d22"},
})

func lookalikesOf(table []struct {
	latin rune
	like  string
},
) (list []fold) {
	for _, letter := range table {
		for _, r := range letter.like {
			list = append(list, fold{r, r, lookalike, letter.latin, 0})
		}
	}
	return list
}
