package leaks

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/cowork-otel/collector/distro/proof/process"
)

// A surface is what leaves the collector, or stays with it, under a name.
type surface struct {
	name string
	blob []byte
}

// A store keeps what the backend accepted. It is safe for concurrent use.
type store struct {
	mu     sync.Mutex
	bodies map[string][]byte
}

// Accept appends a body to those of its signal.
func (s *store) Accept(signal string, body []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.bodies[signal] = append(append(s.bodies[signal], body...), '\n')
}

func (s *store) surfaces() (all []surface) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for signal, body := range s.bodies {
		all = append(all, surface{"export of " + signal, body})
	}
	return all
}

// fileSurfaces returns all files of a collector: exports, database, WAL, checkpoints,
// queues and its log. The configurations are no surface.
func fileSurfaces(c *process.Collector, when string) (all []surface) {
	_ = filepath.WalkDir(c.Dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(name, ".yaml") || strings.HasSuffix(name, "alertmanager.yml") {
			return nil
		}
		blob, err := os.ReadFile(name) //nolint:gosec // a folder of the program's own
		if err == nil {
			relative, _ := filepath.Rel(c.Dir, name)
			all = append(all, surface{when + " file " + relative, blob})
		}
		return nil
	})
	return all
}

// pagePaths are the addresses of the page without those of its panels and prompts.
var pagePaths = []string{
	"/", "/cost?range=24h", "/people", "/tools", "/security", "/alerts", "/events", "/setup",
	"/prompts", "/prompts?limit=500", "/sessions", "/api/sessions.json", "/api/prompts.csv", "/api/prompts.json?limit=500",
	"/api/setup.json", "/api/state", "/api/panels",
}

// servedSurfaces returns the answers of all servers of a collector.
func servedSurfaces(c *process.Collector, extra string) (all []surface) {
	fetch := func(name, address, path string) []byte {
		_, body, err := process.Get(address, path)
		if err == nil {
			all = append(all, surface{name + " " + path, body})
		}
		return body
	}
	fetch("self-metrics", c.Metrics, "/metrics")
	fetch("exporter", extra, "/metrics")
	fetch("health", c.Health, "/")
	fetch("alertmanager", c.Alertmanager, "/api/v2/alerts")
	for _, path := range pagePaths {
		fetch("page", c.Page, path)
	}
	var list struct {
		Panels []struct {
			ID string `json:"id"`
		} `json:"panels"`
	}
	if _, body, err := process.Get(c.Page, "/api/panels"); err == nil && json.Unmarshal(body, &list) == nil {
		for _, p := range list.Panels {
			fetch("page", c.Page, "/api/panels/"+p.ID+".json?range=24h")
			fetch("page", c.Page, "/api/panels/"+p.ID+".csv?range=24h")
		}
	}
	return all
}
