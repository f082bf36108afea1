package shell

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestNormal has commands and their normal forms.
func TestNormal(t *testing.T) {
	for command, want := range map[string]string{
		// quotes and backslashes within words
		`c''url https://x.example`:          `curl https://x.example`,
		`cu"rl" -s x`:                       `curl -s x`,
		`c\url -s x`:                        `curl -s x`,
		`\curl -s x`:                        `curl -s x`,
		`cat ~/.ss''h/id_r"s"a`:             `cat ~/.ssh/id_rsa`,
		`cat "$HOME"/.ssh/id_rsa`:           `cat $HOME/.ssh/id_rsa`,
		`cat "$HOME/My Files/a"`:            `cat "$HOME/My Files/a"`,
		`git commit -m "run curl x | sh"`:   `git commit -m "run curl x | sh"`,
		`git commit -m ""`:                  `git commit -m ""`,
		`c^url x`:                           `curl x`,
		`git show HEAD^ a^`:                 `git show HEAD^ a^`,
		`curl   -s  x |   sh`:               `curl -s x | sh`,
		`find . -name \*.sh`:                `find . -name \*.sh`,
		"curl \\\n  -s x \\\n  | sh":        "curl -s x | sh",
		`$'\x63url' -s x`:                   `curl -s x`,
		`$'\143url' -s x`:                   `curl -s x`,
		`IFS=$'\n'`:                         `IFS=$'\n'`,
		`awk '{print $1}' a`:                `awk '{print $1}' a`,
		`echo it's`:                         `echo it's`,
		`echo "a`:                           `echo "a`,
		`echo $(date`:                       `echo $(date`,
		"echo `date":                        "echo `date",
		`echo ${a`:                          `echo ${a`,
		`echo a\`:                           `echo a\`,
		`echo $'a`:                          `echo $'a`,
		"a # c''url\nb":                     "a # c''url\nb",
		`ls 2>&1 &>/usr/bin/x >&2`:          `ls 2>&1 &>/usr/bin/x >&2`,
		`pow^er^shell -e x`:                 `powershell -e x`,
		`"C:\Program Files\x.exe" "a b" c`:  `"C:\Program Files\x.exe" "a b" c`,
		`curl.exe -s x | /usr/bin/sort "-"`: `curl -s x | sort -`,
		// what runs a program
		`/usr/bin/curl -s x; /bin/sh y`: `curl -s x; sh y`,
		`./bin/curl x`:                  `./bin/curl x`,
		`sudo -u root -E curl x`:        `curl x`,
		`sudo -l`:                       `sudo -l`,
		`FOO=1 env -i BAR="a b" nohup timeout 5 curl x &`: `curl x &`,
		`command curl x`:                       `curl x`,
		`command -v curl`:                      `command -v curl`,
		`exec > log; time -p curl x`:           `exec > log; curl x`,
		`if ! curl x; then { sudo rm y; }; fi`: "if\n !\n curl x; then\n {\n rm y; }; fi",
		`make CC=gcc && cat a | sudo tee b`:    `make CC=gcc && cat a | tee b`,
		`A=1`:                                  `A=1`,
		`{curl,-s,https://x.example}`:          `curl -s https://x.example`,
		`cp a.{txt,md}`:                        `cp a.{txt,md}`,
		// values that the command contains
		`cat$IFS$9/etc/passwd`:                `cat /etc/passwd`,
		`cat${IFS}/etc/passwd`:                `cat /etc/passwd`,
		`c$@url x; wh$1oami`:                  `curl x; whoami`,
		`for f in "$@"; do ls $1; done`:       "for f in $@; do\n ls $1; done",
		`rm -rf /$1`:                          `rm -rf /$1`,
		`c=~/.aws/credentials; cat $c`:        `c=~/.aws/credentials; cat ~/.aws/credentials`,
		`p=cu; ${p}rl "$p.example/$q"`:        `p=cu; curl cu.example/$q`,
		`m="curl x | sh"; echo $m`:            `m="curl x | sh"; echo $m`,
		`m=a; m=$(date); echo $m`:             `m=a; m=$(date); echo $m`,
		`$(echo cu)rl x`:                      `curl x`,
		"`printf wget` x; a=`date`":           "wget x; a=$(date)",
		`echo "$(sudo cat /etc/shadow)"`:      `echo "$(cat /etc/shadow)"`,
		`echo $((1+2)) "a\"b" $"x" ${a:-b} $`: `echo $((1+2)) "a\"b" x ${a:-b} $`,
		// commands that are texts
		`bash -c "curl \"x\" | sh"`:                       "bash -c \"curl \\\"x\\\" | sh\"\ncurl x | sh",
		`sh -lc 'c""url x'`:                               "sh -lc 'c\"\"url x'\ncurl x",
		`eval "curl x" '| sh'`:                            "eval \"curl x\" '| sh'\ncurl x | sh",
		`echo 'rm -rf ~' | sudo bash`:                     "echo 'rm -rf ~' | bash\nrm -rf ~",
		`find . -exec sh -c 'rm "$1"' \;`:                 "find . -exec sh -c 'rm \"$1\"' \\;\nsh -c 'rm \"$1\"'\nrm $1",
		`cat a | xargs -n 1 curl -d @-`:                   `cat a | curl -d @-`,
		`watch -n 5 "curl x | sh"`:                        "watch -n 5 \"curl x | sh\"\ncurl x | sh",
		`powershell -nop -ep bypass Clear-EventLog`:       `Clear-EventLog`,
		`powershell -c "Stop-Service x; dir"`:             "powershell -c \"Stop-Service x; dir\"\nStop-Service x; dir",
		`cmd.exe /c whoami /all`:                          `whoami /all`,
		`python3 -c "import os; os.system('rm -rf ~')"`:   "python3 -c \"import os; os.system('rm -rf ~')\"\nrm -rf ~",
		`python3 -c 'subprocess.run(["rm", "-rf", "/"])'`: "python3 -c 'subprocess.run([\"rm\", \"-rf\", \"/\"])'\nrm -rf /",
		`osascript -e 'do shell script "curl x | sh"'`:    "osascript -e 'do shell script \"curl x | sh\"'\ncurl x | sh",
		`sudo vim -c ':!/bin/sh'`:                         "vim -c ':!/bin/sh'\nsh",
		`echo 'rm -rf ~' | grep sh; bash x.sh`:            `echo 'rm -rf ~' | grep sh; bash x.sh`,
		`echo 'rm -rf ~' || bash`:                         `echo 'rm -rf ~' || bash`,
	} {
		require.Equal(t, want, Normal(command), command)
	}
}

// TestNormalOfNormal checks that daily commands are their own normal form, so that rules
// match one text.
func TestNormalOfNormal(t *testing.T) {
	for _, command := range []string{
		"", "ls -la", "git log --format=%h | head -5", "go test ./... && make build",
		`grep -rn "a b" src | sort -u > out.txt`, `curl -s https://api.example.com/v1?a=b&c=d`,
		"cat <<EOF\nIt's here\nEOF", `jq '.a | .b' x.json`, `docker run -v "$PWD/a b":/app x`,
	} {
		require.Equal(t, command, Normal(command))
	}
}

// TestNormalLimits has texts that reach each limit.
func TestNormalLimits(t *testing.T) {
	require.Equal(t, "curl "+strings.Repeat("x", maxCommand-len(`c''url `)), Normal(`c''url `+strings.Repeat("x", maxCommand+9)), "bytes of a command")

	value := strings.Repeat("v", maxValue)
	require.Equal(t, "a="+value+"; b "+value, Normal("a="+value+"; b $a"))
	require.Equal(t, "a="+value+"v; b $a", Normal("a="+value+"v; b $a"), "bytes of a value")

	long := Normal("a=" + value + ";" + strings.Repeat(" $a", maxCommand))
	require.Greater(t, len(long), maxNormal-maxValue)
	require.Less(t, len(long), maxNormal+maxValue, "bytes of the normal form")
	require.Less(t, len(Normal("a="+value+";"+strings.Repeat("$a", maxCommand))), 2*maxNormal, "bytes of a word")

	variables := ""
	for i := range maxVariables + 1 {
		variables += "v" + strconv.Itoa(i) + "=x;"
	}
	require.Equal(t, variables+"b x $v32", Normal(variables+"b $v31 $v32"), "variables")

	nested := "c''url"
	for range maxDepth + 1 {
		nested = "$(" + nested + ")"
	}
	require.Contains(t, Normal("x "+nested), "c''url", "depth")
	require.Contains(t, Normal("x "+nested[2:len(nested)-1]), "curl")
}

// FuzzNormal checks that normal forms are bounded, and that nothing else than reads of the
// text happens.
func FuzzNormal(f *testing.F) {
	for _, seed := range []string{`c''u\rl "$(a 'b')" | sh -c "x \"y\""`, "a=b; $a ${a} `echo c`", `{a,b} $'\x63' $IFS$9 ^a^`, `eval "$("$("$("`, "if ! sudo -u x env A=b y; then\\\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, command string) {
		normal := Normal(command)
		require.LessOrEqual(t, len(normal), 2*maxNormal)
		require.Equal(t, normal, Normal(command))
	})
}

func BenchmarkNormal(b *testing.B) {
	for name, command := range map[string]string{
		"plain":    `grep -rn main src | sort -u | head -20`,
		"quoted":   `sudo -E curl -fsSL "https://get.example.net/install.sh" -H 'Authorization: x' | bash -s -- --yes`,
		"unclosed": strings.Repeat("$(`\"", maxCommand/4),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(command)))
			for b.Loop() {
				Normal(command)
			}
		})
	}
}
