package cowork

// This file renames what a client must not write: attributes and kinds that only this
// collector emits. A forged prompt_summary would otherwise change sums, and a forged
// alert would notify.

import (
	"slices"
	"strings"

	"go.opentelemetry.io/collector/pdata/pcommon"
)

// clientPrefix begins the new name of a renamed attribute or kind: client.alert.
const clientPrefix = "client."

// ReservedAttributes is the label of every reserved attribute without a row in the
// schema. Such a name is text of the sender.
const ReservedAttributes = "cowork.*"

// clientAttributes are the attributes of the reserved namespace that clients, and the
// events of coworkctl verify, carry.
var clientAttributes = map[string]bool{"cowork.surface": true, "cowork.verify": true}

const namespace = "cowork"

// isReserved reports whether only this collector writes an attribute. Some backends
// ignore case, and some flatten a map named cowork.
func isReserved(key string) bool {
	if len(key) < len(namespace) || key[0]|0x20 != 'c' || !strings.EqualFold(key[:len(namespace)], namespace) {
		return false
	}
	return (len(key) == len(namespace) || key[len(namespace)] == '.') && !clientAttributes[key]
}

// maxRenamed bounds the attributes of a map that are renamed. Later ones are removed:
// writing an attribute searches all others.
const maxRenamed = 16

// RenameReserved renames the reserved attributes of a map, from cowork.team to
// client.cowork.team, and appends their names to renamed, each once. The names are those
// of the schema, else [ReservedAttributes]. It allocates nothing if there are none.
func RenameReserved(renamed []string, attributes pcommon.Map) []string {
	if !hasReserved(attributes) {
		return renamed
	}
	renameKeys(attributes, func(key string, _ pcommon.Value) bool {
		if !isReserved(key) {
			return false
		}
		renamed = appendOnce(renamed, reservedName(key))
		return true
	})
	return renamed
}

// renameKeys renames the attributes of a map that a function selects, and reports whether
// there was one.
func renameKeys(attributes pcommon.Map, selects func(key string, v pcommon.Value) bool) (found bool) {
	moved := pcommon.NewMap()
	attributes.RemoveIf(func(key string, v pcommon.Value) bool {
		if !selects(key, v) {
			return false
		}
		found = true
		if moved.Len() < maxRenamed {
			v.MoveTo(moved.PutEmpty(clientPrefix + key))
		}
		return true
	})
	for key, v := range moved.All() {
		v.MoveTo(attributes.PutEmpty(key))
	}
	return found
}

func hasReserved(attributes pcommon.Map) bool {
	for key := range attributes.All() {
		if isReserved(key) {
			return true
		}
	}
	return false
}

func appendOnce(list []string, name string) []string {
	if slices.Contains(list, name) {
		return list
	}
	return append(list, name)
}

func reservedName(key string) string {
	if AttributeOf(key) != nil {
		return key
	}
	return ReservedAttributes
}

// RenameReservedEvent renames the reserved attributes of an event's record, and its name
// if its kind is one that this collector emits: cowork.alert becomes client.alert,
// wherever the record has it. It appends the names of the attributes to renamed, each
// once, and event.name for the kind.
func RenameReservedEvent(renamed []string, e Event) []string {
	renamed = RenameReserved(renamed, e.rec.Attributes())
	if name, ok := clientKind(e.rec.EventName()); ok {
		e.rec.SetEventName(name)
		renamed = appendOnce(renamed, eventName)
	}
	if renameKinds(e.rec.Attributes(), eventName) {
		renamed = appendOnce(renamed, eventName)
	}
	if renameKind(e.rec.Body()) {
		renamed = appendOnce(renamed, eventName)
	}
	body, ok := asMap(e.rec.Body())
	if !ok {
		return renamed
	}
	if renameKinds(body, "name") {
		renamed = appendOnce(renamed, eventName)
	}
	if attributes, ok := bodyAttributes(e.rec); ok {
		renamed = RenameReserved(renamed, attributes)
		if renameKinds(attributes, eventName) {
			renamed = appendOnce(renamed, eventName)
		}
	}
	return renamed
}

// renameKinds renames the kind in each value of a key, which can occur twice.
func renameKinds(attributes pcommon.Map, key string) (renamed bool) {
	for k, v := range attributes.All() {
		if k == key && renameKind(v) {
			renamed = true
		}
	}
	return renamed
}

func renameKind(v pcommon.Value) bool {
	if v.Type() != pcommon.ValueTypeStr {
		return false
	}
	name, ok := clientKind(v.Str())
	if ok {
		v.SetStr(name)
	}
	return ok
}

// clientKind returns the new name of a kind that only this collector emits.
func clientKind(name string) (string, bool) {
	kind := KindOf(ShortName(name))
	if kind == nil || !kind.Own {
		return "", false
	}
	return clientPrefix + kind.Name, true
}

// ClientMetricName returns the new name of a metric whose name only this collector's
// metrics have, and whether it is one: client.cowork.cost. Backends write other characters
// than letters and digits alike.
func ClientMetricName(name string) (string, bool) {
	if len(name) < len(namespace) || !strings.EqualFold(name[:len(namespace)], namespace) {
		return "", false
	}
	if rest := name[len(namespace):]; rest != "" && classes[rest[0]]&(letter|digit) != 0 {
		return "", false
	}
	return clientPrefix + name, true
}
