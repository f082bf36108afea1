package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/distro/proof/result"
)

const root = "../.."

// commands is the folder that the built commands are in.
var commands string

// TestMain builds the collector and this program once, without the race detector: the
// search for canaries would take minutes with it.
func TestMain(m *testing.M) {
	os.Exit(func() int {
		var err error
		if commands, err = os.MkdirTemp("", "proof"); err == nil {
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
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", commands+string(filepath.Separator), "./distro/otelcol-cowork", "./distro/proof")
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%v: %w\n%s", cmd.Args, err, out)
	}
	return nil
}

// TestShort runs the short form of every program. It fails on every problem that is not
// pending.
func TestShort(t *testing.T) {
	for _, p := range programs {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			cmd := exec.Command(filepath.Join(commands, "proof"), "-binary", filepath.Join(commands, "otelcol-cowork"), "-root", root, "-dir", t.TempDir(), "-short", "-phase", "1s", p.name)
			out, err := cmd.CombinedOutput()
			t.Logf("\n%s", out)
			assert.NoError(t, err)
		})
	}
}

// TestRun checks that a page gets the section of each program that is named, and that
// problems are an error.
func TestRun(t *testing.T) {
	page := filepath.Join(t.TempDir(), "proof.md")
	s := &settings{page: page}
	section := func(problems ...string) program {
		return program{"load", func(*settings) (*result.Section, error) {
			return &result.Section{Name: "load", Title: "Load", Columns: []string{"stage"}, Problems: problems}, nil
		}}
	}
	require.NoError(t, runAll(s, []program{section()}))
	require.ErrorContains(t, runAll(s, []program{section("one", "two")}), "2 problems")
	text, err := os.ReadFile(page)
	require.NoError(t, err)
	require.Contains(t, string(text), "- one\n- two\n")

	_, err = choose([]string{"nothing"})
	require.ErrorContains(t, err, `program: "nothing" is not known`)
	chosen, err := choose([]string{"load"})
	require.NoError(t, err)
	require.Len(t, chosen, 1)
}
