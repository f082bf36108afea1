package metric

import (
	"hash/maphash"
	"slices"

	"github.com/cowork-otel/collector/internal/cowork"
)

// A Plan says what each kind of event is asked. It is safe for concurrent use.
type Plan struct {
	set   Settings
	dims  []cowork.Dimension
	rows  []*row
	kinds map[string]*questions
	other *questions // for kinds that the schema does not know
	seed  maphash.Seed
}

// A row is a metric that is in use.
type row struct {
	*Metric
	index  int
	digest digest
	dims   []int // the dimensions that are not among the metric's own labels
}

// questions are what events of one kind are asked.
type questions struct {
	kind  string
	name  text     // as a value of event.name
	once  identity // nil if it counts each time
	every int      // how many of the probes also count an event that came before
	ask   []probe  // the first every of them are about every event
}

// A probe is one number that is looked for.
type probe struct {
	row *row
	source
}

// unknown is what kinds are called that the schema does not know: their names come
// from senders.
const unknown = "unknown"

// NewPlan returns the plan of some settings.
func NewPlan(set Settings) *Plan {
	p := &Plan{set: set, kinds: map[string]*questions{}, seed: maphash.MakeSeed()}
	for _, name := range set.Dimensions {
		p.dims = append(p.dims, cowork.DimensionOf(name))
	}
	for i := range table {
		if !table[i].genAI || set.GenAI {
			p.rows = append(p.rows, p.rowOf(&table[i], len(p.rows)))
		}
	}
	for kind := range cowork.Kinds() {
		p.kinds[kind.Name] = p.questionsOf(kind.Name)
	}
	p.other = p.questionsOf(unknown)
	return p
}

func (p *Plan) rowOf(m *Metric, index int) *row {
	r := &row{Metric: m, index: index, digest: digest(p.hash(m.Name))}
	for i, name := range p.set.Dimensions {
		if !slices.Contains(m.Labels, name) {
			r.dims = append(r.dims, i)
		}
	}
	return r
}

// questionsOf returns what a kind is asked, first what every kind is.
func (p *Plan) questionsOf(kind string) *questions {
	q := &questions{kind: kind, name: text{s: kind, hash: p.hash(kind)}, once: identities[kind]}
	q.ask = p.probes("")
	q.every = len(q.ask)
	q.ask = append(q.ask, p.probes(kind)...)
	return q
}

func (p *Plan) probes(kind string) (probes []probe) {
	for _, r := range p.rows {
		for _, s := range r.sources {
			if s.kind == kind {
				probes = append(probes, probe{r, s})
			}
		}
	}
	return probes
}

// questions returns what an event is asked, nil if it is none of Cowork's.
func (p *Plan) questions(e cowork.Event) *questions {
	name := e.Name()
	if q, ok := p.kinds[name]; ok {
		return q
	}
	if name != "" && cowork.IsCowork(e, services[:]) {
		return p.other
	}
	return nil
}

// services are those whose events count although their kind is not known.
var services = [...]string{"cowork", "claude-code", "claude-code-desktop", "claude-desktop"}

func (p *Plan) hash(s string) uint64 { return maphash.String(p.seed, s) }
