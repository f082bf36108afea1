package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// allTargets are the systems of a release.
const allTargets = "linux/amd64,linux/arm64,darwin/amd64,darwin/arm64,windows/amd64,windows/arm64"

// The variants of a release's binaries.
const (
	standard = ""
	fips     = "fips"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:])
	stop()
	if err != nil {
		fmt.Fprintf(os.Stderr, "release: %v\n", err)
		os.Exit(1)
	}
}

// A release is the run of the command.
type release struct {
	out     string // folder
	version string
	epoch   int64    // of the commit, in seconds
	env     []string // of the commands that it runs
}

func run(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("release", flag.ContinueOnError)
	out := flags.String("out", "dist", "folder that the files are written to")
	list := flags.String("targets", allTargets, "systems, as os/arch, separated by commas")
	withFIPS := flags.Bool("fips", true, "write the variant for FIPS 140-3 of each linux archive too")
	if err := flags.Parse(args); err != nil {
		return err
	}
	targets, err := parseTargets(*list)
	if err != nil {
		return err
	}
	r, err := newRelease(ctx, *out)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(*out, 0o755); err != nil { //nolint:gosec // files of a release are public
		return err
	}
	for _, t := range targets {
		variants := []string{standard}
		if t.os == "linux" && *withFIPS {
			variants = append(variants, fips)
		}
		for _, variant := range variants {
			t.variant = variant
			if err := r.write(ctx, t); err != nil {
				return fmt.Errorf("%s: %w", t.name(), err)
			}
		}
	}
	return writeSums(*out)
}

// write writes the files of one target.
func (r *release) write(ctx context.Context, t target) error {
	fmt.Println("==", t.name())
	folder := filepath.Join(r.out, "build", t.name())
	if err := r.build(ctx, t, folder); err != nil {
		return err
	}
	if err := r.archive(t, folder); err != nil {
		return err
	}
	if t.os != "linux" {
		return nil
	}
	if err := r.components(ctx, t, folder); err != nil {
		return err
	}
	if t.variant == fips {
		return nil
	}
	return r.packages(ctx, t, folder)
}

// A target is a system and a variant that binaries are built for.
type target struct{ os, arch, variant string }

// name returns the target as a part of a file's name.
func (t target) name() string {
	return strings.TrimSuffix(t.os+"_"+t.arch+"_"+t.variant, "_")
}

// executable returns the name of a command's file.
func (t target) executable(command string) string {
	if t.os == "windows" {
		return command + ".exe"
	}
	return command
}

func parseTargets(list string) (targets []target, err error) {
	have := strings.Split(allTargets, ",")
	for name := range strings.SplitSeq(list, ",") {
		if !slices.Contains(have, name) {
			return nil, fmt.Errorf("targets: %q is not a target (have %s)", name, allTargets)
		}
		system, arch, _ := strings.Cut(name, "/")
		targets = append(targets, target{os: system, arch: arch})
	}
	if len(targets) == 0 {
		return nil, errors.New("targets: the list is empty")
	}
	return targets, nil
}
