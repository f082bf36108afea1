package story

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/confmap"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "write the stages that follow from in, instead of comparing with them")

// TestStories runs every story. Each stage that a story has is compared; -update
// writes them all.
func TestStories(t *testing.T) {
	files, err := filepath.Glob("../../testdata/stories/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, files, "no stories found")
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			require.NoError(t, err)
			in, err := Parse(section(archive, "in"))
			require.NoError(t, err)
			retrieved, err := confmap.NewRetrievedFromYAML(section(archive, "config.yaml"))
			require.NoError(t, err)
			settings, err := retrieved.AsConf()
			require.NoError(t, err)

			check(t, archive, "redacted", Format(redacted(t, settings, in)))
			if *update {
				require.NoError(t, os.WriteFile(file, txtar.Format(archive), 0o600))
			}
		})
	}
}

// check compares a stage, or writes it.
func check(t *testing.T, archive *txtar.Archive, stage string, got []byte) {
	t.Helper()
	for i := range archive.Files {
		if archive.Files[i].Name == stage {
			if *update {
				archive.Files[i].Data = got
			}
			assert.Equal(t, string(archive.Files[i].Data), string(got), "go test ./distro/story -update writes it")
			return
		}
	}
	require.True(t, *update, "the story has no stage %s: go test ./distro/story -update writes it", stage)
	archive.Files = append(archive.Files, txtar.File{Name: stage, Data: got})
}

func section(archive *txtar.Archive, name string) []byte {
	for _, file := range archive.Files {
		if file.Name == name {
			return file.Data
		}
	}
	return nil
}

// TestFormat checks that what Format writes is what Parse reads.
func TestFormat(t *testing.T) {
	line := `{"@body":"claude_code.user_prompt","@event_name":"user_prompt","@resource":{"service.name":"cowork"},` +
		`"@scope":"com.anthropic.claude_code.events","@severity":"INFO","@time":"2026-11-21T02:43:52.585Z",` +
		`"@trace_id":"5a85abe57e98fc112eabe98b42902962","count":1,"flag":true,"list":["a",2],"map":{"k":"v"},"ratio":0.5}` + "\n"
	ld, err := Parse([]byte(line))
	require.NoError(t, err)
	require.Equal(t, line, string(Format(ld)))
}
