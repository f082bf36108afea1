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
	if start < r.objectEnd || r.Next(end) != ':' {
		return 0
	}
	if open := text.RunEnd(t, end+1, end+1+maxSpaces, text.Space); r.Next(open) == '{' && text.EqualFold(t[start:end], "stringdata") { // in code
		flowValues(r, open+1, open+1+lengthTo(t[open+1:min(len(t), open+objectMax)], "}"))
		return 0
	}
	if !startsLine(r, start) {
		return 0
	}
	stop := r.manifests.documentEnd(t, end)
	if r.manifests.nextSecret(t, r.manifests.documentStart(t, start)) >= stop {
		return 0
	}
	indent := start - lineStart(r, start)
	i := end + 1 + lineRest(r, end+1) + 1
	if flow := strings.TrimSpace(t[end+1 : min(len(t), i)]); strings.HasPrefix(flow, "{") {
		i = end + 1 + strings.IndexByte(t[end+1:], '{') + 1
		flowValues(r, i, min(stop, i+lineRest(r, i)))
		return 0
	}
	for i < stop {
		size := lineRest(r, i)
		line := t[i : i+size]
		depth := len(line) - len(strings.TrimLeft(line, " "))
		if sign := strings.IndexAny(line, "+-"); sign == 0 && depth == 0 { // of a difference
			depth = 1 + len(line[1:]) - len(strings.TrimLeft(line[1:], " "))
		}
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
					b.end = at + len(strings.TrimRight(t[at:at+lineRest(r, at)], " \r"))
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

// generatedSecret detects the literals of secretGenerator in a kustomization: the word [start, end).
func generatedSecret(r *Reader, start, end int) int {
	t := r.Text
	if start < r.objectEnd || !startsLine(r, start) {
		return 0
	}
	stop := min(len(t), end+objectMax)
	for i := end + 1 + lineRest(r, end+1) + 1; i < stop; {
		size := lineRest(r, i)
		line := t[i : i+size]
		if line != "" && line[0] != ' ' && line[0] != '-' {
			break
		}
		if item, found := strings.CutPrefix(strings.TrimLeft(line, " "), "- "); found {
			if key, _, isLiteral := strings.Cut(item, "="); isLiteral && isNameOf(strings.TrimLeft(key, "'\""), text.KeyChars|text.Dot) {
				r.judge(Password, LinkObject, bounds{i + size - len(item) + len(key) + 1, i + len(strings.TrimRight(line, "\r'\" ")), Quoted})
			}
		}
		i += size + 1
		r.objectEnd = min(i, len(t))
	}
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
	r.Meter.spend(len(around) / 2)
	isData := text.EqualFold(t[start:end], "data")
	if r.Next(open) != '{' || isData && !strings.Contains(around, `"kind":"Secret"`) && !strings.Contains(around, `"kind": "Secret"`) {
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
		at := text.RunEnd(r.Text, i+colon+1, end, text.Space)
		if r.Next(at) == '{' { // an object within
			i = at + 1
			continue
		}
		b := valueAt(r, at, Bare)
		b.style = Quoted
		r.judge(Password, LinkObject, b)
		i = max(b.end, i+colon+1)
	}
}

// terraformObject detects the values of a Kubernetes secret in Terraform: the word [start, end) is
// data.
func terraformObject(r *Reader, start, end int) int {
	const resource = 8 * nameMax
	t := r.Text
	if start < r.objectEnd || !startsLine(r, start) {
		return 0
	}
	open := text.RunEnd(t, end, end+maxSpaces, text.Space)
	if r.Next(open) != '=' {
		return 0
	}
	open = text.RunEnd(t, open+1, open+1+maxSpaces, text.Space)
	if text.HasFold(t, open, "tomap(") {
		open += len("tomap(")
	}
	before := t[max(0, start-resource):start]
	block := strings.LastIndex(before, "resource ")
	if r.Next(open) != '{' || block < 0 || !strings.HasPrefix(strings.TrimLeft(before[block+len("resource "):], `"\ `), "kubernetes_secret") {
		return 0
	}
	settingValues(r, open)
	return 0
}

// encodedObject detects the values of an object of Terraform under the name of a secret:
// secret_string = jsonencode({key = X}).
func encodedObject(r *Reader, start, end int) int {
	before := strings.TrimRight(r.Text[max(0, start-nameMax):start], " ")
	named, found := strings.CutSuffix(before, "=")
	if start < r.objectEnd || !found || KindOf(strings.TrimRight(named, " ")) < Token {
		return 0
	}
	if open := text.RunEnd(r.Text, end+1, end+1+maxSpaces, text.Space); r.Next(open) == '{' {
		settingValues(r, open)
	}
	return 0
}

// settingValues judges the values in quotes of {key = value} that opens at open.
func settingValues(r *Reader, open int) {
	t := r.Text
	stop := min(len(t), open+objectMax)
	if n := strings.IndexByte(t[open:stop], '}'); n > 0 {
		stop = open + n
	}
	for i := open + 1; i < stop; {
		equals := strings.IndexByte(t[i:stop], '=')
		if equals < 0 {
			break
		}
		i += equals + 1
		b := valueAt(r, text.RunEnd(t, i, min(stop, i+maxSpaces), text.Space), Bare)
		if b.style == Quoted {
			r.judge(Password, LinkObject, b)
		}
		i = max(b.end, i)
	}
	r.objectEnd = stop
}

// manifests are the YAML documents of a text. They read each byte once for all candidates.
type manifests struct {
	starts  int      // the start of the last document before scanned
	scanned int      // the end of what was read for starts
	ends    position // of the next document
	secrets position // of the next kind of a secret
}

// A position is the first place at or after from that was searched for.
type position struct{ from, at int }

// next returns the first place at or after i, which find returns.
func (p *position) next(i int, find func(i int) int) int {
	if i < p.from || i > p.at || p.at == 0 {
		p.from, p.at = i, find(i)
	}
	return p.at
}

// documentBreak is what separates two documents.
const documentBreak = "\n---"

// documentStart returns where the document that contains i starts, at most objectMax bytes before.
func (m *manifests) documentStart(in string, i int) int {
	if i < m.scanned {
		m.starts, m.scanned = 0, 0
	}
	for {
		n := strings.Index(in[m.scanned:i], documentBreak)
		if n < 0 {
			break
		}
		m.starts = m.scanned + n
		m.scanned = m.starts + 1
	}
	m.scanned = max(m.scanned, i-len(documentBreak)+1)
	return max(m.starts, i-objectMax)
}

// documentEnd returns where the document that contains i ends, at most objectMax bytes after.
func (m *manifests) documentEnd(in string, i int) int {
	end := m.ends.next(i, func(i int) int { return i + lengthTo(in[i:], documentBreak) })
	return min(end, i+objectMax)
}

// nextSecret returns the first place at or after i where a document has the kind of a secret.
func (m *manifests) nextSecret(in string, i int) int {
	const kind = "kind: "
	return m.secrets.next(i, func(i int) int {
		for {
			i += lengthTo(in[i:], kind)
			if i == len(in) {
				return i
			}
			value := strings.TrimLeft(in[i+len(kind):min(len(in), i+len(kind)+1)], "\"'")
			at := i + len(kind) + 1 - len(value)
			if strings.HasPrefix(in[at:], "Secret") && (at+len("Secret") == len(in) || strings.IndexByte("\n\r\"' ", in[at+len("Secret")]) >= 0) {
				return i
			}
			i++
		}
	})
}
