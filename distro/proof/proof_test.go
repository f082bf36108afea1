package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const root = "../.."

// binary is the built collector.
var binary string

// TestMain builds the collector once, as make build does.
func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "proof")
		if err == nil {
			defer os.RemoveAll(dir)
			binary = filepath.Join(dir, "otelcol-cowork")
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
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", binary, "./distro/otelcol-cowork")
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%v: %w\n%s", cmd.Args, err, out)
	}
	return nil
}

// TestShort runs the short form of every program.
func TestShort(t *testing.T) {
	for _, p := range programs {
		t.Run(p.name, func(t *testing.T) {
			section, err := p.run(&settings{binary: binary, dir: t.TempDir(), root: repository(t), short: true, phase: time.Second})
			require.NoError(t, err)
			require.NotEmpty(t, section.Rows)
			t.Log("\n" + section.Markdown("go test ./distro/proof -v"))
			for _, problem := range section.Problems {
				t.Error(problem)
			}
		})
	}
}

// repository returns the root of the repository.
func repository(t *testing.T) string {
	t.Helper()
	path, err := filepath.Abs(root)
	require.NoError(t, err)
	return path
}
