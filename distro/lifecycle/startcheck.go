package lifecycle

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"time"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"
	"go.opentelemetry.io/collector/confmap"
	"go.uber.org/zap"

	"github.com/cowork-otel/collector/internal/running"
	"github.com/cowork-otel/collector/internal/setaside"
)

// How long a start waits for the lock of a state file. At a reload, an exporter that was
// left behind holds its lock until its request ends.
const (
	lockLimit       = time.Second
	lockLimitReload = 40 * time.Second
)

// A startCheck prepares the files of a configuration before its components start: it sets
// damaged state files aside, and ends lines that were cut off. It is a converter, because
// a converter has the resolved configuration; it does not change it.
type startCheck struct {
	logger *zap.Logger
	wait   time.Duration
}

// Convert prepares the files of a configuration, and records which pages are behind
// redaction.
func (c startCheck) Convert(_ context.Context, conf *confmap.Conf) error {
	all := conf.ToStringMap()
	running.SetRedacted(pagesBehindRedaction(all))
	extensions, _ := all["extensions"].(map[string]any)
	if err := checkFolders(foldersOf(all)); err != nil {
		return err
	}
	for _, name := range enabledExtensions(all) {
		if isOfType(name, "file_storage") {
			if err := c.checkStorage(textOf(extensions[name], "directory")); err != nil {
				return err
			}
		}
	}
	exporters, _ := all["exporters"].(map[string]any)
	for name, exporter := range exporters {
		if path := textOf(exporter, "path"); isOfType(name, "file") && path != "" && !isBinary(exporter) {
			c.endLine(path)
		}
	}
	return nil
}

// enabledExtensions returns the names of the extensions that run.
func enabledExtensions(all map[string]any) (names []string) {
	service, _ := all["service"].(map[string]any)
	enabled, _ := service["extensions"].([]any)
	for _, id := range enabled {
		if name, ok := id.(string); ok {
			names = append(names, name)
		}
	}
	return names
}

// isOfType reports whether a component's name is of a type: file or file/name.
func isOfType(name, typ string) bool {
	return name == typ || strings.HasPrefix(name, typ+"/")
}

func textOf(section any, key string) string {
	values, _ := section.(map[string]any)
	text, _ := values[key].(string)
	return text
}

// isBinary reports whether a file exporter writes something other than lines.
func isBinary(exporter any) bool {
	format := textOf(exporter, "format")
	return format != "" && format != "json" || textOf(exporter, "compression") != "" || textOf(exporter, "encoding") != ""
}

// checkStorage checks the databases in the folder of a file_storage extension.
func (c startCheck) checkStorage(folder string) error {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil //nolint:nilerr // the extension creates the folder, or reports the error
	}
	for _, entry := range entries {
		info, err := entry.Info()
		if err != nil || !info.Mode().IsRegular() || info.Size() == 0 || !isDatabase(entry.Name()) {
			continue
		}
		if err := c.checkDatabase(folder, entry.Name()); err != nil {
			return err
		}
	}
	return nil
}

// databaseName matches the names that file_storage gives its databases: kind, type and name
// of a component, or a hash where these are too long.
var databaseName = regexp.MustCompile(`^((receiver|processor|exporter|extension|connector|other)_.+|[0-9a-f]{64})$`)

// isDatabase reports whether a file of the folder is a database in use, and not a damaged
// one, a backup, or the file of someone else.
func isDatabase(name string) bool {
	return databaseName.MatchString(name) && !setaside.Is(name) && !strings.HasSuffix(name, ".backup")
}

// checkDatabase sets a database aside if it is damaged and no other process has it open.
func (c startCheck) checkDatabase(folder, name string) error {
	path := filepath.Join(folder, name)
	damage := openBolt(path, c.wait)
	if errors.Is(damage, berrors.ErrTimeout) {
		return startErrorf("file_storage: state folder %s is in use by another collector (stop it, or give each collector a folder of its own)", folder)
	}
	if damage == nil {
		damage = checkBolt(path)
	}
	if damage == nil || isUnreadable(damage) {
		return nil // the extension opens it, or reports why it cannot
	}
	aside, err := setaside.Rename(path, time.Now())
	if err != nil {
		return startErrorf("file_storage: %v", err)
	}
	c.logger.Error("a damaged state file was set aside, its content is lost", zap.String("file", path), zap.String("lost", contentOf(name)),
		zap.String("set aside as", aside), zap.String("damage", damage.Error()))
	return nil
}

// isUnreadable reports whether the system refused to open or to map a file, such as for
// its permissions or too many open files. Its content can be intact.
func isUnreadable(err error) bool {
	var errno syscall.Errno
	return errors.As(err, &errno) && errno != syscall.EIO
}

// openBolt opens a database for reading and closes it, to find out whether it is locked and
// has a valid begin.
func openBolt(path string, wait time.Duration) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = errors.New("cannot be opened")
		}
	}()
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{ReadOnly: true, Timeout: wait})
	if err != nil {
		return err
	}
	return db.Close()
}

// contents are what state files contain, by the begin of their names.
var contents = []struct{ prefix, content string }{
	{"processor_cowork_correlation_", "open prompts, and which events were seen"},
	{"connector_cowork_rules_", "windows of rules, budgets, and firing alerts"},
	{"connector_cowork_metrics_", "sums of metrics"},
	{"exporter_cowork_alert_", "active alerts, or alerts that were not sent yet"},
	{"exporter_", "batches that were not sent yet"},
}

func contentOf(name string) string {
	for _, c := range contents {
		if strings.HasPrefix(name, c.prefix) {
			return c.content
		}
	}
	return "the state of a component"
}

// endLine appends a newline to a file that ends within a line, as after a crash, so that
// the next batch begins on a line of its own.
func (c startCheck) endLine(path string) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return // there is none yet, or the exporter reports the error
	}
	defer f.Close()
	end, err := f.Seek(-1, 2)
	if err != nil {
		return // it is empty
	}
	last := make([]byte, 1)
	if _, err := f.ReadAt(last, end); err != nil || last[0] == '\n' {
		return
	}
	if _, err := f.WriteAt([]byte{'\n'}, end+1); err == nil {
		c.logger.Warn("the last line of a file was cut off, and is ended", zap.String("file", path))
	}
}
