package story

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "write the stages of stories instead of comparing with them")

// TestStories runs every story in a synctest bubble, where time passes at once.
func TestStories(t *testing.T) {
	files, err := filepath.Glob("../../testdata/stories/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, files, "no stories found")
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			require.NoError(t, err)
			settings := settingsOf(t, bytes.ReplaceAll(section(archive, "config.yaml"), []byte("$FOLDER"), []byte(t.TempDir())))
			synctest.Test(t, func(t *testing.T) { checkStages(t, archive, runStory(t, settings, archive)) })
			if *update {
				require.NoError(t, os.WriteFile(file, txtar.Format(archive), 0o600))
			}
		})
	}
}

// checkStages compares the stages that a story has, or writes them.
func checkStages(t *testing.T, archive *txtar.Archive, got map[string][]byte) {
	t.Helper()
	checked := 0
	for i, file := range archive.Files {
		stage, ok := got[file.Name]
		if !ok {
			require.True(t, file.Name == "config.yaml" || file.Name == silentSection || file.Name == tokensSection || isPeople(file.Name) || isStep(file.Name), "no such stage: %s", file.Name)
			continue
		}
		checked++
		if *update {
			archive.Files[i].Data = stage
			continue
		}
		assert.Equal(t, string(file.Data), string(stage), "%s: go test ./distro/story -update writes it", file.Name)
	}
	require.NotZero(t, checked, "the story compares no stage: add an empty one and run go test ./distro/story -update")
}

func section(archive *txtar.Archive, name string) []byte {
	for _, file := range archive.Files {
		if file.Name == name {
			return file.Data
		}
	}
	return nil
}

// TestFormat checks that Format is the inverse of Parse, for events and for spans.
func TestFormat(t *testing.T) {
	line := `{"@body":"claude_code.user_prompt","@event_name":"user_prompt","@resource":{"service.name":"cowork"},` +
		`"@scope":"com.anthropic.claude_code.events","@severity":"INFO","@span_id":"33a79768fd0c2b3c","@time":"2026-11-21T02:43:52.585Z",` +
		`"@trace_id":"5a85abe57e98fc112eabe98b42902962","count":1,"flag":true,"list":["a",2],"map":{"k":"v"},"ratio":0.5}` + "\n"
	ld, err := Parse([]byte(line))
	require.NoError(t, err)
	require.Equal(t, line, string(Format(ld)))

	line = `{"@events":[{"@event":"tool.output","output":"x"}],"@resource":{"service.name":"cowork"},"@scope":"other",` +
		`"@span":"claude_code.tool","@status":"failed","@time":"2026-11-21T02:43:52.585Z","@trace_id":"5a85abe57e98fc112eabe98b42902962","count":1}` + "\n"
	td, err := ParseSpans([]byte(line))
	require.NoError(t, err)
	require.Equal(t, line, string(FormatSpans(td)))
}
