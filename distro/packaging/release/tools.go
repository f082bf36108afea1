package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// tools is the file of the tools that no binary is linked with.
const tools = "-modfile=distro/packaging/tools/go.mod"

// packages writes the deb and the rpm of a target.
func (r *release) packages(ctx context.Context, t target, folder string) error {
	env := []string{"VERSION=" + r.version, "ARCH=" + t.arch, "BUILD=" + folder}
	for _, format := range []string{"deb", "rpm"} {
		err := r.execute(ctx, env, "go", "tool", tools, "nfpm", "package", "--config", "distro/packaging/nfpm/nfpm.yaml", "--packager", format, "--target", r.out+string(os.PathSeparator))
		if err != nil {
			return err
		}
	}
	return nil
}

// components writes the list of components (CycloneDX) of each binary of a target, without
// what differs from run to run.
func (r *release) components(ctx context.Context, t target, folder string) error {
	for _, c := range commands {
		name := filepath.Join(r.out, fmt.Sprintf("%s_%s_%s.cdx.json", c, r.version, t.name()))
		err := r.execute(ctx, nil, "go", "tool", tools, "cyclonedx-gomod", "bin", "-json", "-noserial", "-notimestamp", "-std",
			"-version", "v"+r.version, "-output", name, filepath.Join(folder, c))
		if err != nil {
			return err
		}
		if _, err := os.Stat(name); err != nil {
			return err
		}
	}
	return nil
}

// execute runs a command, with its output on that of the release.
func (r *release) execute(ctx context.Context, env []string, name string, args ...string) error {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = slices.Concat(r.env, env)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s %s: %w", name, strings.Join(args, " "), err)
	}
	return nil
}
