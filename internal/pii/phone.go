package pii

// This file holds the detectors of phone numbers.

import (
	"bytes"
	"slices"
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/dialplan"

	"github.com/cowork-otel/collector/internal/pii/internal/text"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
)

const (
	phoneMost  = 15 // digits, by E.164
	phoneLeast = 7
)

// A number is a run of digits in groups, as phone numbers are written.
type number struct {
	digits [phoneMost + 1]byte
	n      int
	groups int
	sizes  [8]int  // digits in each group
	ends   [8]int  // where it ends
	seps   [8]byte // the separator before it; a parenthesis takes precedence over a space
}

// phoneNumber reads the number that starts at i, with a digit or a parenthesis. It
// stops before what no longer fits.
func (w *walk) phoneNumber(i int) (p number) {
	t := w.Text
	for p.groups < len(p.sizes) {
		sep, at := byte(0), i
		if p.groups > 0 {
			sep, at = w.phoneSeparator(i)
		} else if t[i] == '(' {
			sep, at = '(', i+1
		}
		end := text.RunEnd(t, at, at+phoneMost+1, text.Digit)
		single := p.groups > 1 && end-at == 1 && p.sizes[p.groups-1] == 1
		if end == at || p.n+end-at > phoneMost || p.groups > 0 && sep == 0 || single {
			return p
		}
		p.n += copy(p.digits[p.n:], t[at:end])
		p.sizes[p.groups], p.seps[p.groups], p.ends[p.groups] = end-at, sep, end
		p.groups++
		i = end
		if end == len(t) {
			return p
		}
	}
	return p
}

// phoneSeparator returns the separator of two groups that starts at i, and the start of the next group.
func (w *walk) phoneSeparator(i int) (sep byte, at int) {
	const longest = 3 // " - ", ") ("
	for at = i; at < min(len(w.Text), i+longest); at++ {
		switch c := w.Text[at]; c {
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

// keep cuts the number to its first groups.
func (p *number) keep(groups int) {
	p.groups, p.n = groups, 0
	for _, size := range p.sizes[:groups] {
		p.n += size
	}
}

// extension returns the end of an extension such as x123 or ext. 123 at end, end if there is none.
func (w *walk) extension(end int) int {
	i := end
	if w.Next(i) == ' ' {
		i++
	}
	for _, word := range [...]string{"extension ", "ext. ", "ext.", "ext ", "ext", "x"} {
		if text.HasFold(w.Text, i, word) {
			i += len(word)
			if stop := text.RunEnd(w.Text, i, i+6, text.Digit); stop > i && !text.Is(w.Next(stop), text.Alnum) {
				return stop
			}
			return end
		}
	}
	return end
}

// ends reports whether a number may end at end.
func (w *walk) ends(end int) bool {
	return w.extension(end) > end || !w.continues(end, '-', '.') && w.Next(end) != '@' &&
		!(w.Next(end) == '-' && text.Is(w.Next(end+1), text.Alnum) && !text.Is(w.Next(end+1), text.Upper))
}

// plus detects an international number after the + at i.
func (w *walk) plus(i int) int {
	c := w.Next(i + 1)
	if p := w.Previous(i); text.Is(p, text.Alnum) || p == '+' || p == '_' || !text.Is(c, text.Digit) && c != '(' {
		return i + 1
	}
	p := w.phoneNumber(i + 1)
	for ; p.groups > 0; p.keep(p.groups - 1) {
		end := p.ends[p.groups-1]
		if w.ends(end) && !text.Is(w.Next(end), text.Digit) && w.isInternational(&p, 0, i) {
			end = w.extension(end)
			return max(i+1, w.addSpan(span.Phone, span.Structural, i, end))
		}
	}
	return i + 1
}

// isInternational reports whether the digits from a place on, a calling code first,
// are a number of the plan of that code, or have a word about phones near them.
func (w *walk) isInternational(p *number, from, start int) bool {
	digits := p.digits[from:p.n]
	plan, size := dialplan.Find(digits)
	if plan == nil {
		return len(digits) >= phoneLeast && digits[0] != '0' && w.hasTopicNear(phoneTopic, start, p.ends[p.groups-1])
	}
	national := digits[size:]
	if plan.Accepts(national) {
		return true
	}
	if trunk := plan.Trunk(); trunk != "" && bytes.HasPrefix(national, []byte(trunk)) && plan.Accepts(national[len(trunk):]) {
		return true // +44 (0)20 …
	}
	// Made-up numbers are of the length of real ones, and written like them.
	return plan.HasLength(len(national)) && len(digits) >= 10 && national[0] > '1' &&
		(p.groups > 2 || w.hasTopicNear(phoneTopic, start, p.ends[p.groups-1]))
}

// parenthesis detects a number with its area code in the parentheses that open at i.
func (w *walk) parenthesis(i int) int {
	if p := w.Previous(i); !text.Is(w.Next(i+1), text.Digit) || text.Is(p, text.Alnum) || p == '_' {
		return i + 1
	}
	return max(i+1, w.nationalNumber(i))
}

// national detects the number that starts with the digits [start, end).
func (w *walk) national(start, end int) int {
	c := w.Next(end)
	if w.Previous(start) == '+' || w.joined(start) ||
		(c != ' ' && c != '-' && c != '.' && c != '/' && c != '(' || !text.Is(w.Next(end+1), text.Digit) && w.Next(end+1) != '(') && end-start < phoneLeast {
		return 0
	}
	return w.nationalNumber(start)
}

func (w *walk) nationalNumber(start int) int {
	p := w.phoneNumber(start)
	for q := p; q.groups > 1; q.keep(q.groups - 1) {
		end := q.ends[q.groups-1]
		if sure := q.northAmerican(); sure != refused && w.ends(end) &&
			(sure == span.Structural || w.hasTopicNear(phoneTopic, start, end)) {
			end = w.extension(end)
			return w.addSpan(span.Phone, sure, start, end)
		}
	}
	for ; p.n >= phoneLeast; p.keep(p.groups - 1) {
		end := p.ends[p.groups-1]
		if w.ends(end) && (w.isDialledAbroad(&p, start) || p.isLaidOut() || w.plausible(&p, start)) {
			end = w.extension(end)
			return w.addSpan(span.Phone, span.Generic, start, end)
		}
	}
	return 0
}

// refused is the rank of a text that is no finding.
const refused span.Rank = 255

// northAmerican returns how sure a number is one of the North American plan:
// refused if its groups are not, generic if only spaces part them.
func (p *number) northAmerican() span.Rank {
	g := p.groups - 3
	if g < 0 || g > 1 || p.sizes[g] != 3 || p.sizes[g+1] != 3 || p.sizes[g+2] != 4 {
		return refused
	}
	at := 0
	if g == 1 {
		at = p.sizes[0]
		if p.digits[at-1] != '1' || at != 1 && !(at == 3 && p.digits[0] == '0' && p.digits[1] == '0') {
			return refused
		}
	}
	if p.digits[at] < '2' || p.seps[g+2] == '(' || p.seps[g+1] == '(' && p.seps[g] != '(' {
		return refused
	}
	if p.digits[at+3] < '2' && p.seps[g] != '(' && p.seps[g+1] != '-' {
		return refused // no such exchange, though the first that people try has it: 555-123-4567
	}
	if p.seps[g+1] == ' ' && p.seps[g+2] == ' ' && p.seps[g] != '(' {
		return span.Generic
	}
	return span.Structural
}

// plausible reports whether a number in no known form is a phone number because of its context words.
func (w *walk) plausible(p *number, start int) bool {
	end := p.ends[p.groups-1]
	switch {
	case p.isDate(), p.isVersion(), p.isYears():
		return false
	case p.groups == 1:
		return w.keyTopics()&phoneTopic != 0 && topicsIn(w.Key)&^phoneTopic == 0 && len(w.Text) < phoneText ||
			p.n >= 8 && (w.hasTopicBefore(phoneTopic, start, len(" number: ")) || w.hasForeignTopicBefore(phoneTopic, start, len(" number: ")) ||
				strings.HasSuffix(w.Text[:start], "wa.me/"))
	case w.hasTopicNear(phoneTopic, start, end), w.hasForeignTopicBefore(phoneTopic, start, contextBefore):
		return true
	}
	return p.digits[0] == '0' && p.digits[1] != '0' && p.n >= 9 && w.hasTopicNear(numberTopic, start, end)
}

// phoneText bounds a text that is a phone number by the word of its key alone.
const phoneText = 40

// isDate reports whether the groups are those of a date: 2026-11-21, 21.11.2026, 11/21/2026.
func (p *number) isDate() bool {
	if p.groups < 3 || p.sizes[1] > 2 {
		return false
	}
	year := p.digits[:]
	switch {
	case p.sizes[0] == 4 && p.sizes[2] <= 2:
	case p.sizes[0] <= 2 && p.sizes[2] == 4:
		year = p.digits[p.sizes[0]+p.sizes[1]:]
	default:
		return false
	}
	return year[0] == '1' && year[1] == '9' || year[0] == '2' && year[1] == '0'
}

// isDialledAbroad reports whether a number starts like one that is dialled from
// abroad: 00 or 011, then a calling code.
func (w *walk) isDialledAbroad(p *number, start int) bool {
	from := len("00")
	if !bytes.HasPrefix(p.digits[:], []byte("00")) {
		if from = len("011"); !bytes.HasPrefix(p.digits[:], []byte("011")) || p.sizes[0] != from {
			return false
		}
	}
	return p.groups > 1 && p.n > from+phoneLeast && p.sizes[0] >= from && w.isInternational(p, from, start)
}

// layouts are the sizes of the groups of numbers that start with a 0 in ways that
// little else is written.
var layouts = [][]int{{3, 3, 2, 2}, {4, 3, 2, 2}, {4, 2, 2, 2}, {2, 4, 4}, {3, 4, 4}, {5, 3, 3}, {4, 3, 3}, {3, 3, 4}, {3, 4, 3}}

// isLaidOut reports whether a number is written like one that is dialled within a
// country where 0 comes first, parted by the same sign throughout.
func (p *number) isLaidOut() bool {
	if p.digits[0] != '0' || p.digits[1] == '0' || p.isDate() {
		return false
	}
	for k := 2; k < p.groups; k++ {
		if p.seps[k] != p.seps[1] {
			return false
		}
	}
	return p.groups > 2 && p.seps[1] != '.' && slices.ContainsFunc(layouts, func(sizes []int) bool {
		return slices.Equal(sizes, p.sizes[:p.groups])
	})
}

// isYears reports whether a number is rather a span of years: 2024-2025.
func (p *number) isYears() bool {
	isYear := func(at int) bool {
		return p.digits[at] == '1' && p.digits[at+1] == '9' || p.digits[at] == '2' && p.digits[at+1] == '0'
	}
	return p.groups == 2 && p.sizes[0] == 4 && p.sizes[1] == 4 && isYear(0) && isYear(4)
}

// isVersion reports whether dots part groups of one digit.
func (p *number) isVersion() bool {
	for k := range p.groups {
		if p.sizes[k] == 1 && k > 0 && p.seps[k] == '.' {
			return true
		}
	}
	return false
}
