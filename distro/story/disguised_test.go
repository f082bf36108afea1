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
const leastDisguised = 0.99

// mostHarmlessPaths is how many harmless commands have an alert with the path of their program.
const mostHarmlessPaths = 0

// A disguise writes a command in another form that does the same.
type disguise struct {
	name  string
	write func(command string) string
}

// pathDisguise is the index of the disguise by a path.
const pathDisguise = 2

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

// TestDisguisedHeldOut disguises commands of the held-out half dev that are detected, and logs
// for each disguise how many still are.
func TestDisguisedHeldOut(t *testing.T) {
	plain := posixCommands(t, "malicious")
	var detected []behaviour
	for i, rules := range runBehaviours(t, "strict", plain, nil) {
		if len(rules) > 0 {
			detected = append(detected, plain[i])
		}
	}
	require.Greater(t, len(detected), 50)
	var cases []behaviour
	var forms []int // by case
	for i, d := range disguises {
		for k, b := range disguised(detected, d) {
			if (i+k)%3 == 0 { // a third of them, which takes a third of the time
				cases, forms = append(cases, b), append(forms, i)
			}
		}
	}
	still, all, total := make([]int, len(disguises)), make([]int, len(disguises)), 0
	for i, rules := range runBehaviours(t, "strict", cases, nil) {
		all[forms[i]]++
		if len(rules) > 0 {
			still[forms[i]]++
			total++
			continue
		}
		t.Logf("%s: %s", cases[i].Name, cases[i].Events[0].Bash)
	}
	for i, d := range disguises {
		t.Logf("%-32s %3d of %3d", d.name, still[i], all[i])
	}
	require.GreaterOrEqual(t, float64(total), leastDisguised*float64(len(cases)), "too few disguised commands are detected")
}

// TestHarmlessPaths checks that harmless commands with the path of their program have hardly
// more alerts in the profile standard: developers write such paths too.
func TestHarmlessPaths(t *testing.T) {
	cases := disguised(posixCommands(t, "harmless"), disguises[pathDisguise])
	alerts := 0
	for i, rules := range runBehaviours(t, "standard", cases, nil) {
		if len(rules) > 0 {
			alerts++
			t.Logf("%s: %s: fires %v", cases[i].Name, cases[i].Events[0].Bash, rules)
		}
	}
	t.Logf("%d of %d harmless commands have an alert", alerts, len(cases))
	require.LessOrEqual(t, alerts, mostHarmlessPaths)
}

// posixCommands returns the cases of the half dev that are one command of a POSIX shell.
func posixCommands(t *testing.T, kind string) (cases []behaviour) {
	t.Helper()
	for _, h := range loadHeldOut(t, "dev", kind, map[string]bool{}) {
		if len(h.Each) > 0 && !otherShell.MatchString(h.Events[0].Bash) {
			cases = append(cases, h.behaviour)
		}
	}
	return cases
}

func disguised(plain []behaviour, d disguise) (cases []behaviour) {
	for _, b := range plain {
		b.Name, b.Events = d.name+": "+b.Name, []action{{Bash: d.write(b.Events[0].Bash)}}
		cases = append(cases, b)
	}
	return cases
}
