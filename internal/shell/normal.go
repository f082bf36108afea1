package shell

import (
	"path"
	"slices"
	"strings"
)

// Bounds of the normal form. What exceeds them is not normalized.
const (
	maxCommand   = 16 << 10 // bytes of a command
	maxNormal    = 64 << 10 // bytes of a normal form
	maxDepth     = 4        // commands within commands
	maxVariables = 32
	maxValue     = 256 // bytes of a variable's value
)

// Normal returns the normal form of a command: the command itself if it is in normal form.
func Normal(command string) string {
	n := normalizer{in: command[:min(len(command), maxCommand)], values: map[string]string{}, limit: maxNormal}
	return n.normal()
}

// A normalizer normalizes one command. Commands within it have their own.
type normalizer struct {
	in     string
	at     int // the next byte of in
	out    []byte
	limit  int               // bytes of out
	depth  int               // of commands within commands
	values map[string]string // of variables, shared with commands within the command
	open   bool              // a substitution does not end, so no other is looked for
	nested []string          // the texts that a shell gets as commands

	simpleCommand         // the current command of a list or a pipeline
	echoed        *string // what the command before a pipe prints
}

// A simpleCommand is the state of a simple command: a program and its arguments.
type simpleCommand struct {
	start    int    // where it starts in out
	phase    phase  // which word comes next
	prefix   prefix // the last program that runs another one
	skip     int    // arguments of the prefix that are skipped
	removes  bool   // what is before the program is removed
	redirect bool   // the next word is a file
	isShell  bool   // the command has the name of a shell
	program  string
	texts    []string // arguments of echo and eval
	code     bool     // the next argument is a command, that of -c
	running  bool     // the arguments are the command of find -exec
}

type phase int

const (
	beforeProgram phase = iota
	afterPrefix
	afterProgram
)

func (n *normalizer) normal() string {
	for n.at < len(n.in) && len(n.out) < n.limit {
		c := n.in[n.at]
		switch {
		case strings.HasPrefix(n.in[n.at:], "\\\n"):
			n.at += 2
		case c == ' ' || c == '\t' || c == '\r':
			n.writeBlank()
		case c == '#':
			n.copyBytes(len(n.in[n.at:]) - len(strings.TrimLeft(n.in[n.at:], "#")))
			n.copyBytes(strings.IndexByte(n.in[n.at:]+"\n", '\n'))
		case strings.IndexByte(operators, c) >= 0:
			n.writeOperator(c)
		default:
			n.writeWord(n.readWord())
		}
	}
	n.endCommand("")
	for _, command := range n.nested {
		if n.depth < maxDepth && len(n.out) < n.limit {
			n.out = append(append(n.out, '\n'), n.normalWithin(command)...)
		}
	}
	if string(n.out) == n.in {
		return n.in
	}
	return string(n.out)
}

// normalWithin returns the normal form of a command within the command.
func (n *normalizer) normalWithin(command string) string {
	if n.depth >= maxDepth {
		return command
	}
	inner := normalizer{in: command, values: n.values, depth: n.depth + 1, limit: n.limit - len(n.out)}
	return inner.normal()
}

// copyBytes writes the next bytes as they are.
func (n *normalizer) copyBytes(length int) {
	n.out = append(n.out, n.in[n.at:n.at+length]...)
	n.at += length
}

// writeBlank writes one of some blanks.
func (n *normalizer) writeBlank() {
	if len(n.out) > 0 && n.out[len(n.out)-1] == ' ' {
		n.at++
		return
	}
	n.copyBytes(1)
}

// operators end a word, and all but redirections a simple command.
const operators = "\n;&|()<>"

func (n *normalizer) writeOperator(c byte) {
	before, after := byte(0), byte(0)
	if n.at > 0 {
		before = n.in[n.at-1]
	}
	if n.at+1 < len(n.in) {
		after = n.in[n.at+1]
	}
	switch {
	case c == '<' || c == '>':
		n.copyBytes(1)
		n.redirect = true
	case c == '&' && (before == '>' || before == '<' || after == '>'):
		n.copyBytes(1) // 2>&1 and &>file
	default:
		connector := string(c)
		if c == '|' && after == '|' {
			n.copyBytes(1)
			connector = "||"
		}
		n.endCommand(connector)
		n.copyBytes(1)
	}
}

// endCommand ends a simple command before an operator.
func (n *normalizer) endCommand(operator string) {
	text := strings.Join(n.texts, " ")
	switch {
	case n.program == "eval" && text != "":
		n.nested = append(n.nested, text)
	case n.echoed != nil && slices.Contains(shells, n.program):
		n.nested = append(n.nested, *n.echoed)
	}
	n.echoed = nil
	if operator == "|" && (n.program == "echo" || n.program == "printf") {
		n.echoed = &text
	}
	n.simpleCommand = simpleCommand{}
}

// writeWord writes a word, and moves the state of its simple command on.
func (n *normalizer) writeWord(w word) {
	if !n.removes && !n.redirect {
		n.start = len(n.out)
	}
	switch {
	case n.redirect:
		n.redirect = false
		n.out = append(n.out, w.text...)
	case n.phase == afterProgram:
		n.writeArgument(w)
	case n.phase == afterPrefix && n.isOption(w):
		n.out = append(n.out, w.text...)
	case isAssignment(w.plain):
		n.assignVariable(w)
		n.removes = true
		n.out = append(n.out, w.text...)
	case slices.Contains(reserved, w.plain):
		n.out = append(append(n.out, w.text...), '\n')
		n.simpleCommand = simpleCommand{}
	default:
		n.writeName(w)
	}
}

// isOption reports whether a word is an option of a prefix, or the argument of one.
func (n *normalizer) isOption(w word) bool {
	switch {
	case strings.HasPrefix(w.plain, "-") || n.prefix.slash && strings.HasPrefix(w.plain, "/"):
		if n.prefix.name == "command" && strings.ContainsAny(w.plain, "vV") {
			n.phase, n.removes = afterProgram, false // command -v only looks for the program
		}
		if slices.Contains(n.prefix.options, w.plain) {
			n.skip++
		}
	case n.skip > 0:
		n.skip--
	default:
		return false
	}
	return true
}

// writeName writes the name of a program, or of a prefix.
func (n *normalizer) writeName(w word) {
	name, rest, _ := strings.Cut(w.text, " ") // $IFS is a blank within a word
	if folder, file := path.Split(name); slices.Contains(folders, folder) && file != "" {
		name = file
	}
	name = strings.TrimSuffix(name, ".exe")
	if i := slices.IndexFunc(prefixes, func(p prefix) bool { return p.name == name }); i >= 0 && rest == "" {
		n.prefix, n.phase, n.removes, n.skip = prefixes[i], afterPrefix, true, prefixes[i].arguments
		n.out = append(n.out, name...)
		return
	}
	if n.phase == afterPrefix && strings.ContainsAny(w.plain, " |;&") && w.plain != w.text {
		n.out = append(n.out, w.text...) // watch "command"
		n.nested, n.phase = append(n.nested, w.plain), afterProgram
		return
	}
	if n.removes {
		n.out = n.out[:n.start]
	}
	n.out = append(n.out, name...)
	if rest != "" {
		n.out = append(append(n.out, ' '), rest...)
	}
	n.program, n.phase, n.isShell = name, afterProgram, slices.Contains(shells, name)
}

// writeArgument writes an argument of a program.
func (n *normalizer) writeArgument(w word) {
	n.out = append(n.out, w.text...)
	n.nested = append(n.nested, commandsOf(n.program, w.plain)...)
	switch {
	case n.program == "find" && isExec(w.plain):
		n.running, n.texts = true, nil
	case n.running && (w.plain == ";" || w.plain == "+"):
		n.nested, n.running = append(n.nested, strings.Join(n.texts, " ")), false
	case n.running:
		n.texts = append(n.texts, w.text)
	case n.code:
		n.nested, n.code, n.isShell = append(n.nested, w.plain), false, false
	case n.isShell && isCodeOption(w.plain):
		n.code = true
	case slices.Contains(shells, path.Base(w.plain)):
		n.isShell = true // of xargs, of find -exec, of docker exec
	case n.program == "eval", n.program == "echo" && !strings.HasPrefix(w.plain, "-"), n.program == "printf":
		n.texts = append(n.texts, w.plain)
	}
}

// isCodeOption reports whether an option of a shell has a command as its argument: -c, -lc.
func isCodeOption(text string) bool {
	return len(text) > 1 && len(text) < 6 && text[0] == '-' && text[1] != '-' && text[len(text)-1] == 'c'
}

// isExec reports whether an option of find has a command as its arguments.
func isExec(option string) bool {
	return option == "-exec" || option == "-execdir" || option == "-ok" || option == "-okdir"
}

// isAssignment reports whether a word sets a variable.
func isAssignment(text string) bool {
	name, _, ok := strings.Cut(text, "=")
	return ok && isName(name)
}

// assignVariable stores the plain value of a variable.
func (n *normalizer) assignVariable(w word) {
	name, value, _ := strings.Cut(w.plain, "=")
	if len(value) > maxValue || !isPlain(value, " ${}") || strings.Contains(value, "$(") {
		delete(n.values, name) // its old value is not what it is now
		return
	}
	if _, known := n.values[name]; known || len(n.values) < maxVariables {
		n.values[name] = value
	}
}
