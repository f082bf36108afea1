package coworkredactionprocessor

import (
	"strconv"

	"github.com/cowork-otel/collector/internal/cowork"
)

// A subject is all that is known of a key: what the schema says of it and what
// the configuration wants. Without a rule its value is scanned.
type subject struct {
	rule

	ruled    bool
	inSchema bool
	class    cowork.Class
	// label is how the key is told in a metric: only names that the schema knows or
	// the administrator wrote, since any other is the sender's text.
	label string
}

// A rule says what happens to the value of a key.
type rule struct {
	whole    whole
	bodies   bool // only in events that have an API body
	identity bool
}

// unknownLabel stands for every key that only the sender knows.
const unknownLabel = "other"

var unknownSubject = subject{label: unknownLabel}

// subject returns what is known of a key.
func (p *policy) subject(key string) *subject {
	if about, ok := p.subjects[key]; ok {
		return about
	}
	return &unknownSubject
}

// newSubjects puts together what the schema and the configuration say, so that a
// key is looked up once.
func newSubjects(cfg *Config) map[string]*subject {
	subjects := map[string]*subject{}
	of := func(key string) *subject {
		if subjects[key] == nil {
			subjects[key] = &subject{label: unknownLabel}
		}
		return subjects[key]
	}
	rules := func(key string, r rule) *subject {
		about := of(key)
		about.rule, about.ruled = r, true
		return about
	}
	for _, name := range fields {
		of(name).label = name
	}
	// Where two rules claim a key, the later one here wins: it removes more.
	for _, key := range cfg.Identities.Attributes {
		rules(string(key), rule{identity: true}).label = string(key)
	}
	for _, key := range cfg.ExtraSensitiveAttributes {
		rules(string(key), rule{whole: wholeSensitive}).label = string(key)
	}
	for _, c := range content {
		if !c.on(cfg) {
			continue
		}
		for _, key := range c.keys {
			if about := of(key); !about.ruled || about.identity || !c.bodies {
				rules(key, rule{whole: c.with, bodies: c.bodies})
			}
		}
	}
	for attr := range cowork.Attributes() {
		about := of(attr.Name)
		about.inSchema, about.class, about.label = true, attr.Class, attr.Name
	}
	return subjects
}

// cardDigits is the length of the shortest number that can be a payment card. A
// shorter number under a key that the schema knows as a measure is left alone.
const cardDigits = 13

// spares reports whether the schema says that there is nothing to scan: an
// identifier in the shape of one, or a measure too short to be a card. Both are
// what later components join and add up.
func (about *subject) spares(text string) bool {
	if !about.inSchema {
		return false
	}
	switch about.class {
	case cowork.Identifier:
		return cowork.IsIdentifier(text)
	case cowork.Measure:
		return len(text) < cardDigits && isNumber(text)
	default:
		return false
	}
}

func isNumber(text string) bool {
	if text[0] == '+' {
		return false // as telephone numbers begin
	}
	_, err := strconv.ParseFloat(text, 64)
	return err == nil
}
