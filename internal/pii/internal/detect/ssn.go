package detect

import (
	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// SocialSecurity detects a US social security number that starts at start: three, two and four digits with dashes
// or spaces between them; with dots, or without separators, only near a context word.
func SocialSecurity(r *Reader, start int) (found span.Span, ok bool) {
	end := text.RunEnd(r.Text, start, start+len("000000000")+1, text.Digit)
	if r.Previous(start) == '_' {
		if end-start != 3 {
			return found, false
		}
	} else if isPart(r, start, end) {
		return found, false
	}
	t := r.Text
	switch {
	case end-start == 9:
		if isContinued(r, end, '.', '-') || r.Next(end) == '-' && text.Is(r.Next(end+1), text.Letter) || isJoined(r, start) ||
			!isSSN(t[start:start+3], t[start+3:start+5], t[start+5:end]) || !r.HasContext(SocialSecurityContext, start, end) {
			return found, false
		}
		return accept(span.SocialSecurity, span.Generic, start, end)
	case end-start != 3 || len(t)-start < len("000-00-0000") || isJoined(r, start):
		return found, false
	}
	sep := t[end]
	stop := start + len("000-00-0000")
	if sep != '-' && sep != ' ' && sep != '.' || t[end+3] != sep ||
		text.RunEnd(t, end+1, end+3, text.Digit) != end+3 || text.RunEnd(t, end+4, stop, text.Digit) != stop ||
		text.Is(r.Next(stop), text.Alnum) || isContinued(r, stop, '-', '.') && r.Next(stop) != '_' || !isSSN(t[start:end], t[end+1:end+3], t[end+4:stop]) {
		return found, false
	}
	isDoubtful := sep == '.' || isProduct(r, start, stop) || sep == ' ' && isColumn(r, start, stop) && !mentionsSocial(r)
	if isDoubtful && !r.HasContext(SocialSecurityContext, start, stop) {
		return found, false
	}
	return accept(span.SocialSecurity, span.Validated, start, stop)
}

// isSSN reports whether the parts of a number are ones that were given out.
func isSSN(area, group, serial string) bool {
	return area != "000" && area != "666" && area[0] != '9' && group != "00" && serial != "0000"
}
