// Speedtable reads the output of go test for BenchmarkSpeed and prints a table: a row for
// each redactor, with its speed relative to contrib's.
//
//	go test -run '^$' -bench '^BenchmarkSpeed$' ./distro | go run ./distro/speedtable
package main
