package story

import (
	"encoding/base64"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// leastDisguised is the share of disguised commands on which the rules that detect the plain
// command still fire. Raise it when rules improve.
const leastDisguised = 0.94

// A disguise writes a command in another form that does the same.
type disguise struct {
	name  string
	write func(command string) string
}

// programs matches the first word of each simple command.
var programs = regexp.MustCompile(`(?:^|[|;&(] *)([a-z][a-z0-9-]+)\b`)

// disguises are forms that a shell of POSIX reads as the command.
var disguises = []disguise{
	{"quotes within the program", func(c string) string { return eachProgram(c, func(p string) string { return p[:1] + `""` + p[1:] }) }},
	{"a backslash before the program", func(c string) string { return eachProgram(c, func(p string) string { return `\` + p }) }},
	{"the path of the program", func(c string) string { return eachProgram(c, func(p string) string { return "/usr/bin/" + p }) }},
	{"command", func(c string) string { return eachProgram(c, func(p string) string { return "command " + p }) }},
	{"env with a variable", func(c string) string { return "env LC_ALL=C " + c }},
	{"nohup in the background", func(c string) string { return "nohup " + c + " >/dev/null 2>&1 &" }},
	{"sh -c", func(c string) string { return "sh -c '" + strings.ReplaceAll(c, "'", `'\''`) + "'" }},
	{"a folder before", func(c string) string { return "cd /tmp && " + c }},
	{"blanks", func(c string) string { return strings.ReplaceAll(c, " ", "   ") }},
	{"a variable for the program", func(c string) string {
		program, rest, _ := strings.Cut(c, " ")
		return "x=" + program + "; $x " + rest
	}},
	{"Base64 into a shell", func(c string) string {
		return "echo " + base64.StdEncoding.EncodeToString([]byte(c)) + " | base64 -d | sh"
	}},
}

func eachProgram(command string, write func(string) string) string {
	return programs.ReplaceAllStringFunc(command, func(found string) string {
		program := programs.FindStringSubmatch(found)[1]
		return strings.TrimSuffix(found, program) + write(program)
	})
}

// otherShell matches commands that are not of a shell of POSIX.
var otherShell = regexp.MustCompile(`(?i)powershell|pwsh|\\\\|\.exe|\breg (add|save)|%[A-Z]+%|[A-Z]:\\|^(net|sc|netsh|wmic|certutil|bitsadmin|schtasks|vssadmin|wevtutil|bcdedit|wbadmin|rundll32|regsvr32|mshta|msiexec|cmdkey|vaultcmd|nltest|dsquery|attrib|copy|choco|start|query|systeminfo|tasklist)\b`)

// TestDisguisedHeldOut disguises the commands of the held-out half dev that are detected, and
// logs for each disguise how many still are.
func TestDisguisedHeldOut(t *testing.T) {
	var plain []behaviour
	for _, h := range loadHeldOut(t, "dev", "malicious", map[string]bool{}) {
		if len(h.Each) > 0 && !otherShell.MatchString(h.Events[0].Bash) {
			plain = append(plain, h.behaviour)
		}
	}
	var detected []behaviour
	for i, rules := range runBehaviours(t, "strict", plain, nil) {
		if len(rules) > 0 {
			detected = append(detected, plain[i])
		}
	}
	require.Greater(t, len(detected), 50)
	var cases []behaviour
	for _, d := range disguises {
		for _, b := range detected {
			b.Name, b.Events = d.name+": "+b.Name, []action{{Bash: d.write(b.Events[0].Bash)}}
			cases = append(cases, b)
		}
	}
	still := make([]int, len(disguises))
	total := 0
	for i, rules := range runBehaviours(t, "strict", cases, nil) {
		if len(rules) > 0 {
			still[i/len(detected)]++
			total++
			continue
		}
		t.Logf("%s: %s", cases[i].Name, cases[i].Events[0].Bash)
	}
	for i, d := range disguises {
		t.Logf("%-32s %3d of %3d", d.name, still[i], len(detected))
	}
	require.GreaterOrEqual(t, float64(total), leastDisguised*float64(len(cases)), "too few disguised commands are detected")
}
