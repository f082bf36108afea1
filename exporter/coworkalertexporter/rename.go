package coworkalertexporter

import "time"

// The labels of an alert can change: with a rule's severity, with what is a label, or
// because a rule is gone and only its name is left. To Alertmanager it is another alert
// then, and nobody would end the one before.

// enter puts an alert in the book.
func (b *book) enter(key string, e *entry) {
	b.entries[key] = e
	if name := e.Alert.name(); name != "" && e.Alert.firing() {
		b.named[name] = key
	}
}

// name is what an alert is called under whatever labels, "" if that cannot be said.
func (a alert) name() string {
	if a.Labels[fingerprintLabel] == "" {
		return ""
	}
	return a.Labels[nameLabel] + "\x00" + a.Labels[fingerprintLabel]
}

func (b *book) forgetName(key string) {
	if e, ok := b.entries[key]; ok && b.named[e.Alert.name()] == key {
		delete(b.named, e.Alert.name())
	}
}

// former returns the key under which an alert fires that comes under another one now,
// "" if it does not.
func (b *book) former(key string, a alert) string {
	other := b.named[a.name()]
	if e, ok := b.entries[other]; !ok || other == key || !e.Alert.firing() || a.At.Before(e.Alert.At) {
		return ""
	}
	return other
}

// end enters that an alert is over, since it has other labels now.
func (b *book) end(key string, by alert, now time.Time) {
	a := b.entries[key].Alert
	a.At, a.EndsAt = by.At, by.At
	b.note(key, a, now, true)
}

// turnBack follows a clock that was put back: what was heard in the future would be
// newer than all that comes, and never due.
func (b *book) turnBack(now time.Time) {
	for _, e := range b.entries {
		if !e.Heard.After(now.Add(clockError)) {
			continue
		}
		e.sent = time.Time{}
		for _, t := range []*time.Time{&e.Heard, &e.Fired, &e.Over, &e.Alert.At, &e.Alert.StartsAt, &e.Alert.EndsAt} {
			*t = earlier(*t, now)
		}
	}
}

// clockError is by how much a clock is corrected without a word.
const clockError = time.Minute
