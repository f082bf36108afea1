package secret

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// The bytes of a cookie's name and of its value.
const (
	cookieName  = text.KeyChars | text.Dot | text.Space | text.OddKey
	cookieValue = text.KeyChars | text.Dot | text.Base64x | text.Tilde | text.OddKey | text.Colon
	cookiesMax  = 512
)

// cookies detects the values of cookies after the word [start, end): Cookie: a=b; c=d.
func cookies(r *Reader, start, end int) int {
	if start < r.cookieEnd {
		return 0
	}
	i := end
	for limit := i + 4; i < min(len(r.Text), limit) && strings.IndexByte("\"':= ", r.Text[i]) >= 0; i++ {
	}
	if i > end {
		cookieList(r, i)
	}
	return 0
}

// prefixedCookie detects the value of a cookie whose name starts with __Host- or __Secure-, and those of
// the cookies before it.
func prefixedCookie(r *Reader, start, _ int) int {
	t := r.Text
	if start -= len("__"); start < 0 || t[start:start+2] != "__" {
		return 0
	}
	for limit := max(r.cookieEnd, start-cookiesMax, 0); start-2 > limit && t[start-2] == ';' && t[start-1] == ' '; {
		before := text.RunStart(t, start-2, limit, cookieValue)
		if before == start-2 || before == limit && limit > 0 && text.Is(t[limit-1], cookieValue) {
			break // no pair, or the middle of one
		}
		r.Meter.spend(start - before)
		start = before
	}
	if start >= r.cookieEnd {
		cookieList(r, start)
	}
	return 0
}

// cookieList judges the cookies of the list at i.
func cookieList(r *Reader, i int) {
	t := r.Text
	for limit := min(len(t), i+cookiesMax); i < limit; {
		equals := text.RunEnd(t, i, limit, cookieName)
		if r.Next(equals) != '=' {
			return
		}
		end := text.RunEnd(t, equals+1, equals+1+cookiesMax, cookieValue)
		r.cookieEnd = end
		if end-equals > 12 {
			r.judge(Session, LinkCookie, bounds{equals + 1, end, Argument})
		}
		if r.Next(end) != ';' {
			return
		}
		i = end + 1
	}
}

// cookieCall detects the value of a cookie that a call sets: setcookie('name', 'X').
func cookieCall(r *Reader, _, end int) int {
	named := valueAt(r, end+1, Bare)
	at := argumentEnd(r, end+1, named)
	if named.style != Quoted || r.Next(at) != ',' {
		return 0
	}
	b := valueAt(r, text.RunEnd(r.Text, at+1, at+1+maxSpaces, text.Space), Bare)
	if b.style != Quoted || b.end-b.start < 12 || !r.judge(max(Session, KindOf(r.Text[named.start:named.end])), LinkCookie, b) {
		return 0
	}
	return b.start
}

// cookieFile detects the value of a cookie on a line of a file of cookies, whose fields have tabs
// between them: domain, TRUE, path, FALSE at [start, end), expiry, name, value.
func cookieFile(r *Reader, start, end int) int {
	t := r.Text
	expiry := text.RunEnd(t, end+1, end+16, text.Digit|text.Dot)
	if r.Previous(start) != '\t' || expiry == end+1 || r.Next(expiry) != '\t' {
		return 0
	}
	name := text.RunEnd(t, expiry+1, expiry+1+nameMax, text.KeyChars|text.Dot|text.OddKey)
	if r.Next(name) != '\t' {
		return 0
	}
	last := name + 1
	for limit := min(len(t), last+valueMost); last < limit && strings.IndexByte("\t\r\n ", t[last]) < 0; last++ {
	}
	if last-name > 12 {
		r.judge(max(Session, KindOf(t[expiry+1:name])), LinkCookie, bounds{name + 1, last, Argument})
	}
	return 0
}

// sessionHeader detects the value of a header of a session, such as X-Session-Id, whose
// name ends before the colon at i.
func sessionHeader(r *Reader, named string, i int) bool {
	n := strings.LastIndexByte(named, ' ') + 1
	if named = named[n:]; !strings.Contains(named, "-") || KindOf(strings.TrimPrefix(named, "X-")) != Session && KindOf(strings.TrimPrefix(named, "x-")) != Session {
		return false
	}
	at := text.RunEnd(r.Text, i+1, i+1+maxSpaces, text.Space)
	return r.judge(Session, LinkHeader, valueAt(r, at, Argument))
}

// Dollar detects the hash of a password that starts with the dollar sign at i, as in
// /etc/shadow: $6$….
func Dollar(r *Reader, i int) int {
	t := r.Text
	kind := text.RunEnd(t, i+1, i+1+10, text.Lower|text.Digit)
	if i < r.cookieEnd || kind == i+1 || r.Next(kind) != '$' || !crypts[t[i+1:kind]] {
		return i + 1
	}
	end := text.RunEnd(t, kind+1, kind+1+256, text.KeyChars|text.Dot|text.Base64x|text.OddKey)
	r.cookieEnd = end
	if end-kind < 20 || !text.HasAnyDigit(t[kind+1:end]) {
		return i + 1
	}
	r.Found = append(r.Found, span.Span{Start: i, End: end, ID: span.Secret, Rank: span.Structural})
	return end
}

// crypts are the identifiers of password hashes.
var crypts = wordSet("1 2 2a 2b 2x 2y 5 6 7 8 9 y gy apr1 md5 sha1 argon2i argon2d argon2id scrypt bcrypt")

// seedPhrase detects the words of a wallet: twelve to twenty-four small words after
// "mnemonic" or "seed phrase".
func seedPhrase(r *Reader, start, end int) int {
	t := r.Text
	if text.EqualFold(t[start:end], "phrase") && !hasWordBefore(t[max(0, start-nameMax):start], "seed", "recovery", "backup", "secret", "wallet") {
		return 0
	}
	r.Meter.spend(workOfNoun)
	first := end
	for limit := end + 32; first < min(len(t), limit) && (!text.Is(t[first], text.Lower) || text.Is(t[first-1], text.Alnum) || !isSeedStart(t[first:])); first++ {
	}
	return seedWords(r, first)
}

// seedWords detects twelve to twenty-four small words that start at first.
func seedWords(r *Reader, first int) int {
	t := r.Text
	i, words, stop := first, 0, first
	for words < 24 {
		next := text.RunEnd(t, i, i+9, text.Lower)
		if n := next - i; n < 3 || n > 8 {
			break
		}
		words++
		stop, i = next, next+1
		if number := text.RunEnd(t, text.RunEnd(t, next, next+4, text.Space), next+8, text.Digit|text.Dot); number > next && r.Next(number) == ' ' && text.Is(t[number-1], text.Dot) {
			i = number + 1 // 2. word
		} else if r.Next(next) != ' ' {
			break
		}
	}
	if words < 12 || text.Is(r.Next(stop), text.Alnum) {
		return 0
	}
	r.addFound(bounds{first, stop, Bare})
	return first
}

// isSeedStart reports whether three small words start a text.
func isSeedStart(in string) bool {
	for range 3 {
		in = strings.TrimLeft(in, "0123456789. ")
		n := text.RunEnd(in, 0, 9, text.Lower)
		if n < 3 || n > 8 || n >= len(in) || in[n] != ' ' && in[n] != '\n' {
			return false
		}
		in = in[n+1:]
	}
	return true
}

// hasWordBefore reports whether a text contains one of the words, in any case.
func hasWordBefore(in string, words ...string) bool {
	var firsts uint32 // a bit for each first byte, regardless of case
	for _, word := range words {
		firsts |= 1 << (word[0] & 31)
	}
	for i := range len(in) {
		if firsts>>(in[i]&31)&1 == 0 {
			continue
		}
		first := text.ToLower(in[i])
		for _, word := range words {
			if word[0] == first && text.HasFold(in, i, word) {
				return true
			}
		}
	}
	return false
}
