package secret

// This file holds tokens in the path of a URL.

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// pathWords are words of a URL before a token that is a part of its path.
var pathWords = strings.Fields(`reset resets set change invite invites invitation invitations join verify verification verifications confirm confirmation confirmations activate activation activations magic unlock
	unsubscribe sign signin session passwordless claim approve token tokens onboard onboarding accept share shared recover recovery signup callback services hooks webhook webhooks sso login`)

// pathToken detects a token in the path of a URL: /reset-password/X, /join/X.
func pathToken(r *Reader, start, end int) int {
	t := r.Text
	if p := r.Previous(start); p != '/' && p != '-' && p != '_' {
		return 0
	}
	slash := text.RunEnd(t, end, end+nameMax/2, text.KeyChars)
	if r.Next(slash) == '?' {
		return queryToken(r, start, slash)
	}
	for range segmentsOf(t[start:end]) {
		if r.Next(slash) != '/' {
			return 0
		}
		stop := text.RunEnd(t, slash+1, slash+1+valueMost, text.KeyChars|text.Dot|text.Tilde)
		if stop == slash+1 || strings.IndexByte(t[slash+1:stop-1], '.') >= 0 { // a file
			return 0
		}
		b := bounds{slash + 1, stop, Argument}
		for b.end > b.start && t[b.end-1] == '.' {
			b.end--
		}
		if isNumber := isNameOf(t[b.start:b.end], text.Digit); (!isNumber || r.Next(stop) != '/') && stop-slash-1 >= 16 && r.judge(Token, LinkPath, b) {
			return b.start
		}
		if !isPathID(t[slash+1 : stop]) {
			return 0
		}
		slash = stop
	}
	return 0
}

// queryWords are the words of a path whose query has a token.
var queryWords = wordSet("reset set-password invite invitation verify verification confirm confirmation activate activation magic unlock passwordless recover claim")

// queryToken detects the token in the query at i, after a word of a path that starts at start: /reset?code=X.
func queryToken(r *Reader, start, i int) int {
	const parameters, least = 4, 20
	t := r.Text
	word := t[start:text.RunEnd(t, start, i, text.Alnum)]
	if !inSet(queryWords, word) {
		return 0
	}
	for range parameters {
		at := text.RunEnd(t, i+1, i+1+nameMax, text.KeyChars)
		if r.Next(at) != '=' {
			return 0
		}
		end := text.RunEnd(t, at+1, at+1+valueMost, text.KeyChars|text.Dot|text.Tilde)
		if end-at > least && text.IsRandomKey(t[at+1:end]) && r.judge(Token, LinkPath, bounds{at + 1, end, Argument}) {
			return end
		}
		if i = end; r.Next(i) != '&' {
			return 0
		}
	}
	return 0
}

// segmentsOf returns the number of segments after a word of a path in which a token may be.
func segmentsOf(word string) int {
	const most = 3
	if text.HasFold(word, 0, "services") || text.HasFold(word, 0, "hook") || text.HasFold(word, 0, "webhook") {
		return most
	}
	return most - 1
}

// isPathID reports whether a segment of a path is the identifier before a token: a number, or
// letters in capitals or in base64.
func isPathID(segment string) bool {
	return len(segment) <= 24 && isNameOf(segment, text.Alnum|text.Joiner) && (text.HasAnyDigit(segment) || len(segment) <= 4 && !isNameOf(segment, text.Lower) || isNameOf(segment, text.Upper) || !isPlainText(segment))
}

// privatePath detects the key of a calendar in the path of a URL: /private-X/.
func privatePath(r *Reader, start, end int) int {
	stop := text.RunEnd(r.Text, end+1, end+1+nameMax, text.Alnum)
	if r.Previous(start) != '/' || stop-end-1 < 16 || !r.judge(Token, LinkPath, bounds{end + 1, stop, Argument}) {
		return 0
	}
	return end + 1
}

// botMethod detects the token of a bot of Telegram before the method [start, end) of a URL:
// /bot1234567890:X/getMe.
func botMethod(r *Reader, start, _ int) int {
	const least, longest = 30, 40
	t := r.Text
	if r.Previous(start) != '/' {
		return 0
	}
	at := text.RunStart(t, start-1, start-1-longest, text.KeyChars)
	if r.Previous(at) != ':' || start-1-at < least {
		return 0
	}
	if number := text.RunStart(t, at-1, at-1-12, text.Digit); number < len("bot") || !text.HasFold(t, number-len("bot"), "bot") {
		return 0
	}
	r.judge(Token, LinkPath, bounds{at, start - 1, Argument})
	return 0
}
