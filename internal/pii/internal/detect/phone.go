package detect

import (
	"bytes"

	"github.com/cowork-otel/collector/internal/pii/internal/dialplan"
	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// InternationalPhone detects a phone number with a calling code after the + at i.
func InternationalPhone(r *Reader, i int) (found span.Span, ok bool) {
	c := r.Next(i + 1)
	if p := r.Previous(i); text.Is(p, text.Alnum) || p == '+' || p == '_' || !text.Is(c, text.Digit) && c != '(' {
		return found, false
	}
	p := readPhoneNumber(r, i+1)
	if p.groups == 1 && r.Next(p.ends[0]) == '@' && p.n >= PhoneLeast && hasScheme(r.Text[:i]) {
		return acceptPhone(r, span.Structural, i, p.ends[0])
	}
	for ; p.groups > 0; p.cutTo(p.groups - 1) {
		end := p.ends[p.groups-1]
		if isPhoneEnd(r, end) && !text.Is(r.Next(end), text.Digit) && isInternational(r, &p, 0, i) {
			return acceptPhone(r, span.Structural, i, end)
		}
	}
	return found, false
}

// isInternational reports whether the digits from a place on, a calling code first,
// are a number of the plan of that code, or have a word about phones near them.
func isInternational(r *Reader, p *phoneNumber, from, start int) bool {
	digits := p.digits[from:p.n]
	plan, size := dialplan.Find(digits)
	if plan == nil {
		return len(digits) >= PhoneLeast && digits[0] != '0' && r.HasContext(PhoneContext, start, p.ends[p.groups-1])
	}
	national := digits[size:]
	if plan.Accepts(national) {
		return true
	}
	if trunk := plan.Trunk(); trunk != "" && bytes.HasPrefix(national, []byte(trunk)) && plan.Accepts(national[len(trunk):]) {
		return true // +44 (0)20 …
	}
	if oldMobile := "521"; string(digits[:min(len(digits), len(oldMobile))]) == oldMobile && plan.Accepts(national[1:]) {
		return true // +52 1 55 …, of before 2019
	}
	// Made-up numbers are of the length of real ones, and written like them.
	return plan.HasLength(len(national)) && len(digits) >= 10 && national[0] > '1' &&
		(p.groups > 2 || r.HasContext(PhoneContext, start, p.ends[p.groups-1]))
}

// Phone detects a phone number without a calling code that starts at i, with a digit or
// with the parenthesis before an area code.
func Phone(r *Reader, i int) (found span.Span, ok bool) {
	if !isPhoneStart(r, i) {
		return found, false
	}
	p := readPhoneNumber(r, i)
	switch {
	case p.n < PhoneLeast:
		return found, false
	case p.isSteps(), p.groups > 1 && countsTimes(r, &p):
		return skip(i, p.ends[p.groups-1])
	}
	if end := p.ends[0]; endsUser(r, end, r.Previous(i)) && hasScheme(r.Text[:i]) {
		return acceptPhone(r, span.Structural, i, end)
	}
	q := p
	for q.cutTo(northAmericanGroups); q.groups >= northAmericanGroups-1; q.cutTo(q.groups - 1) {
		end := q.ends[q.groups-1]
		rank := q.northAmericanRank()
		if rank == span.Harmless || !isPhoneEnd(r, end) || isProduct(r, i, end) || followsIdentified(r, &q, i) {
			continue
		}
		if rank == span.Structural || supportFor(r, i, end) >= callSupport {
			return acceptPhone(r, rank, i, end)
		}
	}
	if !mayBeSupported(r, &p, i) {
		if r.before.isIdentified && r.before.start == i {
			noteIdentified(r, &p)
		}
		return found, false
	}
	for ; p.n >= PhoneLeast; p.cutTo(p.groups - 1) {
		if end := p.ends[p.groups-1]; isPhoneEnd(r, end) && isPlausiblePhone(r, &p, i) {
			return acceptPhone(r, span.Generic, i, end)
		}
	}
	return found, false
}

// acceptPhone returns the phone number [start, end) with its extension.
func acceptPhone(r *Reader, rank span.Rank, start, end int) (span.Span, bool) {
	r.phoneEnd = extensionEnd(r, end)
	return accept(span.Phone, rank, start, r.phoneEnd)
}

// isPhoneStart reports whether a number with the digits of a phone number can start at i.
func isPhoneStart(r *Reader, i int) bool {
	before := r.Previous(i)
	if r.Text[i] == '(' {
		return text.Is(r.Next(i+1), text.Digit) && !text.Is(before, text.Alnum) && before != '_'
	}
	end := text.RunEnd(r.Text, i, i+phoneMost+1, text.Digit)
	if before == '_' || before == '+' || isPart(r, i, end) || isJoined(r, i) {
		return false
	}
	if before == ':' && end-i == 2 && text.Is(r.Previous(i-1), text.Digit) { // the seconds of a time
		return false
	}
	switch after := r.Next(end + 1); r.Next(end) {
	case ' ', '-', '.', '/', '(':
		return end-i >= PhoneLeast || text.Is(after, text.Digit) || after == '(' || after == '/' || after == '-'
	}
	return end-i >= PhoneLeast
}

// isPlausiblePhone reports whether the text around a number, together with its form,
// indicates that it is a phone number.
func isPlausiblePhone(r *Reader, p *phoneNumber, start int) bool {
	end := p.ends[p.groups-1]
	if p.isDate() || p.isVersion() || p.isYears() || p.isRoundAmount() || p.isFraction() || p.isPlaceholder() || p.groups == 2 && isUnit(r, end) {
		return false
	}
	if p.hasEqualGroups() && (isHexToken(r, start, -1, p.sizes[0]) || isHexToken(r, end, 1, p.sizes[0])) {
		return false // a dump of bytes
	}
	if isDialledAbroad(r, p, start) || isOfCountryInKey(r, p) || isAddressed(r, p, start) {
		return true
	}
	s := supportFor(r, start, end)
	switch {
	case s == noSupport && r.before.isIdentified, s < directSupport && isProduct(r, start, end), s < directSupport && followsIdentified(r, p, start):
		noteIdentified(r, p)
		return false
	case s == noSupport:
		return false
	case p.groups == 1 && r.Previous(start) == '-': // a negative number
		return false
	case p.groups == 1:
		return isPhoneKey(r) && len(r.Text) < phoneText || s == directSupport && p.n >= 8 ||
			s == callSupport && p.isDialled() && (isLabelled(r, CallContext, start) || isAlone(r, start, end))
	case p.isNational(), s == directSupport:
		return true
	case p.isRange(), p.isZIP(), p.hasMixedSeparators():
		return false
	case s >= callSupport:
		return true
	}
	return p.digits[0] == '0' && p.digits[1] != '0' && p.n >= 9 && r.HasContext(NumberContext, start, end)
}

// phoneText bounds a text that is a phone number by the word of its key alone.
const phoneText = 40

// isDialledAbroad reports whether a number starts like one that is dialled from
// abroad: 00 or 011, then a calling code.
func isDialledAbroad(r *Reader, p *phoneNumber, start int) bool {
	from := len("00")
	if !bytes.HasPrefix(p.digits[:], []byte("00")) {
		if from = len("011"); !bytes.HasPrefix(p.digits[:], []byte("011")) || p.sizes[0] != from {
			return false
		}
	}
	return p.groups > 1 && p.n > from+PhoneLeast && p.sizes[0] >= from && !p.hasEqualGroups() && isInternational(r, p, from, start)
}

// extensionEnd returns the end of an extension such as x123 or ext. 123 at end, end if there is none.
func extensionEnd(r *Reader, end int) int {
	i := end
	if r.nextLetter(i) > i+1 {
		return end
	}
	if r.Next(i) == ' ' {
		i++
	}
	for _, word := range [...]string{"extension ", "ext. ", "ext.", "ext ", "ext", "x"} {
		if text.HasFold(r.Text, i, word) {
			i += len(word)
			if stop := text.RunEnd(r.Text, i, i+6, text.Digit); stop > i && !text.Is(r.Next(stop), text.Alnum) {
				return stop
			}
			return end
		}
	}
	return end
}

// isPhoneEnd reports whether a number may end at end.
func isPhoneEnd(r *Reader, end int) bool {
	isOver := !isContinued(r, end, '-', '.') && r.Next(end) != '@' && !(r.Next(end) == '/' && text.Is(r.Next(end+1), text.Digit)) &&
		!(r.Next(end) == '-' && text.Is(r.Next(end+1), text.Alnum) && (!text.Is(r.Next(end+1), text.Upper) || text.Is(r.Next(end+2), text.Digit)))
	return isOver || extensionEnd(r, end) > end || isLineLabel(r, end)
}
