package coworkauditexporter

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"os"
	"runtime"
	"time"

	"go.opentelemetry.io/collector/config/configoptional"
	"go.opentelemetry.io/collector/config/configretry"
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/exporter/exporterhelper"

	"github.com/cowork-otel/collector/internal/audit"
)

// Config configures the folder, its segments and their key.
type Config struct {
	// Directory is the folder of the segments. It has one writer.
	Directory string `mapstructure:"directory"`

	// KeyFile has the Ed25519 key that signs manifests, in PKCS #8. Without it, manifests are
	// not signed.
	KeyFile string `mapstructure:"key_file"`

	// MaxSegmentBytes closes a segment of this size.
	MaxSegmentBytes int64 `mapstructure:"max_segment_bytes"`

	// MaxSegmentAge closes a segment of this age.
	MaxSegmentAge time.Duration `mapstructure:"max_segment_age"`

	// Sync is when records are stored durably: each_batch or interval (each second).
	Sync string `mapstructure:"sync"`

	// Retention is the age at which closed segments are deleted; 0 keeps them.
	Retention time.Duration `mapstructure:"retention"`

	// Queue holds records while the folder cannot be written.
	Queue configoptional.Optional[exporterhelper.QueueBatchConfig] `mapstructure:"sending_queue"`

	// Retry configures how a failed batch is retried.
	Retry configretry.BackOffConfig `mapstructure:"retry_on_failure"`
}

var _ confmap.Validator = (*Config)(nil)

const (
	syncEachBatch = "each_batch"
	syncInterval  = "interval"
)

// Validate checks the limits of all values.
func (c *Config) Validate() error {
	var errs []error
	if c.Directory == "" {
		errs = append(errs, errors.New("directory: is empty (the path of a folder)"))
	}
	if c.MaxSegmentBytes < 4096 {
		errs = append(errs, fmt.Errorf("max_segment_bytes: %d: must be at least 4096 (67108864 is the default)", c.MaxSegmentBytes))
	}
	if c.MaxSegmentAge < time.Minute {
		errs = append(errs, fmt.Errorf("max_segment_age: %v: must be at least 1m (1h is the default)", c.MaxSegmentAge))
	}
	if c.Sync != syncEachBatch && c.Sync != syncInterval {
		errs = append(errs, errors.New("sync: is unknown (each_batch or interval)"))
	}
	if c.Retention != 0 && c.Retention < c.MaxSegmentAge {
		errs = append(errs, fmt.Errorf("retention: %v: must be 0 or at least max_segment_age", c.Retention))
	}
	if _, err := c.signingKey(); err != nil {
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// signingKey reads the key of manifests, or returns nil if none is set. The file must not be
// readable by all users.
func (c *Config) signingKey() (ed25519.PrivateKey, error) {
	if c.KeyFile == "" {
		return nil, nil
	}
	info, err := os.Stat(c.KeyFile)
	if err != nil {
		return nil, fmt.Errorf("key_file: %w (coworkctl audit keygen writes one)", err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o007 != 0 {
		return nil, fmt.Errorf("key_file: has the mode %#o, so that other users can read or change it (0600 or 0640)", info.Mode().Perm())
	}
	text, err := os.ReadFile(c.KeyFile)
	if err != nil {
		return nil, fmt.Errorf("key_file: %w", err)
	}
	key, err := audit.ParsePrivateKey(text)
	if err != nil {
		return nil, fmt.Errorf("key_file: %w", err)
	}
	return key, nil
}
