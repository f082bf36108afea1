package secret

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// redirected detects the input of a command at its end: <<< X, or the lines of << EOF.
func redirected(r *Reader, i int, part string) {
	if strings.HasPrefix(r.Text[i:], "<<<") {
		at := text.RunEnd(r.Text, i+3, i+3+maxSpaces, text.Space)
		input(r, shellWord(r, at, min(len(r.Text), at+commandMax)), part)
		return
	}
	for start, end := range hereDocument(r, i) {
		if part == "" {
			fileLine(r, bounds{start, end, Argument}, false)
			continue
		}
		input(r, bounds{start, end, Argument}, part)
	}
}

// hereDocument returns the lines of the here-document that << at i opens.
func hereDocument(r *Reader, i int) func(yield func(start, end int) bool) {
	return func(yield func(start, end int) bool) {
		t := r.Text
		if i < r.documentEnd || !strings.HasPrefix(t[i:], "<<") {
			return
		}
		at := text.RunEnd(t, i+2, i+8, text.Space|text.Quote|text.Joiner)
		mark := t[at:text.RunEnd(t, at, at+nameMax, text.KeyChars)]
		if mark == "" {
			return
		}
		at += lineRest(r, at) + 1
		r.documentEnd = at
		for range rowsMax {
			if at >= len(t) || strings.HasPrefix(t[at:], mark) {
				return
			}
			end := at + lineRest(r, at)
			r.documentEnd = end
			if !yield(at, end) {
				return
			}
			at = end + 1
		}
	}
}

// secureString is the command of PowerShell that makes a secret of its input.
const secureString = "convertto-securestring"

// pipedString detects the string in quotes that is piped into the command at start: 'X' | ConvertTo-SecureString.
func pipedString(r *Reader, start int) {
	t := r.Text
	end := len(strings.TrimRight(t[:start], " "))
	if r.Previous(end) != '|' {
		return
	}
	end = len(strings.TrimRight(t[:end-1], " "))
	if !text.Is(r.Previous(end), text.Quote) {
		return
	}
	last := end - 1
	for last > 1 && t[last-1] == '\\' {
		last--
	}
	from := max(0, last-nameMax)
	if n := strings.LastIndexByte(t[from:last], t[end-1]); n >= 0 {
		r.judge(Password, LinkInput, bounds{from + n + 1, last, Quoted})
	}
}

// catDocument detects the lines of a here-document that cat or tee writes into a command that
// reads a secret, or into a file that a noun names: cat <<EOF > file, tee file <<EOF.
func catDocument(r *Reader, start, end int) int {
	line := r.Text[end:min(len(r.Text), end+nameMax*2)]
	line = line[:lineLength(line)]
	at := end + strings.Index(line, "<<")
	if at < max(end, r.documentEnd) {
		return 0
	}
	part, reads := "", false
	if rest := strings.IndexAny(line, "|>"); rest >= 0 {
		part, reads = reader(r, end+rest)
	} else if r.Text[start]|0x20 == 't' {
		var list [argumentsMax]argument
		args, _ := arguments(r, list[:0], start)
		reads = writesSecretFile(r.Text, args)
	}
	if !reads {
		return 0
	}
	if strings.HasPrefix(r.Text[at:], "<<<") { // cat <<< X | command
		redirected(r, at, part)
		return 0
	}
	for start, end := range hereDocument(r, at) {
		if part == "" {
			fileLine(r, bounds{start, end, Argument}, true)
			continue
		}
		input(r, bounds{start, end, Argument}, part)
	}
	return 0
}

// input judges the input of a command.
func input(r *Reader, b bounds, part string) {
	if part != "" {
		n := strings.Index(r.Text[b.start:b.end], part)
		if n < 0 {
			return
		}
		b.start += n + len(part)
	}
	for i := b.start; i < b.end; { // each line
		n := strings.Index(r.Text[i:b.end], `\n`)
		if n < 0 {
			n = b.end - i
		}
		r.judge(Password, LinkInput, bounds{i, i + n, b.style})
		i += n + len(`\n`)
	}
}

// echo detects a secret that echo or printf, at start, writes into a command that reads
// one, or into a file that a noun names.
func echo(r *Reader, start, end int) int {
	if r.Next(end) != ' ' || text.EqualFold(r.Text[start:end], "yes") && !startsCommand(r, start) || !beginsCommand(r, start) {
		return 0
	}
	var list [argumentsMax]argument
	args, stop := arguments(r, list[:0], end)
	r.commandEnd = max(r.commandEnd, stop)
	for len(args) > 0 && args[0].style != Quoted && strings.HasPrefix(r.Text[args[0].start:args[0].end], "-") {
		args = args[1:]
	}
	if len(args) == 0 {
		return 0
	}
	part, reads := reader(r, stop)
	stop, isSubstituted := substitution(r, start)
	reads = reads || isSubstituted
	for isSubstituted && len(args) > 1 && args[len(args)-1].start >= stop {
		args = args[:len(args)-1]
	}
	reads = reads || isFileOfSecret(r, start)
	if !reads {
		return 0
	}
	if isFormat := strings.Contains(r.Text[args[0].start:args[0].end], "%s"); isFormat && part == "" {
		for _, a := range args[1:] { // printf '%s\n%s\n' X X
			input(r, a.bounds, part)
		}
		return 0
	}
	last := args[len(args)-1].bounds
	switch {
	case strings.Contains(r.Text[last.start:last.end], "%s"):
	case part == "":
		fileLine(r, last, false)
	default:
		input(r, last, part)
	}
	return 0
}

// isFileOfSecret reports whether the output of the command at start is the file of a flag for a secret:
// --password-file=<(echo X), sshpass -f <(echo X).
func isFileOfSecret(r *Reader, start int) bool {
	before, found := strings.CutSuffix(strings.TrimRight(r.Text[max(0, start-2*nameMax):start], " "), "<(")
	if !found {
		return false
	}
	before = strings.TrimRight(before, " =")
	flag := before[strings.LastIndexByte(before, ' ')+1:]
	return hasWordBefore(flag, "pass", "secret", "token", "key") || strings.HasSuffix(before, "sshpass -f")
}

// reader reports whether what follows a command at i reads a secret: a pipe into a command
// that does, or a file that a noun names. It returns what separates user and password.
func reader(r *Reader, i int) (part string, reads bool) {
	t := r.Text
	const pipes = 3
	for range pipes {
		i = text.RunEnd(t, i, i+maxSpaces, text.Space)
		c := r.Next(i)
		if c == ';' || c == ')' { // (echo X; echo X) | command
			n := strings.IndexAny(t[i:min(len(t), i+2*nameMax)], ")|")
			if n < 0 || t[i+n] != ')' {
				return "", false
			}
			i = text.RunEnd(t, i+n+1, i+n+1+maxSpaces, text.Space)
			c = r.Next(i)
		}
		if c == '>' {
			for ; r.Next(i) == '>'; i++ {
			}
			b := shellWord(r, text.RunEnd(t, i, i+maxSpaces, text.Space), min(len(t), i+commandMax))
			return "", isSecretFile(t[b.start:b.end])
		}
		if c != '|' || r.Next(i+1) == '|' {
			return "", false
		}
		var list [argumentsMax]argument
		args, stop := arguments(r, list[:0], i+1)
		if part, reads = readerOf(t, args); reads || writesSecretFile(t, args) {
			return part, true
		}
		i = stop
	}
	return "", false
}

// readerOf reports whether a command reads a secret from its input.
func readerOf(in string, args []argument) (part string, reads bool) {
	const commandsMost = 4
	commands := 0
	for i, a := range args {
		word := in[a.start:a.end]
		if strings.HasSuffix(word, "/dev/stdin") || strings.HasSuffix(word, "=-") && len(word) > 6 {
			return "", true
		}
		for _, flag := range stdinFlags {
			if strings.HasPrefix(word, flag) {
				return "", true
			}
		}
		word = word[strings.LastIndexByte(word, '/')+1:]
		if text.RunEnd(word, 0, len(word), text.KeyChars|text.Dot) < len(word) {
			continue
		}
		rows := commandTable[word]
		if len(rows) == 0 {
			continue
		}
		if commands++; commands > commandsMost {
			continue
		}
		for k := range rows {
			if c := &rows[k]; c.reads && matchWords(in, args[i+1:], c.words) >= 0 {
				return readsPart(c), true
			}
		}
	}
	return "", false
}

// isSecretFile reports whether a path names a file that holds a secret.
func isSecretFile(path string) bool {
	base := path[strings.LastIndexByte(path, '/')+1:]
	stem, _, _ := strings.Cut(strings.TrimPrefix(base, "."), ".")
	kind := KindOf(stem)
	return strings.Contains(path, "/secrets/") || kind >= Code || inSet(secretFiles, base)
}
