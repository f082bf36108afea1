package leaks

import (
	"bytes"
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/cowork-otel/collector/distro/proof/backend"
	"github.com/cowork-otel/collector/distro/proof/process"
	"github.com/cowork-otel/collector/distro/proof/result"
)

// Options select what is run.
type Options struct {
	Binary, Dir string
	Root        string // of the repository
	Only        []string
	Short       bool
}

// exampleEvery limits the kinds in an example to one in so many for each place: all
// configurations have the same redaction.
const exampleEvery = 8

// Run runs the control and all configurations of the form.
func Run(o Options) (*result.Section, error) {
	s := &result.Section{
		Name: "leaks", Title: "Leaks", Columns: []string{"run", "places", "canaries", "surfaces", "MiB searched", "seen", "justified", "unjustified"},
		Intro: "A canary of every kind of sensitive value is planted in every place of logs, spans and metrics, sent as JSON, protobuf and over gRPC, and searched in exports, answers, page, database, checkpoints, queues, logs at debug level and self-metrics: as it is, with escapes, percent-encoded, in base64 and hexadecimal, and compressed. Parts of ten bytes are found. The control has redaction off and has to see every place.",
	}
	formats, skipped, err := formatKinds(filepath.Join(o.Root, "internal/pii/formats.md"))
	if err != nil {
		return nil, err
	}
	s.Notes = append(s.Notes, fmt.Sprintf("%d formats of [internal/pii/formats.md](../internal/pii/formats.md) are planted too; %d need a checksum or a context.", len(formats), skipped))
	p := &planting{seed: 1, spots: spots(), kinds: kinds, formats: formats, every: len(protocols)}
	if o.Short {
		p.every = 8
	}
	parts := make([]*part, len(configs)+1)
	var running errgroup.Group
	running.SetLimit(parallel)
	for i := range configs {
		c := &configs[i]
		if len(o.Only) > 0 && !slices.Contains(o.Only, c.name) || len(o.Only) == 0 && o.Short && !c.short {
			continue
		}
		own := *p
		if i == 0 {
			parts[0] = newPart()
			running.Go(func() error { return parts[0].control(o, c, p) })
		} else {
			own.every = max(p.every, exampleEvery)
		}
		parts[i+1] = newPart()
		running.Go(func() error { return parts[i+1].search(o, c, &own) })
	}
	if err := running.Wait(); err != nil {
		return nil, err
	}
	mergeParts(s, parts)
	return s, nil
}

// parallel is how many collectors run at a time. They wait for their backend most of it.
const parallel = 3

// A part is what one collector adds to the section.
type part struct {
	section     result.Section
	used, known map[string]bool // reasons of exceptions that were needed
}

func newPart() *part { return &part{used: map[string]bool{}, known: map[string]bool{}} }

func mergeParts(s *result.Section, parts []*part) {
	used, known := map[string]bool{}, map[string]bool{}
	for _, p := range parts {
		if p == nil {
			continue
		}
		s.Rows = append(s.Rows, p.section.Rows...)
		s.Problems = append(s.Problems, p.section.Problems...)
		maps.Copy(used, p.used)
		maps.Copy(known, p.known)
	}
	for _, reason := range slices.Sorted(maps.Keys(used)) {
		s.Notes = append(s.Notes, "Justified: "+reason+".")
	}
	s.Pending = slices.Sorted(maps.Keys(known))
}

// hits are the canaries that were seen, with their surfaces.
type hits map[int]map[string]bool

// observe runs a collector, plants, and returns what is seen where.
func observe(o Options, c *config, p *planting, redacted bool) (x *index, seen hits, all []surface, err error) {
	dir := filepath.Join(o.Dir, c.name)
	if !redacted {
		dir += "-control"
	}
	if err := os.RemoveAll(dir); err != nil {
		return nil, nil, nil, err
	}
	ports, err := process.FreePorts(2)
	if err != nil {
		return nil, nil, nil, err
	}
	broker, err := newBroker()
	if err != nil {
		return nil, nil, nil, err
	}
	defer broker.Close()
	extra := ports[1]
	kept := &store{bodies: map[string][]byte{}}
	end, err := backend.New(ports[0], kept)
	if err != nil {
		return nil, nil, nil, err
	}
	defer end.Down()
	files, env, err := c.write(dir, filepath.Join(o.Root, "distro/examples"), ports[0], extra, broker.ListenAddrs()[0], redacted)
	if err != nil {
		return nil, nil, nil, err
	}
	collector, err := process.New(o.Binary, dir, files...)
	if err != nil {
		return nil, nil, nil, err
	}
	collector.Env = env
	end.Set(backend.Status(http.StatusServiceUnavailable, nil)) // the queue keeps all of it
	if err := collector.Start(); err != nil {
		return nil, nil, nil, err
	}
	defer collector.Kill()
	x = newIndex()
	answers, err := p.sendAll(collector, x)
	if err != nil {
		return nil, nil, nil, fmt.Errorf("%w\n%s", err, collector.LogTail(500))
	}
	settle(collector)
	all = append(all, surface{"answers", answers})
	all = append(all, servedSurfaces(collector, extra)...)
	all = append(all, fileSurfaces(collector, "live")...)
	end.Set(backend.OK)
	if !c.apart {
		awaitDelivery(kept, end)
	}
	if _, err := collector.Terminate(time.Minute); err != nil {
		return nil, nil, nil, err
	}
	records, err := topicSurfaces(broker)
	if err != nil {
		return nil, nil, nil, err
	}
	all = slices.Concat(all, fileSurfaces(collector, "stopped"), kept.surfaces(), records)
	return x, searchSurfaces(x, all), all, nil
}

// awaitDelivery returns when the backend has received something and nothing more for some
// seconds, or after two minutes.
func awaitDelivery(kept *store, end *backend.Backend) {
	for deadline := time.Now().Add(2 * time.Minute); time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		if len(kept.surfaces()) > 0 && end.Quiet() > 3*time.Second {
			return
		}
	}
}

// searchSurfaces returns the canaries of an index that surfaces contain.
func searchSurfaces(x *index, all []surface) hits {
	seen, searched := hits{}, map[string][]byte{}
	for _, s := range all {
		for _, view := range views(grown(searched, s)) {
			x.find(view, func(n int) {
				if seen[n] == nil {
					seen[n] = map[string]bool{}
				}
				seen[n][s.name] = true
			})
		}
	}
	return seen
}

// overlap is how much of a file is searched again when it has grown.
const overlap = 64 << 10

// grown returns what a file has in addition to its earlier, searched content.
func grown(searched map[string][]byte, s surface) []byte {
	_, file, found := strings.Cut(s.name, " file ")
	if !found {
		return s.blob
	}
	earlier := searched[file]
	searched[file] = s.blob
	if len(earlier) == 0 || !bytes.HasPrefix(s.blob, earlier) {
		return s.blob
	}
	return s.blob[max(0, len(earlier)-overlap):]
}

// settle waits until the files of a collector do not grow any more.
func settle(c *process.Collector) {
	size, since := int64(-1), time.Now()
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline) && time.Since(since) < 3*time.Second; time.Sleep(100 * time.Millisecond) {
		now := int64(0)
		for _, s := range fileSurfaces(c, "") {
			if !strings.HasSuffix(s.name, "collector.log") { // repeats are logged without end
				now += int64(len(s.blob))
			}
		}
		if now != size {
			size, since = now, time.Now()
		}
	}
}

// control requires that the search sees a canary of each kind in each place.
func (t *part) control(o Options, c *config, p *planting) error {
	x, seen, all, err := observe(o, c, p, false)
	if err != nil {
		return fmt.Errorf("control: %w", err)
	}
	missed := map[string][]string{}
	for n := range x.canaries {
		if len(seen[n]) == 0 && justified(controlExceptions, &x.canaries[n], "") == nil {
			missed[x.canaries[n].spot] = append(missed[x.canaries[n].spot], x.canaries[n].kind)
		}
	}
	for _, spot := range slices.Sorted(maps.Keys(missed)) {
		t.section.Problems = append(t.section.Problems, fmt.Sprintf("control: %s is not seen for %s", spot, abbreviate(missed[spot])))
	}
	t.section.AddRow("control, redaction off", len(p.spots), len(x.canaries), len(all), mebibytes(all), len(seen), "-", "-")
	return nil
}

// search requires that no canary is seen, except justified ones and known leaks.
func (t *part) search(o Options, c *config, p *planting) error {
	x, seen, all, err := observe(o, c, p, true)
	if err != nil {
		return fmt.Errorf("%s: %w", c.name, err)
	}
	excused, found := 0, map[string][]string{}
	bad := 0
	for n, where := range seen {
		fine := true
		for _, name := range slices.Sorted(maps.Keys(where)) {
			if e := justified(exceptions, &x.canaries[n], name); e != nil {
				t.used[e.reason] = true
			} else if e := justified(pending, &x.canaries[n], name); e != nil {
				t.known[e.reason] = true
			} else {
				if fine {
					key := x.canaries[n].spot + ", first in " + name
					found[key] = append(found[key], x.canaries[n].kind)
				}
				fine = false
			}
		}
		if fine {
			excused++
		} else {
			bad++
		}
	}
	for _, key := range slices.Sorted(maps.Keys(found)) {
		t.section.Problems = append(t.section.Problems, fmt.Sprintf("%s: %s: %s", c.name, key, abbreviate(found[key])))
	}
	t.section.AddRow(c.name, len(p.spots), len(x.canaries), len(all), mebibytes(all), len(seen), excused, bad)
	return nil
}

func mebibytes(all []surface) int {
	n := 0
	for _, s := range all {
		n += len(s.blob)
	}
	return n >> 20
}

// abbreviate lists kinds once, at most ten.
func abbreviate(names []string) string {
	slices.Sort(names)
	names = slices.Compact(names)
	if len(names) > 10 {
		return strings.Join(names[:10], ", ") + fmt.Sprintf(" and %d more", len(names)-10)
	}
	return strings.Join(names, ", ")
}
