package main

import (
	"context"
	"debug/buildinfo"
	"debug/elf"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// fipsModule is the version of Go's cryptographic module that the variant for FIPS 140-3 uses.
const fipsModule = "v1.0.0"

var commands = []string{"otelcol-cowork", "coworkctl"}

// build builds the commands of a target, and checks them.
func (r *release) build(ctx context.Context, t target, folder string) error {
	env := []string{"GOOS=" + t.os, "GOARCH=" + t.arch}
	if t.variant == fips {
		env = append(env, "GOFIPS140="+fipsModule)
	}
	args := []string{"build", "-trimpath", "-ldflags", "-s -w -X main.version=" + r.version, "-o", folder + string(filepath.Separator)}
	for _, c := range commands {
		args = append(args, "./distro/"+c)
	}
	if err := r.execute(ctx, env, "go", args...); err != nil {
		return err
	}
	for _, c := range commands {
		file := filepath.Join(folder, t.executable(c))
		if err := checkSettings(file, t); err != nil {
			return err
		}
		if err := checkStatic(file, t); err != nil {
			return err
		}
		if err := checkVersion(ctx, file, t, r.version); err != nil {
			return err
		}
	}
	return nil
}

// checkSettings checks how a binary was built, by what the toolchain stored in it.
func checkSettings(file string, t target) error {
	info, err := buildinfo.ReadFile(file)
	if err != nil {
		return err
	}
	have := map[string]string{}
	for _, s := range info.Settings {
		have[s.Key] = s.Value
	}
	want := map[string]string{"CGO_ENABLED": "0", "-trimpath": "true", "GOOS": t.os, "GOARCH": t.arch}
	if t.variant == fips {
		want["GOFIPS140"] = fipsModule
	}
	for key, value := range want {
		// The toolchain writes the version of the module with the first bytes of its checksum.
		if got := have[key]; got != value && !(key == "GOFIPS140" && strings.HasPrefix(got, value+"-")) {
			return fmt.Errorf("%s: built with %s=%q (want %q)", file, key, got, value)
		}
	}
	return nil
}

// checkStatic checks that a binary for linux needs no library and no loader of the system.
// Binaries for other systems link to the libraries that are the interface of the system.
func checkStatic(file string, t target) error {
	if t.os != "linux" {
		return nil
	}
	f, err := elf.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	for _, p := range f.Progs {
		if p.Type == elf.PT_INTERP || p.Type == elf.PT_DYNAMIC {
			return fmt.Errorf("%s: is not static (build it with CGO_ENABLED=0)", file)
		}
	}
	return nil
}

// checkVersion checks the version that a binary prints, where it can run, and elsewhere that
// the version is in the binary.
func checkVersion(ctx context.Context, file string, t target, version string) error {
	if t.os == runtime.GOOS && t.arch == runtime.GOARCH {
		out, err := exec.CommandContext(ctx, file, "--version").Output()
		if err != nil {
			return fmt.Errorf("%s --version: %w", file, err)
		}
		want := strings.TrimSuffix(filepath.Base(file), ".exe") + " version " + version
		if got := strings.TrimSpace(string(out)); got != want {
			return fmt.Errorf("%s --version: prints %q (want %q)", file, got, want)
		}
		return nil
	}
	content, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if !strings.Contains(string(content), version) {
		return errors.New(file + ": the version of builder-config.yaml is not in it (run make generate)")
	}
	return nil
}
