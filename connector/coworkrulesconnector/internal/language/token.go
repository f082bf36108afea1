package language

import (
	"regexp"
	"strconv"
	"strings"
)

// A token is a token of an OTTL text. The text is known to compile, so the kinds are only
// as fine as the checks need.
type token struct {
	kind byte // s: string, n: number, b: boolean, c: comparison, w: word, p: anything else
	text string
}

// tokenPattern matches OTTL's tokens. Strings come first, as they can contain all others.
var tokenPattern = regexp.MustCompile(`("(?:\\.|[^\\"])*")|(0x[a-fA-F0-9]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)|\b(true|false)\b|(==|!=|>=|<=|=>|[<>])|([A-Za-z_][A-Za-z0-9_]*)|(\S)`)

const tokenKinds = "snbcwp" // of the groups of tokenPattern

func tokensOf(text string) (list []token) {
	for _, match := range tokenPattern.FindAllStringSubmatch(text, -1) {
		for i, part := range match[1:] {
			if part != "" {
				list = append(list, token{tokenKinds[i], part})
				break
			}
		}
	}
	return list
}

// A path is a field of a context that an expression reads, with its first key if it has
// one.
type path struct {
	context, field, key string
	from, to            int // indexes of its tokens
}

// contexts are the names with which a path can begin. Without one, it is of the record.
var contexts = map[string]string{
	"log": "log", "resource": "resource", "scope": "scope", "instrumentation_scope": "scope", "otelcol": "otelcol",
}

// operators are words that are neither a path nor a function.
var operators = map[string]bool{"and": true, "or": true, "not": true, "nil": true}

// pathsOf returns the paths of an expression, those within keys included.
func pathsOf(list []token) (found []path) {
	for i := range list {
		if isPathStart(list, i) {
			found = append(found, parsePath(list, i))
		}
	}
	return found
}

// isPathStart reports whether a path starts at a token. A word before a parenthesis is a
// function, one before "=" the name of an argument, one in capitals a constant.
func isPathStart(list []token, i int) bool {
	t := list[i]
	return t.kind == 'w' && !operators[t.text] && !isToken(list, i-1, ".") && !isToken(list, i+1, "(") && !isToken(list, i+1, "=") && t.text != strings.ToUpper(t.text)
}

func parsePath(list []token, at int) path {
	p := path{context: "log", from: at}
	if context, ok := contexts[list[at].text]; ok && isToken(list, at+1, ".") {
		p.context = context
		at += 2
	}
	if at < len(list) {
		p.field = list[at].text
	}
	keyed := false
	for at++; isToken(list, at, ".") || isToken(list, at, "["); {
		if isToken(list, at, ".") {
			at += 2
			continue
		}
		// An expression as the first key could be any key, so the path has none.
		if !keyed && at+1 < len(list) && list[at+1].kind == 's' && isToken(list, at+2, "]") {
			p.key, _ = strconv.Unquote(list[at+1].text)
		}
		keyed = true
		at = afterBracket(list, at)
	}
	p.to = min(at, len(list))
	return p
}

// afterBracket returns the index behind the bracket that closes the one at an index.
func afterBracket(list []token, at int) int {
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

func isToken(list []token, i int, text string) bool {
	return i >= 0 && i < len(list) && list[i].kind == 'p' && list[i].text == text
}
