// Package shell returns the normal form of shell commands, in which a pattern finds a program
// and its arguments however they are quoted.
//
// # What the normal form has
//
//   - Words without quotes and backslashes that change nothing: c”url, c\url, "curl".
//   - Lines that were continued, on one line.
//   - Programs without their folder, and without what runs them: /usr/bin/curl, sudo curl,
//     env A=b curl and command curl are curl.
//   - Variables that the command itself has set to a plain value, $IFS as a blank, the output
//     of an echo, codes of characters ($'\x63url') and lists ({curl,-s,x}) in their place.
//   - The commands that a shell gets as a text, on lines of their own: those of sh -c, of
//     eval, and of an echo into a shell.
//
// A text in quotes keeps them, unless each of its characters is plain: a commit message that
// names a command is no command.
//
// # Limits
//
// Nothing is executed or read. Only what one command contains is resolved: values of the
// environment, of files and of other commands are not. The package has the syntax of POSIX
// shells and bash; a text in another syntax is returned more or less as it is.
package shell
