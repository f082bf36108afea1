// Package hosts finds the hosts that URLs and commands name, and matches them against a
// list of domains.
//
// Texts come from agents that a web page can influence, so the package reads a host as
// clients do: escapes are undone, addresses in C's notations and in other scripts are
// brought into one form.
package hosts
