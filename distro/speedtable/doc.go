// Speedtable reads what go test prints of BenchmarkSpeed and writes it as a table:
// a row for each redactor, and how many times faster it is than contrib's.
//
//	go test -run '^$' -bench '^BenchmarkSpeed$' ./distro | go run ./distro/speedtable
package main
