package detect

import "github.com/cowork-otel/collector/internal/pii/internal/text"

const (
	phoneMost = 15 // digits, by E.164
	// PhoneLeast is the least number of digits of a phone number.
	PhoneLeast = 7
)

// A phoneNumber is a run of digits in groups, as phone numbers are written.
type phoneNumber struct {
	digits [phoneMost + 1]byte
	n      int
	groups int
	sizes  [8]int  // digits in each group
	ends   [8]int  // where it ends
	seps   [8]byte // the separator before it; a parenthesis takes precedence over a space
}

// readPhoneNumber reads the number that starts at i, with a digit or a parenthesis. It
// stops before what no longer fits.
func readPhoneNumber(r *Reader, i int) (p phoneNumber) {
	t := r.Text
	for p.groups < len(p.sizes) {
		sep, at := byte(0), i
		if p.groups > 0 {
			sep, at = readPhoneSeparator(r, i)
		} else if t[i] == '(' {
			sep, at = '(', i+1
		}
		end, n := at, p.n
		for ; end < len(t) && n <= phoneMost && text.Is(t[end], text.Digit); end++ {
			p.digits[n] = t[end]
			n++
		}
		single := p.groups > 1 && end-at == 1 && p.sizes[p.groups-1] == 1
		if end == at || n > phoneMost || p.groups > 0 && sep == 0 || single {
			return p
		}
		p.n = n
		p.sizes[p.groups], p.seps[p.groups], p.ends[p.groups] = end-at, sep, end
		p.groups++
		i = end
		if end == len(t) {
			return p
		}
	}
	return p
}

// readPhoneSeparator returns the separator of two groups that starts at i, and the start of the next group.
func readPhoneSeparator(r *Reader, i int) (sep byte, at int) {
	const longest = 3 // " - ", ") ("
	at = i
	t := r.Text
	for limit := min(len(t), i+longest); at < limit; at++ {
		switch c := t[at]; c {
		case '(', ')':
			sep = '('
		case '-', '.', '/':
			if sep != 0 && sep != ' ' && sep != '(' {
				return 0, i
			}
			if sep != '(' {
				sep = c
			}
		case ' ':
			if sep == 0 {
				sep = ' '
			}
		default:
			return sep, at
		}
	}
	return sep, at
}

// cutTo cuts the number to its first groups, if it has more.
func (p *phoneNumber) cutTo(groups int) {
	for p.groups > groups {
		p.groups--
		p.n -= p.sizes[p.groups]
	}
}
