package secret

import (
	"strings"
)

// ownArguments returns the arguments before the end of the quotes around a command, and before the
// same command again: docker login fails, docker compose -p shop works.
func ownArguments(in string, args []argument, cmd string, before byte) []argument {
	for i, a := range args {
		word := in[a.start:a.end]
		if i > 0 && word == cmd && a.style != Quoted && len(cmd) > 3 {
			return args[:i]
		}
		if n := strings.IndexByte(word, before); n > 0 && a.style != Quoted && (before == '\'' || before == '"') && strings.HasPrefix(word[n+1:], ",") {
			args[i].end = a.start + n
			return args[:i+1]
		}
	}
	return args
}

// beginsCommand reports whether the command at start is read. Of those within the arguments of
// another, only the first few are.
func beginsCommand(r *Reader, start int) bool {
	if start >= r.commandEnd {
		r.commands = 0
		return true
	}
	r.commands++
	return r.commands <= 3
}

// wordCommands are the commands that are words of sentences too.
var wordCommands = wordSet("connect conn script rootpw cpw reg set open net exp imp sql zip pass username enable ip neighbor keychain sc add http argon2 rar")

// startsCommand reports whether a command, and not a word of a sentence, starts at i.
func startsCommand(r *Reader, i int) bool {
	for i > 0 && (r.Text[i-1] == ' ' || r.Text[i-1] == '\t') {
		i--
	}
	return i == 0 || r.Previous(i) == 0 || strings.IndexByte("\n;|&({`$\"'>#%", r.Text[i-1]) >= 0
}
