package pii

import "strings"

// flagMax bounds the name of a flag.
const flagMax = 64

// Flag returns the name of a command's flag that an argument is, such as
// "password" for "--password", "" if it is none. The argument behind it is found
// under that key: in a list of arguments nothing else says what it is.
func Flag(argument string) string {
	name := strings.TrimLeft(argument, "-")
	dashes := len(argument) - len(name)
	if dashes < 1 || dashes > 2 || name == "" || len(name) > flagMax || runEnd(name, 0, len(name), keyChars) != len(name) {
		return ""
	}
	return name
}
