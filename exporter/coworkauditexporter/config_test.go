package coworkauditexporter

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestValidate checks what is refused before the start.
func TestValidate(t *testing.T) {
	dir := t.TempDir()
	keyFile := func(name, text string, mode os.FileMode) string {
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		require.NoError(t, os.Chmod(path, mode))
		return path
	}
	for name, test := range map[string]struct {
		change func(*Config)
		want   string
	}{
		"directory":       {func(c *Config) { c.Directory = "" }, "directory: is empty (the path of a folder)"},
		"small segments":  {func(c *Config) { c.MaxSegmentBytes = 1 }, "max_segment_bytes: 1: must be at least 4096 (67108864 is the default)"},
		"short segments":  {func(c *Config) { c.MaxSegmentAge = time.Second }, "max_segment_age: 1s: must be at least 1m (1h is the default)"},
		"sync":            {func(c *Config) { c.Sync = "never" }, "sync: is unknown (each_batch or interval)"},
		"short retention": {func(c *Config) { c.Retention = time.Minute }, "retention: 1m0s: must be 0 or at least max_segment_age"},
		"missing key":     {func(c *Config) { c.KeyFile = filepath.Join(dir, "missing") }, "no such file or directory (coworkctl audit keygen writes one)"},
		"no key":          {func(c *Config) { c.KeyFile = keyFile("no", "x", 0o600) }, "key_file: is no Ed25519 key in PKCS #8, in PEM (coworkctl audit keygen writes one)"},
		"readable key":    {func(c *Config) { c.KeyFile = keyFile("readable", "x", 0o644) }, "key_file: has the mode 0644, so that other users can read or change it (0600 or 0640)"},
	} {
		t.Run(name, func(t *testing.T) {
			if name == "readable key" && runtime.GOOS == "windows" {
				t.Skip("files have no modes on Windows")
			}
			cfg := auditDefaults().(*Config)
			cfg.Directory = dir
			require.NoError(t, cfg.Validate())
			test.change(cfg)
			require.ErrorContains(t, cfg.Validate(), test.want)
		})
	}
}
