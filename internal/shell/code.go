package shell

import (
	"regexp"
	"slices"
	"strings"
)

// maxCalls bounds the calls of a shell that are read from one argument.
const maxCalls = 8

// shellCall finds calls of a shell in the code of an interpreter, and a command of an editor.
var shellCall = regexp.MustCompile(`(?:system|popen|exec|execSync|shell_exec|passthru|run|call|check_call|check_output|Popen|spawn|spawnSync|getoutput|qx)\s*[({]\s*\[?\s*("[^"]+"(?:\s*,\s*"[^"]*")*|'[^']+'(?:\s*,\s*'[^']*')*)|do shell script ("[^"]+")|^:?!(.+)`)

// listed writes a list of arguments as a command.
var listed = regexp.MustCompile(`["']\s*,\s*["']`)

// commandsOf returns the commands that the code of an interpreter runs in a shell.
func commandsOf(program, code string) (commands []string) {
	if !slices.Contains(interpreters, program) {
		return nil
	}
	for _, groups := range shellCall.FindAllStringSubmatch(code, maxCalls) {
		text := groups[1] + groups[2] + groups[3]
		text = listed.ReplaceAllString(text, " ")
		if groups[3] == "" {
			text = text[1 : len(text)-1]
		}
		commands = append(commands, strings.ReplaceAll(text, `\"`, `"`))
	}
	return commands
}
