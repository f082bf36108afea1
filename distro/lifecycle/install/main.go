// Program install gives a distribution that the collector builder has generated the command
// of this module: stop and reload in bounded time, a check of the configuration before each
// start, and the embedded default configuration where there are no arguments.
//
//	go run github.com/cowork-otel/collector/distro/lifecycle/install FOLDER
//
// The builder has no setting for the command. A second run changes nothing.
package main

import (
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// A replacement is a part of a generated source and what takes its place.
type replacement struct{ file, old, new string }

const imported = "\t\"go.opentelemetry.io/collector/otelcol\"\n"

// The builder's formatting of version 0.158 is expected.
var replacements = []replacement{
	{"main.go", imported, imported + "\t\"github.com/cowork-otel/collector/distro/lifecycle\"\n"},
	{"main.go", "otelcol.NewCommand(params)", "lifecycle.NewCommand(params)"},
	{"main_windows.go", imported, imported + "\t\"github.com/cowork-otel/collector/distro/lifecycle\"\n"},
	{"main_windows.go", "otelcol.NewSvcHandler(params)", "lifecycle.NewServiceHandler(params)"},
}

// defaults is the source that selects the embedded configuration.
//
//go:embed defaults.txt
var defaults []byte

func main() {
	if len(os.Args) != 2 || strings.HasPrefix(os.Args[1], "-") {
		fmt.Fprintln(os.Stderr, "usage: install FOLDER (the output_path of the builder's manifest)")
		os.Exit(2)
	}
	if err := install(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "install: "+err.Error())
		os.Exit(1)
	}
}

// install changes the sources of a folder. Of sources with an unexpected form it changes none.
func install(folder string) error {
	sources := map[string]string{}
	for _, r := range replacements {
		source, ok := sources[r.file]
		if !ok {
			data, err := os.ReadFile(filepath.Join(folder, r.file))
			if err != nil {
				return fmt.Errorf("%w (generate the sources first: builder --skip-compilation)", err)
			}
			source = string(data)
		}
		switch {
		case strings.Contains(source, r.new): // a second run
		case strings.Count(source, r.old) == 1:
			source = strings.Replace(source, r.old, r.new, 1)
		default:
			return fmt.Errorf("%s: does not contain %q once (use the builder v0.158.0)", r.file, strings.TrimSpace(r.old))
		}
		sources[r.file] = source
	}
	sources["defaults.go"] = string(defaults)
	for name, source := range sources {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(source), 0o644); err != nil { //nolint:gosec // a source
			return err
		}
	}
	return nil
}
