package secret

// This file holds commands whose output is a secret, and files of secrets.

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// substitution reports whether the output of the command at start is a secret, and where that
// command ends: --password-file <(echo X), --password-command "echo X",
// DB_PASSWORD=$(echo X).
func substitution(r *Reader, start int) (end int, found bool) {
	const longest = 4 * nameMax
	t := r.Text
	from := max(0, start-longest)
	before := t[from:start]
	switch {
	case strings.HasSuffix(before, "<("):
		before = strings.TrimRight(before[:len(before)-len("<(")], " =\"'")
		return len(t), isSecretFlag(before, fileEndings) || readsFile(r, from, from+len(before))
	case strings.HasSuffix(before, "$("):
		return len(t), isSecretFlag(strings.TrimRight(before[:len(before)-len("$(")], " =\"'"), fileEndings)
	}
	mark := r.Previous(start)
	if mark != '"' && mark != '\'' {
		return 0, false
	}
	before = before[:len(before)-1]
	slashes := len(before) - len(strings.TrimRight(before, `\`))
	before = strings.TrimRight(before[:len(before)-slashes], " =:")
	if !isSecretFlag(before, commandEndings) {
		return 0, false
	}
	if n := closingQuote(r, start, mark, slashes); n > 0 {
		return n, true
	}
	return len(t), true
}

// The endings of the names of flags and settings that take a file or a command.
var (
	fileEndings    = []string{"file", "fd", "path"}
	commandEndings = []string{"command", "cmd", "eval", "helper", "script", "exec", "program"}
)

// isSecretFlag reports whether a text ends with a name that a noun names before one of the endings.
func isSecretFlag(before string, endings []string) bool {
	name := strings.TrimLeft(before[text.RunStart(before, len(before), len(before)-nameMax, text.KeyChars|text.Dot):], "-")
	if text.EqualFold(name, "extpass") {
		return true
	}
	for _, ending := range endings {
		if n := len(name) - len(ending); n > 0 && text.EqualFold(name[n:], ending) {
			name = strings.TrimRight(name[:n], "-_.")
			return KindOf(name) != None || text.EqualFold(name, "pass")
		}
	}
	return len(endings) == len(fileEndings) && (KindOf(name) >= Key || nounIn(name) >= Key) // --password <(echo X)
}

// readsFile reports whether the command in [from, end) is one that reads secrets.
func readsFile(r *Reader, from, end int) bool {
	before := r.Text[from:end]
	from += strings.LastIndexAny(before, "|;&\n`(") + 1
	var list [argumentsMax]argument
	args, _ := arguments(r, list[:0], from)
	for len(args) > 0 && args[len(args)-1].start >= end {
		args = args[:len(args)-1]
	}
	_, reads := readerOf(r.Text, args)
	return reads
}

// secretFiles are the names of files that hold secrets and are not named by a noun.
var secretFiles = wordSet(`.pgpass pgpass.conf .netrc _netrc ipsec.secrets userlist.txt .htpasswd .smbcredentials smbcredentials .passwd-s3fs .vault_pass .vault-pass
	sasl_passwd passwd.client .mylogin.cnf .rhosts wpa_passphrase .cifs .davfs2 rsyncd.secrets`)

// writesSecretFile reports whether a command is tee, which writes into a file of secrets.
func writesSecretFile(in string, args []argument) bool {
	const most = 8
	isTee := false
	for _, a := range args[:min(most, len(args))] {
		word := in[a.start:a.end]
		if isTee && isSecretFile(word) {
			return true
		}
		isTee = isTee || word == "tee"
	}
	return false
}
