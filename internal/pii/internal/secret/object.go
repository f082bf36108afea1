package secret

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// objectMax bounds the YAML of a Kubernetes secret around its data.
const objectMax = 4096

// secretObject detects the values of a Kubernetes secret in YAML: the word [start, end) is
// data or stringData.
func secretObject(r *Reader, start, end int) int {
	t := r.Text
	if r.Next(end) == '"' && start >= r.objectEnd {
		return jsonObject(r, start, end)
	}
	if start < r.objectEnd || r.Next(end) != ':' || !startsLine(r, start) {
		return 0
	}
	stop := documentEnd(r, end)
	if !isSecretKind(t[documentStart(r, start):stop]) {
		r.objectEnd = min(stop, start+objectMax/2) // the document is not read again for each word in it
		return 0
	}
	indent := start - lineStart(r, start)
	i := end + 1 + lineLength(t[end+1:]) + 1
	if flow := strings.TrimSpace(t[end+1 : min(len(t), i)]); strings.HasPrefix(flow, "{") {
		i = end + 1 + strings.IndexByte(t[end+1:], '{') + 1
		flowValues(r, i, min(stop, i+lineLength(t[i:])))
		return 0
	}
	for i < stop {
		size := lineLength(t[i:])
		line := t[i : i+size]
		depth := len(line) - len(strings.TrimLeft(line, " "))
		if depth <= indent && strings.TrimSpace(line) != "" {
			break
		}
		if colon := strings.IndexByte(line, ':'); colon >= 0 {
			at := text.RunEnd(t, i+colon+1, i+size, text.Space)
			if block := blockStart(r, i+colon+1); block > 0 {
				at = block
			}
			if at < len(t) {
				b := valueAt(r, at, Line)
				if b.style != Quoted { // all of the line
					b.end = at + len(strings.TrimRight(t[at:at+lineLength(t[at:])], " \r"))
				}
				b.style = Quoted
				r.judge(Password, LinkObject, b)
			}
		}
		i += size + 1
	}
	r.objectEnd = i
	return 0
}

// jsonObject detects the values of a Kubernetes secret in JSON within a text: the word
// [start, end) in quotes is data or stringData.
func jsonObject(r *Reader, start, end int) int {
	t := r.Text
	open := end + 1
	for limit := min(len(t), open+4); open < limit && (t[open] == ':' || t[open] == ' '); open++ {
	}
	around := t[max(0, start-objectMax):min(len(t), end+objectMax)]
	if r.Next(open) != '{' || !strings.Contains(around, `"kind":"Secret"`) && !strings.Contains(around, `"kind": "Secret"`) {
		return 0
	}
	stop := open + strings.IndexByte(t[open:min(len(t), open+objectMax)], '}')
	if stop > open {
		flowValues(r, open+1, stop)
		r.objectEnd = stop
	}
	return 0
}

// flowValues detects the values of {key: value, …} in [i, end).
func flowValues(r *Reader, i, end int) {
	for i < end {
		colon := strings.IndexByte(r.Text[i:end], ':')
		if colon < 0 {
			return
		}
		b := valueAt(r, text.RunEnd(r.Text, i+colon+1, end, text.Space), Bare)
		b.style = Quoted
		r.judge(Password, LinkObject, b)
		i = max(b.end, i+colon+1)
	}
}

// documentStart returns where the YAML document that contains i starts.
func documentStart(r *Reader, i int) int {
	from := max(0, i-objectMax)
	if n := strings.LastIndex(r.Text[from:i], "\n---"); n >= 0 {
		return from + n
	}
	return from
}

// documentEnd returns where the YAML document that contains i ends.
func documentEnd(r *Reader, i int) int {
	in := r.Text[i:min(len(r.Text), i+objectMax)]
	if n := strings.Index(in, "\n---"); n >= 0 {
		return i + n
	}
	return i + len(in)
}

// isSecretKind reports whether a YAML document is that of a secret.
func isSecretKind(in string) bool {
	for _, kind := range [...]string{"kind: Secret\n", "kind: Secret\r", "kind: \"Secret\"", "kind: 'Secret'", "kind: Secret "} {
		if strings.Contains(in, kind) {
			return true
		}
	}
	return strings.HasSuffix(in, "kind: Secret")
}
