package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
	"golang.org/x/mod/modfile"
)

// newRelease reads the version, the time and the toolchain of the sources.
func newRelease(ctx context.Context, out string) (*release, error) {
	manifest, err := os.ReadFile("builder-config.yaml")
	if err != nil {
		return nil, fmt.Errorf("%w (run it in the root of the repository)", err)
	}
	version, err := manifestVersion(manifest)
	if err != nil {
		return nil, err
	}
	epoch, err := sourceEpoch(ctx, os.Getenv("SOURCE_DATE_EPOCH"))
	if err != nil {
		return nil, err
	}
	toolchain := os.Getenv("RELEASE_TOOLCHAIN")
	if toolchain == "" {
		mod, err := os.ReadFile("go.mod")
		if err != nil {
			return nil, err
		}
		if toolchain, err = modToolchain(mod); err != nil {
			return nil, err
		}
	}
	env := append(os.Environ(), "CGO_ENABLED=0", "GOTOOLCHAIN="+toolchain, "SOURCE_DATE_EPOCH="+strconv.FormatInt(epoch, 10), "GOWORK=off")
	return &release{out: out, version: version, epoch: epoch, env: env}, nil
}

// manifestVersion returns the version in a manifest of the builder.
func manifestVersion(manifest []byte) (string, error) {
	var m struct{ Dist struct{ Version string } }
	if err := yaml.Unmarshal(manifest, &m); err != nil {
		return "", fmt.Errorf("builder-config.yaml: %w", err)
	}
	if m.Dist.Version == "" {
		return "", errors.New("builder-config.yaml: dist::version is missing")
	}
	return m.Dist.Version, nil
}

// modToolchain returns the toolchain that a go.mod names.
func modToolchain(mod []byte) (string, error) {
	file, err := modfile.Parse("go.mod", mod, nil)
	if err != nil {
		return "", err
	}
	if file.Toolchain == nil {
		return "", errors.New("go.mod: there is no toolchain line (a release needs one, so that its bytes are the same everywhere)")
	}
	return file.Toolchain.Name, nil
}

// sourceEpoch returns the given time, by default that of the commit.
func sourceEpoch(ctx context.Context, given string) (int64, error) {
	if given == "" {
		out, err := exec.CommandContext(ctx, "git", "log", "-1", "--format=%ct").Output()
		if err != nil {
			return 0, fmt.Errorf("git log: %w (outside a clone, set SOURCE_DATE_EPOCH)", err)
		}
		given = strings.TrimSpace(string(out))
	}
	epoch, err := strconv.ParseInt(given, 10, 64)
	if err != nil || epoch <= 0 {
		return 0, errors.New("SOURCE_DATE_EPOCH: is no time (want seconds since 1970)")
	}
	return epoch, nil
}
