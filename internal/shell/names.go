package shell

// folders are those of programs that a system has.
var folders = []string{"/bin/", "/sbin/", "/usr/bin/", "/usr/sbin/", "/usr/local/bin/", "/usr/local/sbin/", "/opt/homebrew/bin/", "/snap/bin/"}

// reserved are the words after which a command begins.
var reserved = []string{"if", "then", "else", "elif", "while", "until", "do", "!", "{"}

// shells run commands that they get as a text.
var shells = []string{"sh", "bash", "zsh", "dash", "ksh", "ash", "fish", "su"}

// A prefix is a program that runs another one.
type prefix struct {
	name      string
	options   []string // those with an argument
	arguments int      // before the program
	slash     bool     // options start with a slash
}

var prefixes = []prefix{
	{name: "sudo", options: []string{"-u", "-g", "-h", "-p", "-C", "-D", "-R", "-T", "--user", "--group"}},
	{name: "doas", options: []string{"-u", "-C"}},
	{name: "env", options: []string{"-u", "-C", "--unset", "--chdir"}},
	{name: "command"},
	{name: "builtin"},
	{name: "exec", options: []string{"-a"}},
	{name: "nohup"},
	{name: "setsid"},
	{name: "time", options: []string{"-f", "-o"}},
	{name: "nice", options: []string{"-n"}},
	{name: "ionice", options: []string{"-c", "-n"}},
	{name: "stdbuf", options: []string{"-i", "-o", "-e"}},
	{name: "timeout", options: []string{"-k", "-s"}, arguments: 1},
	{name: "busybox"},
	{name: "xargs", options: []string{"-I", "-n", "-P", "-L", "-d", "-s", "-a", "-E"}},
	{name: "parallel", options: []string{"-j"}},
	{name: "watch", options: []string{"-n", "--interval"}},
	{name: "strace", options: []string{"-e", "-o", "-p", "-s"}},
	{name: "systemd-run", options: []string{"-p", "-u", "--unit"}},
	{name: "powershell", options: powershellOptions},
	{name: "pwsh", options: powershellOptions},
	{name: "cmd", slash: true},
	{name: "proxychains"},
	{name: "proxychains4"},
	{name: "torsocks"},
}

var powershellOptions = []string{"-ep", "-ExecutionPolicy", "-executionpolicy", "-w", "-WindowStyle", "-windowstyle", "-Version", "-enc", "-e", "-EncodedCommand"}

// interpreters run code whose calls of a shell are commands.
var interpreters = []string{"python", "python2", "python3", "perl", "ruby", "node", "php", "lua", "awk", "gawk", "mawk", "osascript", "gdb", "lldb", "vim", "vi", "nvim"}
