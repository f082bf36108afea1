package language

import (
	"regexp"
	"strconv"
	"strings"
)

// A token is a piece of an OTTL text. The text has been compiled before, so only what
// warnings ask for is told apart.
type token struct {
	kind byte // s: string, n: number, b: boolean, c: comparison, w: word, p: anything else
	text string
}

// pieces are OTTL's tokens. A string comes before what could begin within one.
var pieces = regexp.MustCompile(`("(?:\\.|[^\\"])*")|(0x[a-fA-F0-9]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)|\b(true|false)\b|(==|!=|>=|<=|=>|[<>])|([A-Za-z_][A-Za-z0-9_]*)|(\S)`)

const pieceKinds = "snbcwp"

func tokens(text string) (list []token) {
	for _, match := range pieces.FindAllStringSubmatch(text, -1) {
		for i, part := range match[1:] {
			if part != "" {
				list = append(list, token{pieceKinds[i], part})
				break
			}
		}
	}
	return list
}

// A path is what an expression reads: a field of a context, and the first key if the
// field has any.
type path struct {
	context, field, key string
	from, to            int // its tokens
}

// contexts are the words that a path can begin with. Without one it is the record's.
var contexts = map[string]string{
	"log": "log", "resource": "resource", "scope": "scope", "instrumentation_scope": "scope", "otelcol": "otelcol",
}

// words that are neither a path nor a function.
var operators = map[string]bool{"and": true, "or": true, "not": true, "nil": true}

// paths returns what an expression reads, also within a key.
func paths(list []token) (found []path) {
	for i := range list {
		if begins(list, i) {
			found = append(found, readPath(list, i))
		}
	}
	return found
}

// begins reports whether a path begins at a token. A word before a parenthesis is a
// function, one before "=" the name of an argument, one in capitals a constant.
func begins(list []token, i int) bool {
	t := list[i]
	return t.kind == 'w' && !operators[t.text] && !is(list, i-1, ".") && !is(list, i+1, "(") && !is(list, i+1, "=") && t.text != strings.ToUpper(t.text)
}

func readPath(list []token, at int) path {
	p := path{context: "log", from: at}
	if context, ok := contexts[list[at].text]; ok && is(list, at+1, ".") {
		p.context = context
		at += 2
	}
	if at < len(list) {
		p.field = list[at].text
	}
	keyed := false
	for at++; is(list, at, ".") || is(list, at, "["); {
		if is(list, at, ".") {
			at += 2
			continue
		}
		// Only the first key counts, and one that is an expression could be any.
		if !keyed && at+1 < len(list) && list[at+1].kind == 's' && is(list, at+2, "]") {
			p.key, _ = strconv.Unquote(list[at+1].text)
		}
		keyed = true
		at = closing(list, at)
	}
	p.to = min(at, len(list))
	return p
}

// closing returns where it goes on behind a bracket.
func closing(list []token, at int) int {
	depth := 0
	for ; at < len(list); at++ {
		switch list[at].text {
		case "[":
			depth++
		case "]":
			depth--
		}
		if depth == 0 {
			return at + 1
		}
	}
	return at
}

func is(list []token, i int, text string) bool {
	return i >= 0 && i < len(list) && list[i].kind == 'p' && list[i].text == text
}
