package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// The builds whose modules are listed: make package builds for these systems.
var (
	systems  = []string{"linux", "darwin", "windows"}
	commands = []string{"./distro/otelcol-cowork", "./distro/coworkctl"}
)

// buildTags are those of the Makefile.
const buildTags = "remove_all_sd,enable_dns_sd,enable_kubernetes_sd"

// A module has the texts of its licences and notices by file name.
type module struct {
	path, version string
	texts         map[string]string
}

// linkedModules returns the modules of which a package is linked into a command, by path.
func linkedModules(root string) ([]module, error) {
	modules := map[string]module{}
	for _, system := range systems {
		if err := addModules(modules, root, system); err != nil {
			return nil, fmt.Errorf("%s: %w", system, err)
		}
	}
	var sorted []module
	for _, path := range slices.Sorted(maps.Keys(modules)) {
		sorted = append(sorted, modules[path])
	}
	return sorted, nil
}

func addModules(modules map[string]module, root, system string) error {
	cmd := exec.Command("go", append([]string{"list", "-deps", "-tags", buildTags, "-json=Dir,Module"}, commands...)...)
	cmd.Dir, cmd.Env = root, append(os.Environ(), "GOOS="+system, "GOARCH=amd64", "CGO_ENABLED=0", "GOFLAGS=-mod=readonly")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("%w: %s", err, stderr.String())
	}
	list := json.NewDecoder(bytes.NewReader(out))
	for {
		var p struct {
			Dir    string
			Module *struct {
				Path, Version, Dir string
				Main               bool
			}
		}
		if err := list.Decode(&p); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		if p.Module == nil || p.Module.Main {
			continue // the standard library, or this module
		}
		m, ok := modules[p.Module.Path]
		if !ok {
			m = module{p.Module.Path, p.Module.Version, map[string]string{}}
			modules[p.Module.Path] = m
		}
		if err := addTexts(m.texts, p.Module.Dir, p.Dir); err != nil {
			return err
		}
	}
}

var (
	licenceName = regexp.MustCompile(`(?i)^(licen[sc]e|copying|unlicense)([.-].*)?$`)
	noticeName  = regexp.MustCompile(`(?i)^notice(\..*)?$`)

	// Of documentation and pictures, which are not linked.
	unlinkedNames = []string{"LICENSE.docs", "LICENSE-LOGO"}
)

// addTexts reads the files of a package's folder and of those above it in its module.
func addTexts(texts map[string]string, root, folder string) error {
	for {
		entries, err := os.ReadDir(folder)
		if err != nil {
			return err
		}
		for _, e := range entries {
			if e.IsDir() || slices.Contains(unlinkedNames, e.Name()) || strings.HasSuffix(e.Name(), ".go") || !licenceName.MatchString(e.Name()) && !noticeName.MatchString(e.Name()) {
				continue
			}
			name, err := filepath.Rel(root, filepath.Join(folder, e.Name()))
			if err != nil {
				return err
			}
			data, err := os.ReadFile(filepath.Join(folder, e.Name()))
			if err != nil {
				return err
			}
			texts[filepath.ToSlash(name)] = string(data)
		}
		if folder == root {
			return nil
		}
		folder = filepath.Dir(folder)
	}
}
