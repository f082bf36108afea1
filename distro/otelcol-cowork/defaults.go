package main

import "os"

// Without arguments the collector runs on its embedded configuration. The builder
// writes main.go, which decides on the arguments before any other code could.
func init() {
	if len(os.Args) == 1 {
		os.Args = append(os.Args, "--config=default:")
	}
}
