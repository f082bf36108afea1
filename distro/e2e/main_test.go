package e2e

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files instead of comparing with them")

// commands is the folder that the built commands are in.
var commands string

const root = "../.."

// TestMain builds the commands once, as make build does.
func TestMain(m *testing.M) {
	os.Exit(func() int {
		var err error
		if commands, err = os.MkdirTemp("", "otelcol-cowork"); err == nil {
			defer os.RemoveAll(commands)
			err = build()
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		return m.Run()
	}())
}

func build() error {
	cmd := exec.Command("go", "build", "-trimpath", "-o", commands+string(filepath.Separator),
		"./distro/otelcol-cowork", "./distro/coworkctl")
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%v: %w\n%s", cmd.Args, err, out)
	}
	return nil
}

// command returns the path of a built command.
func command(name string) string { return filepath.Join(commands, name) }
