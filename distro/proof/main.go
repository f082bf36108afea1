// Command proof runs the built collector under load and faults, and compares all that
// leaves it with what was sent.
//
//	go run ./distro/proof [flags] [losses]
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/cowork-otel/collector/distro/proof/conformance"
	"github.com/cowork-otel/collector/distro/proof/leaks"
	"github.com/cowork-otel/collector/distro/proof/load"
	"github.com/cowork-otel/collector/distro/proof/losses"
	"github.com/cowork-otel/collector/distro/proof/result"
)

// settings are the flags.
type settings struct {
	binary, dir, page string
	root              string // of the repository
	short             bool
	only              []string
	phase             time.Duration
}

// A program measures, and returns its section of the page.
type program struct {
	name string
	run  func(*settings) (*result.Section, error)
}

var programs = []program{
	{"losses", func(s *settings) (*result.Section, error) {
		return losses.Run(losses.Options{Binary: s.binary, Root: s.root, Dir: filepath.Join(s.dir, "losses"), Phase: s.phase, Only: s.only, Short: s.short})
	}},
	{"leaks", func(s *settings) (*result.Section, error) {
		return leaks.Run(leaks.Options{Binary: s.binary, Dir: filepath.Join(s.dir, "leaks"), Root: s.root, Only: s.only, Short: s.short})
	}},
	{"load", func(s *settings) (*result.Section, error) {
		return load.Run(load.Options{Binary: s.binary, Dir: filepath.Join(s.dir, "load"), Root: s.root, Short: s.short})
	}},
	{"conformance", func(s *settings) (*result.Section, error) {
		return conformance.Run(s.binary, filepath.Join(s.dir, "conformance"))
	}},
}

func main() {
	s := &settings{}
	only := ""
	flag.StringVar(&s.binary, "binary", "bin/otelcol-cowork", "the built collector")
	flag.StringVar(&s.dir, "dir", "", "folder for data and logs (default: a temporary one)")
	flag.StringVar(&s.root, "root", ".", "root of the repository")
	flag.StringVar(&s.page, "write", "", "page whose sections are replaced, such as docs/proof.md")
	flag.BoolVar(&s.short, "short", false, "run the short form")
	flag.StringVar(&only, "only", "", "comma-separated scenarios, stages or configurations")
	flag.DurationVar(&s.phase, "phase", 0, "length of a phase (default: 10s, short form 2s)")
	flag.Parse()
	if only != "" {
		s.only = strings.Split(only, ",")
	}
	if s.phase == 0 {
		s.phase = 10 * time.Second
		if s.short {
			s.phase = 2 * time.Second
		}
	}
	if err := run(s, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "proof:", err)
		os.Exit(1)
	}
}

func run(s *settings, names []string) error {
	var err error
	if s.binary, err = filepath.Abs(s.binary); err != nil {
		return err
	}
	if s.root, err = filepath.Abs(s.root); err != nil {
		return err
	}
	if s.dir == "" {
		if s.dir, err = os.MkdirTemp("", "proof"); err != nil {
			return err
		}
		defer os.RemoveAll(s.dir)
	}
	if s.dir, err = filepath.Abs(s.dir); err != nil {
		return err
	}
	chosen, err := choose(names)
	if err != nil {
		return err
	}
	return runAll(s, chosen)
}

// runAll runs programs one after the other. Problems are an error.
func runAll(s *settings, chosen []program) error {
	problems := 0
	for _, p := range chosen {
		section, err := p.run(s)
		if err != nil {
			return err
		}
		problems += len(section.Problems)
		if err := publish(s, section); err != nil {
			return err
		}
	}
	if problems > 0 {
		return fmt.Errorf("%d problems", problems)
	}
	return nil
}

func choose(names []string) (chosen []program, err error) {
	if len(names) == 0 {
		return programs, nil
	}
	known := map[string]program{}
	for _, p := range programs {
		known[p.name] = p
	}
	for _, name := range names {
		p, found := known[name]
		if !found {
			return nil, fmt.Errorf("program: %q is not known", name)
		}
		chosen = append(chosen, p)
	}
	return chosen, nil
}

// publish prints a section, and writes it into the page.
func publish(s *settings, section *result.Section) error {
	command := "go run ./distro/proof "
	flag.Visit(func(f *flag.Flag) {
		if slices.Contains([]string{"short", "phase", "only"}, f.Name) {
			command += "-" + f.Name + "=" + f.Value.String() + " "
		}
	})
	command += section.Name
	text := section.Markdown(command)
	fmt.Println(text)
	if s.page == "" {
		return nil
	}
	page, err := os.ReadFile(s.page)
	if err != nil && !os.IsNotExist(err) {
		return err
	}
	return os.WriteFile(s.page, []byte(result.Replace(string(page), section.Name, text)), 0o600)
}
