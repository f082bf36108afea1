package ingest

import (
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/fact"
	"github.com/cowork-otel/collector/internal/metric"
)

// A factLabels describes how the labels of a fact are stored in an observation.
type factLabels struct {
	kinds []nameKind // of the labels that are names
	// number is the label that follows the names, "" if there is none.
	number string
	// duration is the sum with the duration that determines the bucket.
	duration int
}

// factsOf are the facts of package metric, by their index.
var factsOf = func() (list []factLabels) {
	numbers := map[string]string{"request_latency": fact.Bucket, "tool_latency": fact.Bucket, "prompt_hours": fact.HourOfDay}
	for _, f := range metric.Facts() {
		l := factLabels{number: numbers[f.Name]}
		for _, label := range f.Labels {
			l.kinds = append(l.kinds, kindOfLabel(label))
		}
		for i, sum := range f.Sums {
			if sum == "duration_us" {
				l.duration = i
			}
		}
		list = append(list, l)
	}
	return list
}()

// kindOfLabel returns the kind of the names of a label.
func kindOfLabel(label string) nameKind {
	for k := noKind + 1; k < labelKind; k++ {
		if k.String() == label {
			return k
		}
	}
	return labelKind
}

// A labelReader replaces names by references. Names often equal those of the event
// before, whose references it reuses. It is not safe for concurrent use.
type labelReader struct {
	names *names
	last  [][maxLabels]readName // by fact
	org   readName
	who   readName
}

// A readName is a name that was read, with its reference.
type readName struct {
	text string
	ref  nameRef
}

func (n *readName) read(names *names, kind nameKind, text string) nameRef {
	// A name beyond the limit is counted each time.
	if n.text != text || n.ref == otherName {
		*n = readName{text, names.ref(kind, text)}
	}
	return n.ref
}

func (l *labelReader) organization(name string) nameRef {
	return l.org.read(l.names, organizationKind, name)
}

func (l *labelReader) user(name string) nameRef { return l.who.read(l.names, userKind, name) }

// reset forgets the references.
func (l *labelReader) reset() { *l = labelReader{names: l.names} }

// read appends the observations of an event.
func (l *labelReader) read(to []observation, list []metric.FactObservation, at moment) []observation {
	if l.last == nil {
		l.last = make([][maxLabels]readName, len(factsOf))
	}
	for i := range list {
		o := &list[i]
		f := &factsOf[o.Fact]
		n := observation{value: int64(o.Value), fact: uint8(o.Fact), sum: uint8(o.Sum)}
		for j, kind := range f.kinds {
			n.labels[j] = uint32(l.last[o.Fact][j].read(l.names, kind, o.Labels[j]))
		}
		switch f.number {
		case fact.HourOfDay:
			n.labels[len(f.kinds)] = at.slot.hourOfDay
		case fact.Bucket:
			n.labels[len(f.kinds)] = bucketOf(durationOf(list, o.Fact, f.duration))
		}
		to = append(to, n)
	}
	return to
}

// durationOf returns the duration among the observations of a fact.
func durationOf(list []metric.FactObservation, of, sum int) int64 {
	for i := range list {
		if list[i].Fact == of && list[i].Sum == sum {
			return int64(list[i].Value)
		}
	}
	return 0
}
