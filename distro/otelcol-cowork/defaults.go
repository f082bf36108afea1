package main

import "os"

// init adds the embedded configuration when there are no arguments. The builder generates
// main.go, which parses the arguments before any other code runs.
func init() {
	if len(os.Args) == 1 {
		os.Args = append(os.Args, "--config=default:")
	}
}
