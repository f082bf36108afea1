package metric

import (
	"hash/maphash"
	"slices"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/digest"
)

// A Plan lists what is read from each kind of event. It is safe for concurrent use.
type Plan struct {
	set   Settings
	dims  []cowork.Dimension
	rows  []*row
	kinds map[string]*kindPlan
	other *kindPlan // for kinds that the schema lacks
	// seed keeps senders from constructing two series with one digest.
	seed maphash.Seed
}

// A row is a metric that is in use.
type row struct {
	*Metric
	index  int
	digest digest.Digest
	dims   []int // the dimensions that are not among the metric's own labels
}

// A kindPlan lists what is read from the events of one kind.
type kindPlan struct {
	kind   string
	name   text    // as a value of event.name
	every  int     // how many of the probes apply to duplicates too
	probes []probe // the first ones, up to every, apply to all kinds
}

// hasOwn reports whether the kind has numbers of its own, which count once.
func (k *kindPlan) hasOwn() bool { return len(k.probes) > k.every }

// A probe reads one number of an event.
type probe struct {
	row *row
	source
	// counts is set for the first probe of an attribute, which counts an invalid number.
	counts bool
}

// unknown replaces the names of kinds that the schema lacks, since senders choose
// them.
const unknown = "unknown"

// NewPlan returns the plan of some settings.
func NewPlan(set Settings) *Plan {
	p := &Plan{set: set, kinds: map[string]*kindPlan{}, seed: maphash.MakeSeed()}
	for _, name := range set.Dimensions {
		p.dims = append(p.dims, cowork.DimensionOf(name))
	}
	for i := range table {
		if !table[i].GenAI() || set.GenAI && set.Semconv.Emits(table[i].genAI) {
			p.rows = append(p.rows, p.newRow(&table[i], len(p.rows)))
		}
	}
	for kind := range cowork.Kinds() {
		p.kinds[kind.Name] = p.newKindPlan(kind.Name)
	}
	p.other = p.newKindPlan(unknown)
	return p
}

func (p *Plan) newRow(m *Metric, index int) *row {
	r := &row{Metric: m, index: index, digest: digest.Digest(p.hash(m.Name))}
	for i, name := range p.set.Dimensions {
		if !slices.Contains(m.Labels, name) {
			r.dims = append(r.dims, i)
		}
	}
	return r
}

// newKindPlan returns the plan of a kind, with the probes of all kinds first.
func (p *Plan) newKindPlan(kind string) *kindPlan {
	k := &kindPlan{kind: kind, name: text{s: kind, hash: p.hash(kind)}}
	k.probes = p.probesOf("")
	k.every = len(k.probes)
	k.probes = append(k.probes, p.probesOf(kind)...)
	return k
}

func (p *Plan) probesOf(kind string) (probes []probe) {
	counted := map[string]bool{}
	for _, r := range p.rows {
		for _, s := range r.sources {
			if s.kind == kind {
				probes = append(probes, probe{r, s, !counted[s.measure.name]})
				counted[s.measure.name] = true
			}
		}
	}
	return probes
}

// planOf returns the plan of an event's kind, nil if the event is not Cowork's.
func (p *Plan) planOf(e cowork.Event) *kindPlan {
	name := e.Name()
	if k, ok := p.kinds[name]; ok {
		return k
	}
	if isOfClient(e, name) {
		return p.other
	}
	return nil
}

// isOfClient reports whether an event counts although the schema lacks its kind.
func isOfClient(e cowork.Event, name string) bool {
	return name != "" && cowork.IsCowork(e, services[:])
}

// services are those whose events count although the schema lacks their kind.
var services = [...]string{"cowork", "claude-code", "claude-code-desktop", "claude-desktop"}

func (p *Plan) hash(s string) uint64 { return maphash.String(p.seed, s) }
