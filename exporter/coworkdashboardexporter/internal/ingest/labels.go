package ingest

import (
	"sort"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/fact"
	"github.com/cowork-otel/collector/internal/cowork"
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
	team  readName
	cost  readName
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

// person returns the names that an event has of its user.
func (l *labelReader) person(e cowork.Event) person {
	return person{
		team:       l.team.read(l.names, teamKind, teamOf(e)),
		costCenter: l.cost.read(l.names, costCenterKind, costCenterOf(e)),
	}
}

// The dimensions that processor cowork_roster adds.
var teamOf, costCenterOf = cowork.DimensionOf("team"), cowork.DimensionOf("cost_center")

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

// Durations are counted in buckets whose bounds grow by a constant factor. A bucket is
// stored as its representative duration in microseconds, from which no duration of the
// bucket differs by more than 2 % of itself. Short durations have a bucket each.

const (
	bucketError = 0.02
	exactMicros = 50
	maxMicros   = 30 * 24 * 3600 * 1_000_000 // longer durations are in the last bucket
)

// A bucket is a range of durations, from that after the bucket before it.
type bucket struct{ upper, representative int64 }

var buckets = func() (list []bucket) {
	for us := range int64(exactMicros) {
		list = append(list, bucket{us, us})
	}
	for lower := int64(exactMicros); lower <= maxMicros; lower = list[len(list)-1].upper + 1 {
		representative := int64(float64(lower) * (1 + bucketError))
		list = append(list, bucket{int64(float64(representative) / (1 - bucketError)), representative})
	}
	return list
}()

// bucketOf returns the number of the bucket of a duration in microseconds.
func bucketOf(micros int64) uint32 {
	micros = min(max(micros, 0), maxMicros)
	if micros < exactMicros {
		return uint32(micros)
	}
	return uint32(sort.Search(len(buckets), func(i int) bool { return buckets[i].upper >= micros }))
}

// bucketMicros returns the representative duration of a bucket in microseconds.
func bucketMicros(n uint32) int64 { return buckets[n].representative }
