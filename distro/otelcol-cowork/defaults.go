package main

import "os"

// Without arguments the collector runs on its embedded configuration. main.go is
// the builder's, and decides on the arguments before anything else could.
func init() {
	if len(os.Args) == 1 {
		os.Args = append(os.Args, "--config=default:")
	}
}
