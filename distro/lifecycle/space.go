package lifecycle

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/cowork-otel/collector/distro/pipelines"
)

// leastSpace is what a start needs on the disk of each database.
const leastSpace = 256 << 10

// A startError is an error of the start check. It is printed without the texts of the
// functions around it.
type startError string

func (e startError) Error() string { return string(e) }

func startErrorf(format string, args ...any) error {
	return startError(fmt.Sprintf(format, args...))
}

// foldersOf returns the folders of the databases that a configuration uses.
func foldersOf(all map[string]any) (folders []string) {
	extensions, _ := all["extensions"].(map[string]any)
	for _, name := range enabledExtensions(all) {
		if folder := textOf(extensions[name], "directory"); isOfType(name, "file_storage") && folder != "" {
			folders = append(folders, folder)
		}
	}
	exporters, _ := all["exporters"].(map[string]any)
	used := pipelines.GraphOf(all).Exporters()
	for name, exporter := range exporters {
		if file := textOf(exporter, "database"); isOfType(name, "cowork_dashboard") && slices.Contains(used, name) && file != "" && !strings.Contains(file, "://") {
			folders = append(folders, filepath.Dir(file))
		}
	}
	return folders
}

// checkFolders returns an error for a folder that cannot be written, or whose disk is full:
// the errors of databases at their start do not name the cause.
func checkFolders(folders []string) error {
	for _, folder := range folders {
		place, err := existing(folder)
		if err == nil {
			err = writeProbe(place)
		}
		switch {
		case errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT):
			return startErrorf("%s: no space left on device (a start needs %d KiB: free some space)", folder, leastSpace>>10)
		case err != nil:
			return startErrorf("%s: cannot be written: %s (set COWORK_DATA to a folder that the user of the collector can write)", folder, causeOf(err))
		}
	}
	return nil
}

// causeOf returns the text of the system for an error, without the path.
func causeOf(err error) string {
	if cause, ok := errors.AsType[syscall.Errno](err); ok {
		return cause.Error()
	}
	return err.Error()
}

// existing returns a folder, or the nearest one above it that exists. It returns an error
// if that is no folder.
func existing(folder string) (string, error) {
	for {
		info, err := os.Stat(folder)
		if err == nil && !info.IsDir() {
			return "", syscall.ENOTDIR
		}
		above := filepath.Dir(folder)
		if err == nil || above == folder {
			return folder, nil
		}
		folder = above
	}
}

// writeProbe writes a temporary file and removes it.
func writeProbe(folder string) error {
	f, err := os.CreateTemp(folder, ".space-*")
	if err != nil {
		return err
	}
	_, err = f.Write(make([]byte, leastSpace))
	return errors.Join(err, f.Close(), os.Remove(f.Name()))
}
