package lifecycle

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// leastSpace is what a start needs on the disk of each database.
const leastSpace = 256 << 10

// foldersOf returns the folders of a configuration's databases.
func foldersOf(all map[string]any) (folders []string) {
	extensions, _ := all["extensions"].(map[string]any)
	for name, extension := range extensions {
		if folder := textOf(extension, "directory"); isOfType(name, "file_storage") && folder != "" {
			folders = append(folders, folder)
		}
	}
	exporters, _ := all["exporters"].(map[string]any)
	for name, exporter := range exporters {
		if file := textOf(exporter, "database"); isOfType(name, "cowork_dashboard") && file != "" && !strings.Contains(file, "://") {
			folders = append(folders, filepath.Dir(file))
		}
	}
	return folders
}

// checkSpace returns an error for a folder whose disk is full: databases report a full disk
// at their start with errors that do not name the cause.
func checkSpace(folders []string) error {
	for _, folder := range folders {
		if err := writeProbe(existing(folder)); errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
			return fmt.Errorf("%s: no space left on device (a start needs %d KiB: free some space)", folder, leastSpace>>10)
		}
	}
	return nil
}

// existing returns a folder, or the nearest one above it that exists.
func existing(folder string) string {
	for {
		if info, err := os.Stat(folder); err == nil && info.IsDir() {
			return folder
		}
		above := filepath.Dir(folder)
		if above == folder {
			return folder
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
