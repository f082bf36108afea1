package configcheck

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"syscall"

	"go.opentelemetry.io/collector/config/configtls"

	"github.com/cowork-otel/collector/distro/pipelines"
)

// fileKeys are the keys of components that name a file which is read at the start.
var fileKeys = map[string]string{
	"cowork_roster":   "file",
	"cowork_egress":   "file",
	"cowork_tenants":  "file",
	"bearertokenauth": "filename",
}

// checkReadable reports files that a collector which is about to start cannot read:
// certificates, keys, and the lists of components.
func checkReadable(c *checker) {
	if !c.Starts {
		return
	}
	for where, decoded := range c.inUse() {
		section, id, _ := strings.Cut(where, delimiter)
		if key := fileKeys[pipelines.TypeOf(id)]; key != "" {
			text, _ := c.conf.Get(strings.Join([]string{section, id, key}, delimiter)).(string)
			checkFile(c, []string{section, id, key}, text)
		}
		visitConfig(reflect.ValueOf(decoded), []string{section, id}, func(path []string, v reflect.Value) bool {
			var tls configtls.Config
			var clients string
			switch cfg := v.Interface().(type) {
			case configtls.ServerConfig:
				tls, clients = cfg.Config, cfg.ClientCAFile
			case configtls.ClientConfig:
				if cfg.Insecure {
					return false
				}
				tls = cfg.Config
			default:
				return true
			}
			checkFile(c, append(slices.Clone(path), "ca_file"), tls.CAFile)
			checkFile(c, append(slices.Clone(path), "cert_file"), tls.CertFile)
			checkFile(c, append(slices.Clone(path), "key_file"), tls.KeyFile)
			checkFile(c, append(slices.Clone(path), "client_ca_file"), clients)
			return false
		})
	}
}

// checkFile reports a file that cannot be opened.
func checkFile(c *checker, where []string, file string) {
	if file == "" {
		return
	}
	f, err := os.Open(file)
	if err == nil {
		_ = f.Close()
		return
	}
	right := "write a file that the user of the collector can read"
	if names := variablesIn(c.unexpandedAt(where)); len(names) > 0 {
		right = "set " + names[len(names)-1] + " to a file that the user of the collector can read"
	}
	c.addError(strings.Join(where, delimiter), "%s: %s (%s)", file, reason(err), right)
}

// reason returns the text of the system for an error of a file, without the path.
func reason(err error) string {
	var errno syscall.Errno
	var path *fs.PathError
	switch {
	case errors.As(err, &errno):
		return errno.Error()
	case errors.As(err, &path):
		return path.Err.Error()
	}
	return err.Error()
}

// checkSharedFiles warns of exporters in use that write to one file: each of them renames it when
// it is full. Before a start it reports a folder in place of a file: the exporter starts, and
// each batch fails.
func checkSharedFiles(c *checker) {
	first := map[string]string{}
	for _, id := range c.service.graph.Exporters() {
		path := endpointOf(c.service.graph.Config("exporters", id), "path")
		if pipelines.TypeOf(id) != "file" || path == "" {
			continue
		}
		path = filepath.Clean(path)
		if info, err := os.Stat(path); c.Starts && err == nil && info.IsDir() {
			c.addError("exporters"+delimiter+id, "path: is a folder (write a file, such as %s)", filepath.Join(path, "logs.json"))
		}
		if other, taken := first[path]; taken {
			c.addWarning("exporters"+delimiter+id, "path: is the file of exporters%s%s too (write to another one)", delimiter, other)
			continue
		}
		first[path] = id
	}
}
