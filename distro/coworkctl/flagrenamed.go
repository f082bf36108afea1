package main

// A renamedFlag is a flag of an earlier version, with the arguments that replace it.
type renamedFlag struct{ command, flag, now string }

// renamedFlags are the flags that scripts of an earlier version can have. The change log
// lists them too.
var renamedFlags = []renamedFlag{
	{"alerts", "json", "--format json"},
	{"drain", "metrics-url", "--endpoint"},
	{"health", "health", "--endpoint"},
	{"reconcile", "fail-under", "--fail-below"},
	{"report", "output", "--out"},
	{"report", "page", "--endpoint"},
}

// renamed returns the arguments that replace a flag of a command, or "".
func renamed(command, flag string) string {
	for _, r := range renamedFlags {
		if r.command == command && r.flag == flag {
			return r.now
		}
	}
	return ""
}
