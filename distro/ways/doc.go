// Command ways counts the files and functions that one record passes through. For
// each way it runs the test TestWay twice, with and without the record, and compares
// what was covered: what only the record needs is its way.
//
//	go run ./distro/ways          # the counts
//	go run ./distro/ways -v       # and the files with their functions
package main
