package coworkalertexporter

import (
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/prometheus/alertmanager/nflog"
	"github.com/prometheus/alertmanager/nflog/nflogpb"
)

// Files in data_dir, named as Alertmanager names them: they may be moved to one.
const (
	notificationsFile = "nflog"
	silencesFile      = "silences"
)

// A journal is a log of notifications that is on disk as soon as one was sent: a
// process that is killed while an alert fires does not notify again. Alertmanager
// itself writes it every 15 minutes.
type journal struct {
	log *nflog.Log
	dir string
	mu  sync.Mutex
}

// Log notes a notification that was sent.
func (j *journal) Log(r *nflogpb.Receiver, key string, firing, resolved []uint64, store *nflog.Store, expiry time.Duration) error {
	if err := j.log.Log(r, key, firing, resolved, store, expiry); err != nil {
		return err
	}
	return j.write()
}

// Query returns what was noted.
func (j *journal) Query(params ...nflog.QueryParam) ([]*nflogpb.Entry, error) {
	return j.log.Query(params...)
}

func (j *journal) write() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	return writeFile(filepath.Join(j.dir, notificationsFile), j.log.Snapshot)
}

// writeFile replaces a file, as a whole or not at all.
func writeFile(name string, snapshot func(io.Writer) (int64, error)) error {
	f, err := os.CreateTemp(filepath.Dir(name), filepath.Base(name)+".*")
	if err != nil {
		return err
	}
	_, err = snapshot(f)
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return err
}
