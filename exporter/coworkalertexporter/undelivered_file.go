package coworkalertexporter

import (
	"encoding/json"
	"io"
	"os"
	"path/filepath"

	"github.com/prometheus/common/model"
	"go.uber.org/zap"
)

// undeliveredFile in data_dir has the fingerprints of the alerts of which an integration
// was not notified yet, so that a restart during an outage loses none.
const undeliveredFile = "undelivered.json"

// openUndelivered returns the log of a folder. A file that cannot be read is ignored: the
// alerts that still fire are sent again.
func openUndelivered(dir string, limit int, dropped func(int), logger *zap.Logger) *undeliveredLog {
	name := filepath.Join(dir, undeliveredFile)
	l := &undeliveredLog{limit: limit, dropped: dropped, byKey: map[undeliveredKey]fingerprints{}, notified: map[undeliveredKey]fingerprints{}, groups: map[model.Fingerprint]int{}}
	if text, err := os.ReadFile(name); err == nil {
		var stored map[string]map[string][]string
		if json.Unmarshal(text, &stored) != nil {
			logger.Warn("alertmanager: the list of alerts without a notification cannot be read and is ignored", zap.String("file", name))
		}
		l.restore(stored)
	}
	l.changed = func(all map[string]map[string][]string) {
		err := replaceFile(name, func(w io.Writer) (int64, error) { return 0, json.NewEncoder(w).Encode(all) })
		if err != nil {
			logger.Warn("alertmanager: cannot write the list of alerts without a notification", zap.Error(err))
		}
	}
	return l
}
